from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from dispatch.domain.errors import CannotGather
from dispatch.domain.visits import WAYS, Outcome, check, likely, shared, steps, way
from dispatch.domain.work_order_states import IN_HAND, Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act
from hypothesis import given
from hypothesis import strategies as st

from ..samples import NOW, PORTAL, TEAM, order  # noqa: TID252  samples of this service alone

TOM = Author("person", "Tom", "tom")
SAYING = {
    Action.SCHEDULE: {"planned_from": NOW},
    Action.PAUSE: {"pause": {"reason": "material", "counterparty": "supplier"}},
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


def test_the_same_work_in_one_building_could_be_one_visit() -> None:
    same = {"title": {"nl": "Lamp vervangen", "en": "Replace the lamp"}}
    orders = [*lamps(3, **same), order("paint"), order("far", **same), order("done", State.CHECKED, **same)]
    places = {
        each.work_order_id: f"De Sluis / Verdieping {number} / 2.07" for number, each in enumerate(orders)
    }
    places[orders[4].work_order_id] = "De Kade / Verdieping 1"
    assert [[each.number for each in group] for group in likely(orders, places)] == [
        ["SD-26-000123-lamp-0", "SD-26-000123-lamp-1", "SD-26-000123-lamp-2"]
    ]
    assert likely(orders, {}) == []


def test_a_visit_of_a_team_is_not_that_of_another() -> None:
    same = {"title": {"nl": "Lamp", "en": "Lamp"}}
    orders = [order("one", provider=TEAM, **same), order("other", provider=PORTAL, **same)]
    assert likely(orders, {each.work_order_id: "De Sluis" for each in orders}) == []
