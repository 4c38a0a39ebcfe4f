"""How requests may hang together: no circles, and every rule where it means something."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.domain.errors import NotAllowed, Wrong
from intake.domain.links import FROM_THE_OTHER, Kind, Link, Rule, check_link
from intake.domain.request_states import State


def request(state: State = State.IN_PROGRESS, kind: str | None = "fault") -> Any:
    return SimpleNamespace(state=state, kind=kind, reference="SD-26-000123")


def link(one: int, other: int, kind: Kind = Kind.CHILD_OF, rule: Rule | None = Rule.BLOCKS) -> Link:
    return Link(UUID(int=one), UUID(int=other), kind, rule)


def allowed(new: Link, *known: Link, child: Any = None, parent: Any = None) -> bool:
    try:
        check_link(new, known, child or request(), parent or request())
    except NotAllowed:
        return False
    return True


def test_each_kind_has_a_name_from_the_other_end() -> None:
    assert set(FROM_THE_OTHER) == set(Kind)
    assert len({*FROM_THE_OTHER.values(), *Kind}) == 2 * len(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_linked_with_itself(kind: Kind) -> None:
    rule = Rule.BLOCKS if kind is Kind.CHILD_OF else None
    with pytest.raises(Wrong):
        check_link(link(1, 1, kind, rule), [], request(kind="complaint"), request())


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("rule", [None, *Rule])
def test_a_rule_is_for_children_and_every_child_has_one(kind: Kind, rule: Rule | None) -> None:
    new = link(1, 2, kind, rule)
    if (kind is Kind.CHILD_OF) == (rule is not None):
        check_link(new, [], request(kind="complaint" if rule is None else "fault"), request())
    else:
        with pytest.raises(Wrong, match="blocks"):
            check_link(new, [], request(kind="complaint"), request())


@pytest.mark.parametrize("kind", ["order", "wish", "information", "fault", None])
def test_only_a_complaint_is_about_another(kind: str | None) -> None:
    with pytest.raises(Wrong):
        check_link(link(1, 2, Kind.COMPLAINT_ABOUT, None), [], request(kind=kind), request())


@pytest.mark.parametrize("state", State)
def test_what_is_done_can_not_be_held_up_any_more(state: State) -> None:
    assert allowed(link(1, 2), parent=request(state)) is (state not in (State.READY, State.CLOSED))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", ["fault", "complaint", "wish", None])
def test_what_is_done_or_is_closed_by_itself_is_not_completed_along(state: State, kind: str | None) -> None:
    may = state not in (State.READY, State.CLOSED) and kind not in ("complaint", "wish")
    assert allowed(link(1, 2, rule=Rule.COMPLETES), child=request(state, kind)) is may


@pytest.mark.parametrize("kind", [Kind.CHILD_OF, Kind.CAUSED_BY])
def test_no_circle_is_made_however_long(kind: Kind) -> None:
    rule = Rule.BLOCKS if kind is Kind.CHILD_OF else None
    chain = [link(one, other, kind, rule) for one, other in pairwise(range(1, 6))]
    assert not allowed(link(5, 1, kind, rule), *chain)
    assert not allowed(link(2, 1, kind, rule), *chain)
    assert allowed(link(1, 5, kind, rule), *chain)
    assert allowed(link(9, 1, kind, rule), *chain)


def test_two_do_not_wait_for_each_other_by_different_links() -> None:
    """The parent waits for its child, which goes along with the parent: neither would ever be done."""
    goes_along = link(1, 2, Kind.DUPLICATE_OF, None)
    assert not allowed(link(1, 2), goes_along)
    assert not allowed(goes_along, link(1, 2))
    assert allowed(link(1, 2, rule=Rule.COMPLETES), goes_along)
    assert allowed(link(1, 2, Kind.CAUSED_BY, None), goes_along)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.sampled_from(list(Rule))), max_size=20))
def test_whatever_is_linked_something_can_always_be_done_first(wanted: list[tuple[int, int, Rule]]) -> None:
    known: list[Link] = []
    for one, other, rule in wanted:
        new = link(one, other, rule=rule)
        try:
            check_link(new, known, request(), request())
        except (NotAllowed, Wrong):
            continue
        known.append(new)
    left = {UUID(int=each) for each in range(1, 7)}
    while left:
        free = {
            each
            for each in left
            if not any(w and w[0] == each and w[1] in left for w in (k.waits for k in known))
        }
        assert free
        left -= free
