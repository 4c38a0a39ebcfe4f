"""What an order takes along from its step, its product, its request, and the order that it replaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.planning import EARLIER, plan_round, steps_to_route, take_over
from dispatch.domain.processes import Process
from dispatch.domain.products import Product, Step
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import WorkOrder

from ..samples import NOW, PORTAL, RPC, TEAM, known_id, order, product, step  # noqa: TID252  samples of this service alone

POINT = {"nl": "Is het droog?", "en": "Is it dry?"}
# A step as catalog.product_published has it.
PAINT: dict[str, Any] = {
    "key": "paint",
    "title": {"nl": "Schilderen", "en": "Paint"},
    "provider": "vonk-val",
    "depends_on": ["clear"],
    "lead_time": {"amount": 2, "unit": "working_days"},
    "instructions": {"nl": "Twee lagen.", "en": "Two coats."},
    "checklist": [POINT],
    "cost_cents": 12_500,
    "role": "painting",
    "check": {"by": "team_lead", "holds": True},
}
BARE = {name: PAINT[name] for name in ("key", "title", "provider")}
WHY = {"by": "process"}
STOPS = [{"title": "Bij de lift", "location": None, "asset": None, "points": [], "optional": False}]


def planned(what: Product, earlier: list[WorkOrder] | None = None, **more: Any) -> list[WorkOrder]:
    process = replace(Process(known_id("request"), "SD-26-000123", request={}), **more)
    ids = (known_id(f"made {number}") for number in range(100))
    routed = {one.key: (RPC, WHY) for one in what.steps}
    round_ = 2 if earlier else 1
    return plan_round(process, what, round_, routed, earlier or [], lambda: next(ids), NOW)[1]


def test_a_step_is_read_as_the_catalogue_published_it() -> None:
    assert Step.from_dict(PAINT) == Step(**PAINT | {"depends_on": ("clear",), "checklist": (POINT,)})
    assert Step.from_dict(BARE) == Step("paint", PAINT["title"], "vonk-val")


def test_an_order_has_what_its_step_says() -> None:
    _, paint = planned(product(step("clear"), Step.from_dict(PAINT)))
    assert paint == WorkOrder(
        work_order_id=known_id("made 1"),
        request_id=known_id("request"),
        number="SD-26-000123-2",
        round=1,
        step="paint",
        title=PAINT["title"],
        provider=RPC,
        state=State.PREPARED,
        created_at=NOW,
        depends_on=("clear",),
        check_required=True,
        check_by="team_lead",
        check_holds=True,
        instructions={
            "nl": "Twee lagen.\n\nControlelijst:\n- Is het droog?",
            "en": "Two coats.\n\nChecklist:\n- Is it dry?",
        },
        lead_time=PAINT["lead_time"],
        checklist=[POINT],
        agreed_cents=12_500,
        limit_cents=12_500,
        routing=WHY,
    )


def test_of_a_step_that_says_no_more_an_order_has_no_more() -> None:
    (paint,) = planned(product(Step.from_dict(BARE)))
    assert (paint.checklist, paint.instructions, paint.lead_time, paint.agreed_cents) == (None,) * 4
    assert (paint.check_required, paint.check_by, paint.check_holds) == (False, None, False)


@pytest.mark.parametrize(
    ("of_product", "of_step", "required", "holds"),
    [
        (False, None, False, False),
        (True, None, True, False),
        (False, {"by": "desk", "holds": False}, True, False),
        (True, {"by": "desk", "holds": True}, True, True),
    ],
)
def test_work_is_checked_when_its_product_or_its_step_asks(
    of_product: bool, of_step: dict[str, Any] | None, required: bool, holds: bool
) -> None:
    (paint,) = planned(product(replace(Step.from_dict(BARE), check=of_step), check=of_product))
    assert (paint.check_required, paint.check_holds) == (required, holds)
    assert paint.check_by == (of_step["by"] if of_step else None)


def test_the_first_step_of_a_round_has_its_stops() -> None:
    first, second = planned(product(step("walk"), step("report")), request={"stops": STOPS})
    assert [stop["title"] for stop in first.stops or ()] == ["Bij de lift"]
    assert second.stops is None


def test_a_first_round_says_nothing_of_a_reopening_that_was_heard_before_it() -> None:
    (clean,) = planned(product(step("clean")), reopened_reason="Still dirty")
    assert clean.remark is None


def test_rework_says_which_order_it_does_over_and_which_correction_asked_for_it() -> None:
    first = order("clean", State.TECHNICALLY_COMPLETE, work_order_id=known_id("first"))
    last = order("clean", State.TECHNICALLY_COMPLETE, work_order_id=known_id("last"))
    other = order("move", State.TECHNICALLY_COMPLETE)
    (again,) = planned(
        product(step("move"), step("clean", "huisdienst", "move")),
        [first, last, other],
        correction_id=known_id("correction"),
    )
    assert (again.rework_of, again.correction_id) == (known_id("last"), known_id("correction"))
    assert (again.provider, again.routing) == (TEAM, EARLIER)


def test_what_nobody_did_before_does_nothing_over() -> None:
    (again,) = planned(product(step("clean")), [order("clean", State.CANCELLED)])
    assert again.rework_of is None


def test_only_what_nobody_has_had_before_is_routed_and_only_of_this_round() -> None:
    steps = (step("move"), step("it"), step("clean", "huisdienst", "move", "it"))
    earlier = [order("move", State.TECHNICALLY_COMPLETE)]
    assert [one.key for one in steps_to_route(steps, [])] == ["move", "it", "clean"]
    assert [one.key for one in steps_to_route(steps, earlier)] == ["it", "clean"]
    done = [*earlier, order("it", State.TECHNICALLY_COMPLETE), order("clean", State.TECHNICALLY_COMPLETE)]
    assert steps_to_route(steps, done) == []
    added = (*steps, step("paint"))
    assert [one.key for one in steps_to_route(added, done)] == ["paint"]


# What of the work stays the same whoever does it.
OF_THE_WORK: dict[str, Any] = {
    "round": 3,
    "depends_on": ("move",),
    "check_required": True,
    "check_by": "customer",
    "check_holds": True,
    "instructions": {"nl": "Twee lagen.", "en": "Two coats."},
    "lead_time": PAINT["lead_time"],
    "checklist": [POINT],
    "agreed_cents": 12_500,
    "limit_cents": 15_000,
    "stops": [{**STOPS[0], "number": 1, "standing": "done"}],
}
LATER = NOW + timedelta(hours=3)


def taken_over(before: WorkOrder, **more: Any) -> WorkOrder:
    process = Process(known_id("request"), "SD-26-000123")
    return take_over(process, before, PORTAL, "Full up", known_id("new"), LATER, **more)[1]


def test_who_takes_over_has_the_same_work_and_a_clean_sheet() -> None:
    before = order("paint", State.REFUSED, RPC, issued_at=NOW, refused_at=NOW, reason="Full", **OF_THE_WORK)
    new = taken_over(before, routing=WHY, correction_id=known_id("correction"))
    assert new == WorkOrder(
        work_order_id=known_id("new"),
        request_id=before.request_id,
        number="SD-26-000123-1",
        step="paint",
        title=before.title,
        provider=PORTAL,
        state=State.ISSUED,
        created_at=LATER,
        issued_at=LATER,
        remark="Full up",
        replaces=before.work_order_id,
        routing=WHY,
        correction_id=known_id("correction"),
        **OF_THE_WORK,
    )


@pytest.mark.parametrize(
    ("state", "issued", "begins"),
    [
        (State.PREPARED, None, False),
        (State.CANCELLED, None, False),  # it was taken away before its turn
        (State.CANCELLED, NOW, True),
        (State.REFUSED, NOW, True),
    ],
)
def test_who_takes_over_waits_for_the_turn_that_had_not_come(state: State, issued: Any, begins: bool) -> None:
    new = taken_over(order("paint", state, RPC, issued_at=issued))
    assert (new.state, new.issued_at) == ((State.ISSUED, LATER) if begins else (State.PREPARED, None))


def test_who_does_it_over_says_over_what_and_who_goes_on_does_not() -> None:
    before = order("paint", State.REJECTED, RPC, issued_at=NOW)
    assert taken_over(before, rework=True).rework_of == before.work_order_id
    assert taken_over(before).rework_of is None
