"""Several orders in one go: what the desk asks, and what is said of all of them at once."""

from __future__ import annotations

from typing import Any

import pytest
from supplierkit import Answer, DeskError, Order, PlannedVisit, Supplier
from supplierkit.testing import PlayDesk, sample_order

NUMBERS = ("SD-26-000001-1", "SD-26-000002-1", "SD-26-000003-1")


class Electrician(Supplier):
    """Who takes what comes together."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.visits: list[PlannedVisit] = []

    def receive_visit(self, visit: PlannedVisit) -> Answer | None:
        self.visits.append(visit)
        if visit.note == "no":
            return self.refuse(visit, "No time.")
        return self.accept(visit) if visit.note is None else None


def desk_with_lamps(make: type[Supplier] = Electrician) -> PlayDesk:
    desk = PlayDesk(make)
    for number in NUMBERS:
        desk.brings(sample_order(order_number=number, order_id=number))
    return desk


def states(desk: PlayDesk) -> list[str | None]:
    return [desk.state(number) for number in NUMBERS]


def test_accepting_a_visit_accepts_each_of_its_orders() -> None:
    with desk_with_lamps() as desk:
        assert desk.plans_visit(*NUMBERS) == {"answer": "accepted"}
        assert states(desk) == ["accepted"] * 3
        assert desk.told == [], "its answer said it: the desk is not called besides"


def test_what_is_said_of_a_visit_is_said_of_each_order_and_ends_them_here() -> None:
    with desk_with_lamps() as desk:
        desk.plans_visit(*NUMBERS)
        (visit,) = desk.supplier.visits  # type: ignore[attr-defined]
        assert visit.numbers == NUMBERS
        desk.supplier.progress(visit, "start")
        done = desk.supplier.complete(visit, cost_cents=1000, all_points=True)
        assert [each["outcome"] for each in done["outcomes"]] == ["done"] * 3
        assert states(desk) == ["technically_complete"] * 3
        assert desk.supplier.unfinished() == []


def test_a_visit_that_is_refused_is_refused_whole_and_an_order_of_it_offered_again_is_new() -> None:
    with desk_with_lamps() as desk:
        assert desk.plans_visit(*NUMBERS, note="no")["answer"] == "refused"
        assert states(desk) == ["refused"] * 3
        assert desk.supplier.unfinished() == []


def test_what_was_seen_before_others_joined_is_stale() -> None:
    with desk_with_lamps() as desk:
        desk.plans_visit(*NUMBERS[:2])
        desk.plans_visit(*NUMBERS, note="later")
        before, now = desk.supplier.visits  # type: ignore[attr-defined]
        with pytest.raises(DeskError) as refused:
            desk.supplier.complete(before)
        assert refused.value.code == "stale"
        outcomes = desk.supplier.complete(now)["outcomes"]
        assert [each["outcome"] for each in outcomes] == ["done", "done", "later"]
        assert [order.number for order in desk.supplier.unfinished()] == [NUMBERS[2]]


class Plumber(Supplier):
    """Who was written before there were visits."""

    def receive_order(self, order: Order) -> Answer | None:
        return self.accept(order)


def test_who_does_not_know_visits_goes_on_order_by_order() -> None:
    with desk_with_lamps(Plumber) as desk:
        assert desk.plans_visit(*NUMBERS) == {"answer": "received"}
        desk.supplier.complete(NUMBERS[0])
        assert states(desk) == ["technically_complete", "accepted", "accepted"]


@pytest.mark.parametrize("raw", [None, 7, "x", []])
def test_what_is_no_visit_is_said_to_be_none(raw: Any) -> None:
    with pytest.raises(ValueError, match="a visit needs"):
        PlannedVisit.from_wire("SD-26-000001-1", raw)


def test_what_is_missing_from_a_visit_is_expected() -> None:
    found = PlannedVisit.from_wire(
        "SD-26-000001-1", {"orders": [{}, 3, {"order_number": "a"}], "version": "x"}
    )
    assert (found.numbers, found.version, found.visit_id) == (("a",), None, None)
