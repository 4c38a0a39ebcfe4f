"""What is promised at receipt."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from intake.domain.promises import promise
from intake.domain.rules import Norm, Rules, Term
from intake.domain.values import Promise, Wanted

from .samples import MONDAY, after

NORM = Norm(Term(60, "minutes"), Term(600, "minutes"))


def due(term: Term) -> datetime:
    return MONDAY + timedelta(minutes=term.amount)


def test_the_norm_counts_when_nothing_else_was_said() -> None:
    assert promise(NORM, None, None, due) == Promise(after(60), after(600))


def test_the_lead_time_of_the_product_goes_before_the_norm() -> None:
    assert promise(NORM, Term(300, "minutes"), None, due).resolve_by == after(300)


def test_an_order_is_promised_for_the_end_of_the_window_it_was_wanted_in() -> None:
    wanted = Wanted(after(2000), after(2060))

    assert promise(NORM, Term(300, "minutes"), wanted, due).resolve_by == after(2060)
    assert promise(NORM, None, Wanted(after(2000)), due).resolve_by == after(2000)


def test_nobody_hears_from_us_after_it_is_done() -> None:
    assert promise(NORM, Term(30, "minutes"), None, due).respond_by == after(30)


def test_lists_sort_on_the_last_term() -> None:
    assert Promise(after(1), after(2)).last == after(2)
    assert Promise(after(1), None).last == after(1)


@pytest.mark.parametrize(
    ("kind", "priority", "resolve"),
    [
        ("fault", "P1", Term(1440, "minutes")),
        ("fault", "P2", Term(1200, "working_minutes")),
        (None, "P3", Term(3000, "working_minutes")),
        ("order", "P4", Term(6000, "working_minutes")),
        ("wish", "P1", Term(20, "working_days")),
    ],
)
def test_norms_go_by_priority_and_a_wish_has_its_own(kind: str | None, priority: str, resolve: Term) -> None:
    assert Rules().norm(kind, priority).resolve == resolve
