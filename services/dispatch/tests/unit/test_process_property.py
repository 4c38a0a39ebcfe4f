"""Any acyclic process, in any order of completions, with doubled ones: each step once, completion once."""

from __future__ import annotations

from dataclasses import replace

from dispatch.domain.errors import NotAllowed
from dispatch.domain.planning import plan_round
from dispatch.domain.processes import Process, is_complete, ready_to_issue
from dispatch.domain.products import Product, Step
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import NO_DETAILS, Author, WorkOrder, act
from hypothesis import given
from hypothesis import strategies as st

from ..samples import NOW, TEAM, known_id, step  # noqa: TID252  samples of this service alone

NOBODY = Author("service", "dispatch")


@st.composite
def processes(draw: st.DrawFn) -> list[Step]:
    """Steps that wait only for earlier ones, then shuffled: acyclic, of any shape."""
    keys = [f"s{i}" for i in range(draw(st.integers(1, 8)))]
    steps = []
    for index, key in enumerate(keys):
        needed = draw(st.sets(st.sampled_from(keys[:index]), max_size=3)) if index else set()
        steps.append(step(key, "huisdienst", *sorted(needed)))
    return draw(st.permutations(steps))


class House:
    """The rules of a round, without a database: complete an order, then do what `advance` does."""

    def __init__(self, product: Product) -> None:
        ids = (known_id(f"o{i}") for i in range(100))
        process = Process(known_id("r"), "SD-26-000123", request={}, accepted_sequence=1)
        routed = {one.key: (TEAM, {"by": "process"}) for one in product.steps}
        _, orders = plan_round(process, product, 1, routed, [], lambda: next(ids), NOW)
        self.orders = {order.step: order for order in orders}
        self.issued = [order.step for order in orders if order.state is State.ISSUED]
        self.completions = 0

    def does(self, order: WorkOrder, action: Action) -> None:
        changed = act(order, action, NO_DETAILS, NOBODY, frozenset(Party), NOW)
        self.orders[order.step] = changed.order

    def completes(self, key: str) -> None:
        """Harmless when it was said before, or comes before its turn."""
        order = self.orders[key]
        try:
            if order.state is State.ISSUED:
                self.does(order, Action.ACCEPT)
            self.does(self.orders[key], Action.COMPLETE)
            if order.check_required:
                self.does(self.orders[key], Action.CHECK)
        except NotAllowed:
            return
        for ready in ready_to_issue(list(self.orders.values())):
            waited_for = [self.orders[needed] for needed in ready.depends_on]
            assert all(one.is_done or one.state is State.CANCELLED for one in waited_for)
            self.does(ready, Action.ISSUE)
            self.issued.append(ready.step)
        self.completions += is_complete(list(self.orders.values()))


@given(processes(), st.booleans(), st.data())
def test_any_acyclic_process_completes_exactly_once_in_any_order(
    steps: list[Step], check: bool, data: st.DataObject
) -> None:
    house = House(Product(known_id("p"), 1, check, tuple(steps)))
    keys = [one.key for one in steps]
    while any(not order.is_done for order in house.orders.values()):
        open_ = [key for key in keys if house.orders[key].state is State.ISSUED]
        assert open_, "the process stands still"
        for key in data.draw(st.lists(st.sampled_from(keys), max_size=3)):
            house.completes(key)  # too early, or said before
        house.completes(data.draw(st.sampled_from(open_)))
    for key in keys:
        house.completes(key)
    assert house.completions == 1
    assert sorted(house.issued) == sorted(keys)


@given(processes(), st.data())
def test_a_dropped_step_never_holds_up_the_others(steps: list[Step], data: st.DataObject) -> None:
    house = House(Product(known_id("p"), 1, False, tuple(steps)))
    dropped = data.draw(st.sampled_from([one.key for one in steps]))
    house.orders[dropped] = replace(house.orders[dropped], state=State.CANCELLED)
    for ready in ready_to_issue(list(house.orders.values())):
        house.does(ready, Action.ISSUE)
    for _ in steps:
        for key in list(house.orders):
            house.completes(key)
    assert house.completions == (1 if len(steps) > 1 else 0)
