"""The regular process leads: where a person leaves it for one request is kept with why, and counted."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
from dispatch import deviation_messages as messages
from dispatch.domain.errors import MissingDetail, NotYours, RoundOver
from dispatch.handlers import correcting
from dispatch.handlers.acting import reroute_work_order
from dispatch.handlers.assigning import hand_over_work_order
from dispatch.handlers.deviating import add_step, list_deviations, promise_made, rule_overruled
from dispatch.handlers.planning import plan_by_hand
from dispatch.heard import RequestCorrected
from dispatch.storage.deviations import Wanted
from servicekit.errors import Conflict, NotFound

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    PORTAL,
    RPC,
    TEAM,
    corrected,
    executor_of,
    known_id,
    step,
)
from .conftest import House

REQUEST, PRODUCT = known_id("request"), known_id("verhuizing")


@pytest.fixture
def moving(house: House) -> House:
    """Of two steps the first is with the Huisdienst; the second waits for it."""
    house.publishes(step("move"), step("clean", "bezemwijs", "move"))
    house.hears_accepted()
    return house


def told(house: House, **wanted: Any) -> dict[str, Any]:
    with house.work(actor=AGENT) as work:
        return list_deviations(work, Wanted(**wanted), None, 50)


def kinds(house: House) -> list[tuple[str, str | None]]:
    return [(one["kind"], one["cause"]) for one in told(house, request_id=REQUEST)["items"]]


def reroutes(house: House, key: str, provider: Any, reason: str) -> None:
    with house.work(actor=AGENT) as work:
        reroute_work_order(work, house.orders()[key]["work_order_id"], provider.provider_id, reason)


def adds(house: House, **more: Any) -> str:
    with house.work(actor=AGENT) as work:
        given = {"title": "Lamp ophangen", "provider_id": TEAM.provider_id, "reason": "Het was er donker"}
        return add_step(work, **{"request_id": REQUEST, **given, **more}).step


def test_the_regular_process_has_none(moving: House) -> None:
    moving.completes("move")
    moving.does("clean", "accept", "complete", actor=executor_of(PORTAL))
    assert len(moving.facts("process_completed")) == 1
    assert told(moving) == {"items": [], "next_cursor": None, "counts": []}


def test_another_provider_is_kept_with_who_chose_and_why(moving: House) -> None:
    reroutes(moving, "move", RPC, "Te zwaar")
    (one,) = told(moving)["items"]
    assert (one["kind"], one["step"], one["cause"]) == ("other_provider", "move", "Te zwaar")
    assert one["details"] == {"from": "Huisdienst", "to": "Vonk & Val"}
    assert one["by"] == {"kind": "person", "name": "Amira"}
    assert (one["product_id"], one["product_version"]) == (PRODUCT, 1)


def test_the_same_provider_again_is_none(moving: House) -> None:
    reroutes(moving, "move", TEAM, "Nog eens")
    moving.does("move", "accept", "complete")
    moving.does("move", "fail", reason="Scheef")
    assert kinds(moving) == []


def test_a_team_that_hands_its_work_over_deviates(moving: House) -> None:
    moving.has(other := TEAM.__class__(known_id("td"), "td", "TD", TEAM.kind, TEAM.delivery))
    done = moving.does("move", "accept", actor=executor_of(TEAM))
    with moving.work(actor=executor_of(TEAM)) as work:
        hand_over_work_order(
            work, done["work_order_id"], done["version"], other.provider_id, "Meer iets voor jullie"
        )
    assert kinds(moving) == [("other_provider", "Meer iets voor jullie")]


def test_so_does_a_correction_that_names_another(moving: House) -> None:
    about = {"work_order_id": str(moving.orders()["move"]["work_order_id"]), "note": "Verkeerde ploeg"}
    fact = corrected("reroute", provider_id=str(RPC.provider_id), **about)
    with moving.work(actor=AGENT) as work:
        correcting.request_corrected(work, RequestCorrected().load(fact))
    assert kinds(moving) == [("other_provider", "Verkeerde ploeg")]


def test_a_step_that_a_person_drops_is_one_but_not_what_ends_with_the_request(moving: House) -> None:
    moving.does("clean", "cancel", reason="Al schoon")
    assert kinds(moving) == [("step_skipped", "Al schoon")]
    moving.hears_closed()
    assert len(kinds(moving)) == 1


def test_a_step_begins_before_its_turn_when_the_desk_says_why(moving: House) -> None:
    with pytest.raises(MissingDetail):
        moving.does("clean", "begin_early")
    with pytest.raises(NotYours):
        moving.does("clean", "begin_early", actor=executor_of(PORTAL), reason="Nu graag")
    moving.does("clean", "begin_early", reason="Ze zijn er toch")
    assert moving.states() == {"move": "issued", "clean": "issued"}
    assert kinds(moving) == [("other_order", "Ze zijn er toch")]


def test_an_added_step_is_waited_for_like_the_others(moving: House) -> None:
    key = adds(moving)
    assert (moving.orders()[key]["state"], moving.orders()[key]["title"]["nl"]) == ("issued", "Lamp ophangen")
    (planned,) = moving.facts("work_orders_planned")[-1]["orders"]
    assert planned["step"] == key
    assert kinds(moving) == [("step_added", "Het was er donker")]
    moving.completes("move")
    moving.does("clean", "accept", "complete", actor=executor_of(PORTAL))
    assert moving.facts("process_completed") == []
    moving.completes(key)
    assert len(moving.facts("process_completed")) == 1
    with pytest.raises(RoundOver):
        adds(moving)


def test_nothing_is_added_where_no_work_goes_on(moving: House) -> None:
    with pytest.raises(NotFound):
        adds(moving, request_id=known_id("another"))
    moving.hears_closed()
    with pytest.raises(Conflict):
        adds(moving)


def test_who_gets_what_no_rule_could_give_to_anybody_is_one(house: House) -> None:
    house.publishes(step("move"), step("mend", "gone", "move"))
    house.hears_accepted()
    with house.work(actor=AGENT) as work:
        plan_by_hand(work, REQUEST, TEAM.provider_id, "Zij kunnen dat ook")
    (one,) = told(house)["items"]
    assert (one["kind"], one["step"], one["details"]) == ("other_provider", "mend", {"to": "Huisdienst"})


def promised(house: House, **more: Any) -> None:
    fact = deepcopy(deskcontracts.example("intake.promise_made")) | {"request_id": str(REQUEST), **more}
    with house.work() as work:
        promise_made(work, messages.PromiseMade().load(fact))


def test_another_moment_of_completion_by_hand_is_one_also_when_it_is_heard_first(house: House) -> None:
    promised(house, what="result", text="De kast komt later")
    promised(house, what="word")
    promised(house, what="result", by={"kind": "service", "name": "intake"})
    assert told(house)["items"] == []  # of no product, as far as is known
    house.publishes(step("move"))
    house.hears_accepted()
    assert kinds(house) == [("other_lead_time", "De kast komt later")]
    assert told(house, product_id=PRODUCT)["items"][0]["details"]["until"] == "2026-03-04T16:00:00+00:00"


def test_a_rule_that_the_desk_let_go_of_is_one_once_however_often_it_says_so(house: House) -> None:
    example = deepcopy(deskcontracts.example("intake.rule_overruled"))
    for rule in ("ordered_late", "ordered_late", "outside_audience"):
        fact = example | {"request_id": str(REQUEST), "rule": rule}
        with house.work() as work:
            rule_overruled(work, messages.RuleOverruled().load(fact))
    assert sorted(kinds(house)) == [
        ("ordered_late", example["reason"]),
        ("outside_audience", example["reason"]),
    ]
    about = told(house, kind="ordered_late")["items"][0]
    assert about["product_name"] == example["product"]["name"]
    counts = told(house, product_id=UUID(example["product"]["product_id"]))["counts"]
    assert [(one["kind"], one["count"]) for one in counts] == [("ordered_late", 1), ("outside_audience", 1)]


def test_they_are_counted_per_product_kind_and_step(moving: House) -> None:
    moving.hears_accepted(request="second")
    for order in list(moving.orders(request_id=known_id("second")).values()):
        if order["step"] == "clean":
            continue
        with moving.work(actor=AGENT) as work:
            reroute_work_order(work, order["work_order_id"], RPC.provider_id, "Vol")
    reroutes_of_first = moving.orders(request_id=REQUEST)["move"]["work_order_id"]
    with moving.work(actor=AGENT) as work:
        reroute_work_order(work, reroutes_of_first, RPC.provider_id, "Te zwaar")
    adds(moving)
    counts = told(moving, product_id=PRODUCT)["counts"]
    assert [(one["kind"], one["step"], one["count"], one["requests"]) for one in counts[:1]] == [
        ("other_provider", "move", 2, 2)
    ]
    assert counts[0]["title"]["nl"] == "Stap move"
    assert {one["kind"] for one in counts} == {"other_provider", "step_added"}
    assert len(told(moving, kind="step_added")["items"]) == 1
    assert told(moving, product_id=known_id("other"))["counts"] == []
