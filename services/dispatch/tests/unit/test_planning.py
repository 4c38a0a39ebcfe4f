from __future__ import annotations

from dataclasses import asdict, replace
from uuid import uuid5

import pytest
from dispatch.domain.errors import InvalidProcess
from dispatch.domain.planning import plan_round, steps_of_round, steps_to_route, take_over
from dispatch.domain.processes import Process
from dispatch.domain.products import Product, Step, final_steps, validate, with_checklist
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import WorkOrder

from ..samples import NOW, OTHER_RPC, PORTAL, RPC, SPACE, TEAM, known_id, order, product, step  # noqa: TID252  samples of this service alone

PROVIDERS = {one.slug: one for one in (TEAM, PORTAL, RPC)}
MOVE = product(step("move"), step("it", "vonk-val"), step("clean", "bezemwijs", "move", "it"))


def process(**more: object) -> Process:
    return replace(Process(known_id("request"), "SD-26-000123", request={}, accepted_sequence=1), **more)


def plan(
    what: Product, round_: int = 1, earlier: list[WorkOrder] | None = None, **more: object
) -> tuple[Process, list[WorkOrder]]:
    count = iter(range(100))
    validate(what.steps)
    routed = {
        one.key: (PROVIDERS[one.provider], {"by": "process"})
        for one in steps_to_route(what.steps, earlier or [])
    }
    return plan_round(
        process(**more), what, round_, routed, earlier or [], lambda: uuid5(SPACE, str(next(count))), NOW
    )


def test_steps_that_wait_for_nothing_are_issued_at_once_and_side_by_side() -> None:
    _, orders = plan(MOVE)
    assert [(o.step, o.state) for o in orders] == [
        ("move", "issued"),
        ("it", "issued"),
        ("clean", "prepared"),
    ]
    assert [o.issued_at for o in orders] == [NOW, NOW, None]


def test_orders_are_numbered_on_through_the_request() -> None:
    after, orders = plan(MOVE, last_serial=2)
    assert [o.number for o in orders] == ["SD-26-000123-3", "SD-26-000123-4", "SD-26-000123-5"]
    assert after.last_serial == 5


def test_each_step_goes_to_its_provider() -> None:
    _, orders = plan(MOVE)
    assert [o.provider for o in orders] == [TEAM, RPC, PORTAL]


def test_an_order_says_why_its_provider_has_it() -> None:
    _, orders = plan(MOVE)
    assert [o.routing for o in orders] == [{"by": "process"}] * 3


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([], "no steps"),
        ([step("a"), step("a")], "'a' is there twice"),
        ([step("a", "huisdienst", "b")], "'a' waits for 'b'"),
        ([step("a", "huisdienst", "b"), step("b", "huisdienst", "a")], "wait for each other"),
        ([step("a", "huisdienst", "a")], "wait for each other"),
    ],
)
def test_a_process_that_cannot_be_carried_out_is_refused_in_words(steps: list[Step], says: str) -> None:
    with pytest.raises(InvalidProcess, match=says):
        validate(steps)


def test_final_steps_are_those_that_nobody_waits_for() -> None:
    assert [one.key for one in final_steps(MOVE.steps)] == ["clean"]


def test_a_reopening_does_the_final_steps_again_for_the_customers_reason() -> None:
    _, orders = plan(MOVE)
    done = [replace(o, state=State.TECHNICALLY_COMPLETE) for o in orders]
    _, again = plan(MOVE, 2, done, reopened_reason="Still dirty", last_serial=3)
    assert [(o.step, o.round, o.state, o.remark) for o in again] == [("clean", 2, "issued", "Still dirty")]
    assert again[0].depends_on == ()
    assert again[0].number.endswith("-4")


def test_what_was_never_done_is_planned_again_with_its_dependencies() -> None:
    _, orders = plan(MOVE)
    states = [State.TECHNICALLY_COMPLETE, State.CANCELLED, State.CANCELLED]
    earlier = [replace(o, state=state) for o, state in zip(orders, states, strict=True)]
    again = steps_of_round(MOVE.steps, earlier)
    assert [(one.key, one.depends_on) for one in again] == [("it", ()), ("clean", ("it",))]


def test_rework_goes_to_whoever_did_it_last() -> None:
    earlier = [
        order("clean", State.NOT_CARRIED_OUT, PORTAL, replaced_by=known_id("second")),
        order("clean", State.TECHNICALLY_COMPLETE, OTHER_RPC, work_order_id=known_id("second")),
    ]
    _, again = plan(product(step("clean", "bezemwijs")), 2, earlier)
    assert again[0].provider is OTHER_RPC


@pytest.mark.parametrize(
    ("state", "becomes"),
    [(State.REFUSED, State.ISSUED), (State.ACCEPTED, State.ISSUED), (State.PREPARED, State.PREPARED)],
)
def test_an_order_that_takes_over_stands_where_the_other_stood(state: State, becomes: State) -> None:
    before = order("clean", state, TEAM, check_required=True, depends_on=("move",))
    after, new = take_over(process(last_serial=3), before, RPC, "No capacity", known_id("new"), NOW)
    assert (new.state, new.provider, new.remark, new.replaces) == (
        becomes,
        RPC,
        "No capacity",
        before.work_order_id,
    )
    assert (new.step, new.depends_on, new.check_required) == ("clean", ("move",), True)
    assert (new.number, after.last_serial) == ("SD-26-000123-4", 4)


POINTS = [
    {"nl": "Is het droog?", "en": "Is it dry?"},
    {"nl": "Is de kamer leeg?", "en": "Is the room empty?"},
]


@pytest.mark.parametrize(
    ("instructions", "points", "english"),
    [
        (None, [], None),
        ({"nl": "Bel aan.", "en": "Ring."}, [], "Ring."),
        (None, POINTS, "Checklist:\n- Is it dry?\n- Is the room empty?"),
        (
            {"nl": "Bel aan.", "en": "Ring."},
            POINTS[:1],
            "Ring.\n\nChecklist:\n- Is it dry?",
        ),
        (None, [{**POINTS[0], "optional": True}], "Checklist:\n- Is it dry? (optional)"),
    ],
)
def test_the_checklist_of_a_step_travels_with_its_instructions(
    instructions: dict[str, str] | None, points: list[dict[str, str]], english: str | None
) -> None:
    fact = {
        "key": "dry", "title": {"nl": "Drogen", "en": "Dry"}, "provider": "bezemwijs", "depends_on": [],
        "lead_time": None, "instructions": instructions, "checklist": points,
    }  # fmt: skip
    kept = Step.from_dict(asdict(Step.from_dict(fact)))  # as it is stored and read again
    told = with_checklist(kept.instructions, kept.checklist)
    assert (told["en"] if told else None) == english
