"""Figures of clocks equal what one counts by hand from the clocks of each request, computed anew."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from monitoring.handlers.figures import get_figures
from monitoring.handlers.reading import get_clocks, list_clocks
from monitoring.handlers.sweep import sweep
from servicekit.actor import service_actor
from servicekit.worktime.period import Period

from .stories import Story, tell

Work = Callable[..., Any]
ZONE = ZoneInfo("Europe/Amsterdam")
PERIOD = Period(date(2026, 3, 3), date(2026, 3, 20), "Europe/Amsterdam")
NOW = datetime(2026, 3, 18, 15, tzinfo=ZONE)
EVERYTHING = service_actor("monitoring")
NEXT = ("accepted", "waiting", "resumed", "ready", "reopened", "closed")


def live_through(work: Work, seed: int) -> list[Story]:
    chance = random.Random(seed)
    stories = []
    for _ in range(30):
        story = Story()
        story.received_at = story.received_at + timedelta(minutes=chance.randint(0, 14 * 24 * 60))
        moment = story.received_at
        events = [story.received(priority=chance.choice(["P1", "P3"]))]
        for _ in range(chance.randint(0, 7)):
            moment += timedelta(minutes=chance.randint(10, 2000))
            events.append(_happens(story, chance, moment))
        tell(work, *events)
        stories.append(story)
    with work(now=NOW) as w:
        while sweep(w):
            pass
    return stories


def _happens(story: Story, chance: random.Random, moment: datetime) -> Any:
    if chance.random() < 0.4:
        provider = {"provider_id": str(story.request_id), "slug": "x", "name": "X", "kind": "supplier"}
        state = chance.choice(["issued", "accepted", "technically_complete"])
        return story.order(chance.randint(2, 90), state, moment, provider=provider)  # type: ignore[arg-type]
    return story(f"intake.request_{chance.choice(NEXT)}", moment)


def by_hand(work: Work, stories: list[Story]) -> list[dict[str, Any]]:
    with work(now=NOW) as w:
        return [clock for story in stories for clock in get_clocks(w, EVERYTHING, story.request_id)["clocks"]]


def judged_on(clock: dict[str, Any]) -> date | None:
    at = {"met": clock["stopped_at"], "breached": clock["breached_at"]}.get(clock["state"])
    return at.astimezone(ZONE).date() if at else None


def within(day: date | None) -> bool:
    return day is not None and PERIOD.first <= day <= PERIOD.last


def standing(clock: dict[str, Any]) -> str | None:
    if clock["stopped_at"]:
        return None
    if clock["state"] == "breached":
        return "late"
    if clock["state"] == "paused":
        return "paused"
    return "near" if clock["warned_at"] else "fine"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_equal_counting_by_hand(agreed: Work, seed: int) -> None:
    clocks = by_hand(agreed, live_through(agreed, seed))
    with agreed(now=NOW) as work:
        found = get_figures(work, PERIOD)
    judged = [clock for clock in clocks if within(judged_on(clock))]

    kept = Counter((c["clock"], c["level"]["priority"], c["state"] == "met") for c in judged)
    assert (
        Counter(
            {
                (row["clock"], row["priority"], met): row["met" if met else "late"]
                for row in found["kept"]
                for met in (True, False)
            }
        )
        == kept
    )
    assert {(row["day"], row["met"], row["late"]) for row in found["days"]} == {
        (
            day,
            sum(judged_on(c) == day and c["state"] == "met" for c in judged),
            sum(judged_on(c) == day and c["state"] == "breached" for c in judged),
        )
        for day in PERIOD.days()
    }
    standings = Counter((clock["clock"], standing(clock)) for clock in clocks)
    for row in found["open"]:
        for name in ("late", "near", "fine", "paused"):
            assert row[name] == standings[row["clock"], name]
    assert sum(kept.values()) > 10
    assert len({name for _, name in standings}) > 2


@pytest.mark.parametrize("seed", [1, 2])
def test_every_minute_of_coordination_is_somebodys(agreed: Work, seed: int) -> None:
    clocks = by_hand(agreed, live_through(agreed, seed))
    with agreed(now=NOW) as work:
        minutes = get_figures(work, PERIOD)["minutes"]
    done = [
        clock
        for clock in clocks
        if clock["clock"] == "resolve"
        and clock["stopped_at"]
        and within(clock["stopped_at"].astimezone(ZONE).date())
    ]

    assert minutes["requests"] == len(done) > 0
    assert minutes["desk"] == sum(clock["attribution"]["desk"] for clock in done)
    assert minutes["supplier"] == sum(clock["attribution"]["supplier"] for clock in done)
    paused = sum(clock["paused_minutes"] for clock in done)
    assert minutes["requester"] == sum(clock["attribution"]["requester"] for clock in done) + paused
    assert sum(minutes[party] for party in ("desk", "supplier", "requester")) == paused + sum(
        clock["elapsed_minutes"] for clock in done
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_each_figure_opens_a_list_that_is_as_long(agreed: Work, seed: int) -> None:
    live_through(agreed, seed)
    judged = {"judged_from": PERIOD.start, "judged_before": PERIOD.end}
    with agreed(now=NOW) as work:
        found = get_figures(work, PERIOD)
        lists = [
            (row["met" if state == "met" else "late"],
             {**judged, "clock": row["clock"], "priority": row["priority"], "state": state})
            for row in found["kept"]
            for state in ("met", "breached")
        ]  # fmt: skip
        lists += [
            (row[name], {"clock": row["clock"], "standing": name})
            for row in found["open"]
            for name in ("late", "near", "fine", "paused")
        ]
        stopped = {"clock": "resolve", "stopped_from": PERIOD.start, "stopped_before": PERIOD.end}
        lists.append((found["minutes"]["requests"], stopped))
        for count, wanted in lists:
            assert len(list_clocks(work, cursor=None, limit=100, **wanted)["items"]) == count, wanted
