"""What comes with completion, and whether it costs too much."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dispatch import messages
from dispatch.domain.errors import CostNotSettled, MissingDetail, NoCostToDecide, PointsOpen
from dispatch.domain.records import cost_of, highest_cost, record_of, standing_of
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act
from servicekit.errors import Invalid

from ..samples import NOW, known_id, order  # noqa: TID252  samples of this service alone

POINTS = [{"nl": "Leeg?", "en": "Empty?"}, {"nl": "Schoon?", "en": "Clean?"}]
AMIRA = Author("person", "Amira")
AGREED = 10_000
LIMIT = 11_000


def do(order_: WorkOrder, action: Action, limit: int | None = LIMIT, **details: Any) -> WorkOrder:
    return act(order_, action, Details(**details), AMIRA, frozenset(Party), NOW, cost_limit=limit).order


def begun(**more: Any) -> WorkOrder:
    return order(state=State.IN_PROGRESS, **more)


def completed(cost_cents: int | None, **more: Any) -> WorkOrder:
    return do(begun(agreed_cents=AGREED, **more), Action.COMPLETE, cost_cents=cost_cents)


def test_every_point_must_be_ticked_and_the_error_names_those_that_are_not() -> None:
    with pytest.raises(PointsOpen) as refused:
        do(begun(checklist=POINTS), Action.COMPLETE, checklist=[0])
    assert refused.value.errors == {"checklist": ["Not ticked: Clean?"]}
    done = do(begun(checklist=POINTS), Action.COMPLETE, checklist=[1, 0, 1])
    assert done.record is not None
    assert done.record["checklist"] == [0, 1]


def test_a_point_that_is_optional_may_stay_open() -> None:
    points = [{**POINTS[0], "optional": True}, POINTS[1]]
    done = do(begun(checklist=points), Action.COMPLETE, checklist=[1])
    assert done.record is not None
    assert done.record["checklist"] == [1]
    with pytest.raises(PointsOpen) as refused:
        do(begun(checklist=points), Action.COMPLETE, checklist=[0])
    assert refused.value.errors == {"checklist": ["Not ticked: Clean?"]}


@pytest.mark.parametrize(
    "state", [State.ACCEPTED, State.SCHEDULED, State.IN_PROGRESS, State.CANCELLATION_REQUESTED]
)
def test_points_are_asked_wherever_completion_is_said(state: State) -> None:
    with pytest.raises(PointsOpen):
        do(order(state=state, checklist=POINTS), Action.COMPLETE)


def test_a_point_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(MissingDetail, match="2 points"):
        do(begun(checklist=POINTS), Action.COMPLETE, checklist=[0, 1, 2])


def test_points_and_hours_are_not_accepted_where_they_would_be_lost() -> None:
    with pytest.raises(MissingDetail, match="with completion"):
        do(order(state=State.ACCEPTED), Action.START, time=[{"kind": "work", "minutes": 5}])


@pytest.mark.parametrize(
    ("time", "material", "cents"),
    [
        ([{"kind": "work", "minutes": 90, "rate_cents": 6000}], [], 9000),
        ([{"kind": "travel", "minutes": 1, "rate_cents": 5000}], [], 83),  # 83.33
        ([], [{"name": "Buis", "quantity": "2.5", "unit": "metre", "price_cents": 1101}], 2753),  # 2752.5
        ([], [{"name": "Kit", "quantity": "0.1", "unit": "litre", "price_cents": 3}], 0),  # 0.3
        # In floats 0.285 * 1000 is 284.99999999999994.
        ([], [{"name": "Kit", "quantity": "0.285", "unit": "litre", "price_cents": 1000}], 285),
        (
            [{"kind": "work", "minutes": 30, "rate_cents": 6000}, {"kind": "travel", "minutes": 20}],
            [{"name": "Lamp", "quantity": "6", "unit": "piece", "price_cents": 495}],
            5970,
        ),
        ([{"kind": "work", "minutes": 30}], [{"name": "Lamp", "quantity": "6", "unit": "piece"}], None),
        ([], [], None),
    ],
)
def test_lines_come_to_exact_cents(time: list[Any], material: list[Any], cents: int | None) -> None:
    assert cost_of(record_of(None, time, material)) == cents
    done = do(begun(), Action.COMPLETE, time=time, material=material)
    assert done.cost_cents == cents


def test_a_cost_that_is_said_goes_before_what_the_lines_come_to() -> None:
    lines = [{"kind": "work", "minutes": 60, "rate_cents": 6000}]
    assert do(begun(), Action.COMPLETE, time=lines, cost_cents=5000).cost_cents == 5000


def line(**more: Any) -> dict[str, Any]:
    return {"name": "Kit", "quantity": "1", "unit": "piece", **more}


NO_QUANTITIES = ["0", "0.000", "-1", "1e3", "NaN", "1,5", "1.2345", "1234567", "1\n", ""]


@pytest.mark.parametrize("quantity", NO_QUANTITIES)
def test_a_quantity_is_a_plain_number_above_nothing(quantity: str) -> None:
    given = {"order_number": "SD-1", "material": [line(quantity=quantity)]}
    with pytest.raises(Invalid):
        messages.ReportCompletion().load(given)


@pytest.mark.parametrize("quantity", ["1", "0.5", "2.125", "999999", "10"])
def test_a_quantity_may_have_three_decimals(quantity: str) -> None:
    given = {"order_number": "SD-1", "material": [line(quantity=quantity)]}
    assert messages.ReportCompletion().load(given)["material"][0]["quantity"] == quantity


@pytest.mark.parametrize(
    ("agreed", "percent", "most"), [(10_000, 10, 11_000), (999, 10, 1099), (0, 50, 0), (10_000, 0, 10_000)]
)
def test_the_margin_counts_part_of_a_cent_for_who_did_the_work(agreed: int, percent: int, most: int) -> None:
    assert highest_cost(agreed, percent) == most


@pytest.mark.parametrize(("cost", "state"), [(LIMIT, None), (LIMIT + 1, "over"), (None, None), (0, None)])
def test_a_cost_over_the_margin_waits_for_the_desk(cost: int | None, state: str | None) -> None:
    standing = completed(cost).cost_standing
    assert (standing and standing["state"]) == state


def test_what_was_never_agreed_cannot_be_exceeded() -> None:
    assert do(begun(), Action.COMPLETE, None, cost_cents=1_000_000).cost_standing is None


def test_the_desk_accepts_it_with_a_reason_and_then_it_can_be_closed() -> None:
    over = completed(20_000)
    with pytest.raises(CostNotSettled):
        do(over, Action.CLOSE)
    with pytest.raises(MissingDetail):
        do(over, Action.ACCEPT_COST)
    taken = do(over, Action.ACCEPT_COST, reason="Twee keer gereden")
    assert taken.cost_standing is not None
    assert (taken.cost_standing["state"], taken.cost_standing["reason"]) == ("accepted", "Twee keer gereden")
    assert do(taken, Action.CLOSE).state is State.ADMINISTRATIVELY_COMPLETE


def test_an_accepted_cost_that_grows_at_closing_is_asked_about_again() -> None:
    taken = do(completed(20_000), Action.ACCEPT_COST, reason="Goed")
    with pytest.raises(CostNotSettled):
        do(taken, Action.CLOSE, cost_cents=20_001)
    assert do(taken, Action.CLOSE, cost_cents=19_000).cost_cents == 19_000


def test_a_disputed_cost_closes_at_what_was_agreed_in_the_end() -> None:
    disputed = do(completed(20_000), Action.DISPUTE_COST, reason="Wij vroegen één monteur")
    with pytest.raises(CostNotSettled):
        do(disputed, Action.CLOSE)
    closed = do(disputed, Action.CLOSE, cost_cents=LIMIT)
    assert (closed.cost_cents, closed.cost_standing) == (LIMIT, None)


def test_a_disputed_cost_may_be_accepted_after_all_but_not_decided_twice_alike() -> None:
    disputed = do(completed(20_000), Action.DISPUTE_COST, reason="Te veel")
    with pytest.raises(NoCostToDecide):
        do(disputed, Action.DISPUTE_COST, reason="Te veel")
    assert do(disputed, Action.ACCEPT_COST, reason="Toch goed").cost_standing is not None


def test_there_is_nothing_to_decide_about_a_cost_within_what_was_agreed() -> None:
    with pytest.raises(NoCostToDecide):
        do(completed(LIMIT), Action.ACCEPT_COST, reason="Goed")


def test_what_is_decided_about_the_cost_leaves_the_rest_as_it_was() -> None:
    over = replace(completed(20_000, checklist=None), note="Klaar", work_order_id=known_id("x"))
    taken = do(over, Action.ACCEPT_COST, reason="Goed")
    assert (taken.state, taken.note, taken.cost_cents, taken.reason) == (over.state, "Klaar", 20_000, None)


def test_others_are_told_how_a_cost_stands_and_no_word_of_the_desks() -> None:
    assert standing_of(completed(LIMIT).cost_standing) is None
    over = completed(20_000)
    assert standing_of(over.cost_standing) == {"state": "over", "limit_cents": LIMIT}
    taken = do(over, Action.ACCEPT_COST, reason="Goed")
    assert standing_of(taken.cost_standing) == {"state": "accepted", "limit_cents": LIMIT}
