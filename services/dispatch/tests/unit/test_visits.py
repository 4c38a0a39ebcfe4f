from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.confidence import SEALED
from dispatch.domain.errors import CannotGather
from dispatch.domain.visits import (
    LEAVING,
    WAYS,
    Outcome,
    check,
    check_apart,
    company,
    is_alike,
    likely,
    shared,
    steps,
    way,
)
from dispatch.domain.work_order_states import DONE, IN_HAND, Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act
from hypothesis import given
from hypothesis import strategies as st

from ..samples import NOW, PORTAL, TEAM, order  # noqa: TID252  samples of this service alone

TOM = Author("person", "Tom", "tom")
SAYING = {
    Action.SCHEDULE: {"planned_from": NOW},
    Action.PAUSE: {"pause": {"reason": "material", "counterparty": "supplier"}},
    Action.REFUSE: {"reason": "No time."},
    Action.NOT_CARRIED_OUT: {"reason": "Nobody there."},
}


@pytest.mark.parametrize(("word", "state"), [pytest.param(*each) for each in product(WAYS, State)])
def test_each_word_leads_each_order_there_or_leaves_it_alone(word: Action, state: State) -> None:
    found = way(order(state=state), word)
    if isinstance(found, Outcome):
        assert found is (Outcome.LATER if state in IN_HAND else Outcome.OVER)
        return
    at = order(state=state)
    for action, details in steps(found, Details(**SAYING.get(word, {}))):
        at = act(at, action, details, TOM, frozenset({Party.EXECUTOR}), NOW).order
    assert found[-1] is word


def lamps(count: int, **more: Any) -> list[WorkOrder]:
    return [order(f"lamp-{number}", **more) for number in range(count)]


def test_a_visit_is_of_one_provider_with_orders_in_its_hands_and_in_no_other() -> None:
    two = lamps(2)
    check(two, 2, [])
    refused = [
        (two[:1], 1, []),
        (two, 3, []),
        ([two[0], order("other", provider=PORTAL)], 2, []),
        ([two[0], order("gone", State.CANCELLED)], 2, []),
        (two, 2, [two[1].work_order_id]),
        ([two[0], order("begun", State.IN_PROGRESS)], 2, []),
        (lamps(51), 51, []),
    ]
    for orders, wanted, elsewhere in refused:
        with pytest.raises(CannotGather):
            check(orders, wanted, elsewhere)


def test_what_is_in_the_way_is_named() -> None:
    with pytest.raises(CannotGather, match="SD-26-000123-gone"):
        check([order("gone", State.CANCELLED), order()], 2, [])


@given(
    st.integers(1, 20),
    st.integers(0, 10**7),
    st.integers(1, 60_000),
    st.decimals("0.001", "999999.999", places=3).map(lambda each: format(each.normalize(), "f")),
)
def test_hours_material_and_cost_add_up_to_what_was_said(
    count: int, cost: int, minutes: int, quantity: str
) -> None:
    details = Details(
        cost_cents=cost,
        time=[{"kind": "work", "minutes": minutes, "rate_cents": 4500}],
        material=[{"name": "TL", "quantity": quantity, "unit": "piece", "price_cents": 100}],
    )
    found = shared(details, lamps(count), all_points=False)
    assert sum(each.cost_cents or 0 for each in found) == cost
    assert sum(line["minutes"] for each in found for line in each.time or ()) == minutes
    quantities = [Decimal(line["quantity"]) for each in found for line in each.material or ()]
    assert sum(quantities) == Decimal(quantity)
    assert all(each > 0 for each in quantities)


def test_all_points_ticks_those_of_each_order() -> None:
    points = [{"nl": "Stroom eraf", "en": "Power off"}, {"nl": "Getest", "en": "Tested"}]
    one, other = shared(Details(), [order(checklist=points), order("bare")], all_points=True)
    assert (one.checklist, other.checklist) == ([0, 1], [])
    assert shared(Details(), [order(checklist=points)], all_points=False)[0].checklist is None


