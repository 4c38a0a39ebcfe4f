"""Figures of providers equal what one counts by hand from the orders and their histories."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from dispatch.domain.work_order_states import Action
from dispatch.handlers.acting import act_on_work_order, redeliver_work_order, reroute_work_order
from dispatch.handlers.figures import get_figures
from dispatch.handlers.reading import get_work_order, list_work_orders
from dispatch.storage.reading import Filter
from servicekit.clock import FixedClock
from servicekit.errors import ServiceError
from servicekit.worktime.period import Period

from ..samples import AGENT, PORTAL, TEAM, step  # noqa: TID252  own samples
from .conftest import House

PERIOD = Period(date(2026, 11, 20), date(2026, 12, 5), "Europe/Amsterdam")
BEGIN = datetime(2026, 11, 10, 9, tzinfo=UTC)
NOW = datetime(2026, 12, 3, 12, tzinfo=UTC)
ACTIONS = ("accept", "refuse", "schedule", "start", "complete", "complete", "check", "fail", "cancel")


def live_through(house: House, clock: FixedClock, seed: int) -> None:
    """A dozen requests with two orders each, and what may happen to them, at every moment of three weeks."""
    chance = random.Random(seed)
    house.publishes(step("move"), step("it", PORTAL.slug))
    moment, orders = BEGIN, []
    for number in range(220):
        moment += timedelta(minutes=chance.randint(1, 280))
        clock.move(moment - clock.now())
        if number % 18 == 0:
            house.hears_accepted(request=f"request {number}")
            continue
        orders = list(everything(house))
        if orders:
            _something_happens(house, chance, chance.choice(orders), moment)


def _something_happens(house: House, chance: random.Random, order: dict[str, Any], at: datetime) -> None:
    action, which = chance.choice(ACTIONS), order["work_order_id"]
    details: dict[str, Any] = {}
    if action in ("refuse", "fail", "cancel"):
        details["reason"] = "x"
    if action == "schedule":
        details |= {"planned_from": at, "planned_until": at + timedelta(days=chance.randint(0, 9))}
    try:
        with house.work(actor=AGENT) as work:
            if order["state"] == "refused" and chance.random() < 0.6:
                redeliver_work_order(work, which)
            elif order["state"] == "refused":
                reroute_work_order(work, which, PORTAL.provider_id, "x")
            else:
                act_on_work_order(work, which, Action(action), **details)
    except ServiceError:
        return
    except Exception as error:  # what the domain does not allow
        if type(error).__module__ != "dispatch.domain.errors":
            raise


def everything(house: House) -> list[dict[str, Any]]:
    with house.work(actor=AGENT) as work:
        listed = list_work_orders(work, Filter(), None, 100)["items"]
        return [get_work_order(work, each["work_order_id"]) for each in listed]


def asked_at(order: dict[str, Any]) -> datetime | None:
    return order["issued_at"]


def accepted_after(order: dict[str, Any]) -> timedelta | None:
    """From its history: since it was asked the last time."""
    since = asked_at(order)
    answers = [line["at"] for line in order["history"] if line["action"] == "accept" and line["at"] >= since]
    return answers[-1] - since if since and answers else None


def happened(order: dict[str, Any], action: str) -> bool:
    return any(line["action"] == action for line in order["history"])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_equal_counting_by_hand(house: House, clock: FixedClock, seed: int) -> None:
    live_through(house, clock, seed)
    orders = everything(house)
    with house.work(actor=AGENT, now=NOW) as work:
        found = {each["slug"]: each for each in get_figures(work, PERIOD)["providers"]}

    for provider in (TEAM, PORTAL):
        own = [each for each in orders if each["provider"]["slug"] == provider.slug]
        asked = [each for each in own if asked_at(each) and PERIOD.start <= asked_at(each) < PERIOD.end]
        times = [after.total_seconds() for each in asked if (after := accepted_after(each)) is not None]
        done = [
            each for each in asked
            if each["state"] in ("technically_complete", "checked", "administratively_complete", "rejected")
        ]  # fmt: skip
        figure = found[provider.slug]
        assert figure["open"] == sum(each["open"] for each in own)
        assert figure["late"] == sum(
            each["open"] and each["planned_until"] is not None and each["planned_until"] < NOW for each in own
        )
        assert figure["issued"] == len(asked)
        assert figure["refused"] == sum(happened(each, "refuse") for each in asked)
        assert figure["accepted"] == len(times)
        assert figure["seconds_to_accept"] == (pytest.approx(median(times)) if times else None)
        assert figure["completed"] == len(done)
        assert figure["not_at_once"] == sum(each["state"] == "rejected" or each["round"] > 1 for each in done)
    assert sum(each["issued"] for each in found.values()) > 5
    assert sum(each["refused"] for each in found.values()) > 0


@pytest.mark.parametrize("seed", [1, 2])
def test_each_figure_opens_a_list_that_is_as_long(house: House, clock: FixedClock, seed: int) -> None:
    live_through(house, clock, seed)
    issued = {"issued_from": PERIOD.start, "issued_before": PERIOD.end}
    with house.work(actor=AGENT, now=NOW) as work:
        for figure in get_figures(work, PERIOD)["providers"]:
            lists: dict[str, dict[str, Any]] = {
                "open": {"open": True},
                "late": {"late": True},
                "failed": {"delivery": "failed"},
                "issued": issued,
                "refused": {**issued, "refused": True},
                "completed": {**issued, "completed": True},
                "not_at_once": {**issued, "completed": True, "at_once": False},
            }
            for name, wanted in lists.items():
                filters = Filter(provider_id=figure["provider_id"], **wanted)
                listed = list_work_orders(work, filters, None, 100)["items"]
                assert len(listed) == figure[name], name


def not_at_once(house: House) -> int:
    with house.work(actor=AGENT, now=NOW) as work:
        return int(sum(each["not_at_once"] for each in get_figures(work, PERIOD)["providers"]))


def test_the_round_of_a_correction_is_not_work_done_over_but_that_of_a_customer_is(
    house: House, clock: FixedClock
) -> None:
    """The desk had chosen the wrong product; who did the right work did it at once."""
    clock.move(datetime(2026, 11, 25, 9, tzinfo=UTC) - clock.now())
    house.publishes(step("clear"))
    house.publishes(step("repair"), name="reparatie")
    house.hears_accepted(sequence=3)
    house.hears_corrected("replan", product="reparatie", round=2, sequence=5)
    house.completes("repair")
    assert not_at_once(house) == 0

    house.hears_reopened(round=3, sequence=8)
    house.completes("repair")
    assert not_at_once(house) == 1


def test_providers_that_were_never_asked_are_shown_with_nothing(house: House) -> None:
    with house.work(actor=AGENT) as work:
        found = get_figures(work, PERIOD)["providers"]
    assert len(found) == 4
    assert {each["issued"] for each in found} == {0}
    assert {each["seconds_to_accept"] for each in found} == {None}
