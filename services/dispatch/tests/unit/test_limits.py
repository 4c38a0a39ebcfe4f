"""What an order may cost without anybody being asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dispatch.domain.errors import MissingDetail
from dispatch.domain.planning import plan_round, take_over
from dispatch.domain.processes import Process
from dispatch.domain.products import Product, Step
from dispatch.domain.supplier_orders import for_supplier, request_for_executors
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act

from ..samples import NOW, RPC, TEAM, known_id, order, product, step  # noqa: TID252  samples of this service alone

AMIRA = Author("person", "Amira", "amira")
ALL = frozenset(Party)


def limits(what: Product, approved_cents: int | None = None) -> list[int | None]:
    kept = {"approved_cents": approved_cents}
    process = Process(known_id("request"), "SD-26-000123", request=kept, accepted_sequence=1)
    routed = {one.key: (TEAM, {"by": "process"}) for one in what.steps}
    ids = iter(known_id(f"order {n}") for n in range(9))
    return [each.limit_cents for each in plan_round(process, what, 1, routed, [], lambda: next(ids), NOW)[1]]


def dear(one: Step, cents: int) -> Step:
    return replace(one, cost_cents=cents)


@pytest.mark.parametrize(
    ("steps", "approved", "expected"),
    [
        ([step("do")], None, [None]),
        ([dear(step("do"), 4500)], None, [4500]),
        ([dear(step("do"), 4500)], 9900, [4500]),
        ([step("do")], 9900, [9900]),
        ([step("do"), dear(step("look"), 4500)], 9900, [None, 4500]),
    ],
    ids=["nothing agreed", "the step's", "the step's goes first", "what was approved", "not for one of two"],
)
def test_the_limit_is_what_the_step_costs_or_what_was_approved_for_the_only_one(
    steps: list[Step], approved: int | None, expected: list[int | None]
) -> None:
    assert limits(product(*steps), approved) == expected


def test_the_desk_sets_another_and_nothing_else_of_the_order_changes() -> None:
    owed = {"of": "wordless", "since": NOW.isoformat(), "step": "escalated", "told_at": NOW.isoformat()}
    before = replace(
        order(state=State("in_progress")), limit_cents=4500, reason="kept", note="kept", silence=owed
    )
    change = act(before, Action.SET_LIMIT, Details(limit_cents=25_000), AMIRA, ALL, NOW)
    same = {"version": before.version, "limit_cents": 4500, "updated_at": before.updated_at}
    assert change.order.limit_cents == 25_000
    assert replace(change.order, **same) == before


def test_a_limit_without_an_amount_is_none() -> None:
    with pytest.raises(MissingDetail):
        act(order(state=State("issued")), Action.SET_LIMIT, Details(), AMIRA, ALL, NOW)
    assert (
        act(
            order(state=State("issued")), Action.SET_LIMIT, Details(limit_cents=0), AMIRA, ALL, NOW
        ).order.limit_cents
        == 0
    )


def test_whoever_takes_it_over_has_the_same_limit() -> None:
    before: WorkOrder = replace(
        order(state=State("cancelled")), limit_cents=25_000, replaced_by=known_id("next")
    )
    process = Process(known_id("request"), "SD-26-000123", request={}, accepted_sequence=1)
    assert take_over(process, before, RPC, None, known_id("next"), NOW)[1].limit_cents == 25_000


def test_a_supplier_reads_its_limit_and_not_what_the_customer_agreed_to_pay_for_all() -> None:
    kept = request_for_executors({"approved_cents": 99_000})
    told = for_supplier(replace(order(state=State("issued")), limit_cents=4500), kept)
    assert (kept["approved_cents"], told["limit_cents"]) == (99_000, 4500)
    assert "approved_cents" not in told