SAME = {"title": {"nl": "Lamp vervangen", "en": "Replace the lamp"}}


def at(path: str, **more: Any) -> dict[str, Any]:
    return {"location": {"path": path}, **more}


def requests_for(orders: list[WorkOrder], path: str = "De Sluis / 2") -> dict[UUID, dict[str, Any]]:
    return {each.work_order_id: at(path) for each in orders}


ALONE = [
    pytest.param({"priority": "P1"}, id="danger"),
    pytest.param({SEALED: {"text": "?"}}, id="confidential"),
]


@pytest.mark.parametrize("request_", ALONE)
def test_what_may_not_wait_or_not_be_known_is_never_part_of_a_visit(request_: dict[str, Any]) -> None:
    orders = lamps(3, **SAME)
    requests = requests_for(orders)
    requests[orders[2].work_order_id] |= request_
    with pytest.raises(CannotGather, match=r"never part of a visit: SD-26-000123-lamp-2\."):
        check(orders, 3, [], requests)
    assert likely(orders, requests) == [orders[:2]]
    assert company(orders[0], orders, requests) == [orders[1]]
    assert company(orders[2], orders, requests) == []


def test_the_same_work_in_one_building_could_be_one_visit() -> None:
    orders = [
        *lamps(3, **SAME),
        order("paint"),
        order("far", **SAME),
        order("done", State.CHECKED, **SAME),
        order("begun", State.IN_PROGRESS, **SAME),
    ]
    requests = requests_for(orders)
    requests[orders[4].work_order_id] = at("De Kade / Verdieping 1")
    assert [[each.number for each in group] for group in likely(orders, requests)] == [
        ["SD-26-000123-lamp-0", "SD-26-000123-lamp-1", "SD-26-000123-lamp-2"]
    ]
    assert likely(orders, {}) == []


def test_the_largest_of_what_could_be_one_visit_comes_first_then_that_of_the_lowest_number() -> None:
    kade, sluis, haven = ([order(f"{name}-{n}", **SAME) for n in range(count)] for name, count in
                          (("kade", 2), ("sluis", 3), ("haven", 2)))  # fmt: skip
    orders = [*kade, *sluis, *haven]
    places = {each.work_order_id: at(f"{each.step[:-2]} / {each.step[-1]}") for each in orders}
    assert likely(orders, places) == [sluis, haven, kade]


def test_with_an_order_goes_what_its_provider_has_in_the_building_the_same_work_first() -> None:
    first, second = lamps(2, **SAME)
    paint, elsewhere, begun = order("a-paint"), order("far", **SAME), order("begun", State.PAUSED, **SAME)
    other = order("other", provider=PORTAL, **SAME)
    orders = [first, paint, elsewhere, begun, other, second]
    requests = requests_for(orders)
    requests[elsewhere.work_order_id] = at("De Kade / 1")
    found = company(first, orders, requests)
    assert [each.step for each in found] == ["lamp-1", "a-paint"]
    assert [is_alike(each, first) for each in found] == [True, False]
    assert company(begun, orders, requests) == []


def test_a_visit_of_a_team_is_not_that_of_another() -> None:
    orders = [order("one", provider=TEAM, **SAME), order("other", provider=PORTAL, **SAME)]
    assert likely(orders, requests_for(orders)) == []


def test_a_visit_is_taken_apart_whole_only_before_anybody_begins() -> None:
    check_apart(lamps(3))
    with pytest.raises(CannotGather, match="one by one: SD-26-000123-begun"):
        check_apart([*lamps(2), order("begun", State.IN_PROGRESS)])


@pytest.mark.parametrize("state", list(State))
def test_what_ends_otherwise_than_done_leaves(state: State) -> None:
    """Who still has something to do with it, or has done it, is in the visit; else it goes on by itself."""
    stays = state in IN_HAND | DONE or state is State.PREPARED
    assert (state in LEAVING) is not stays
