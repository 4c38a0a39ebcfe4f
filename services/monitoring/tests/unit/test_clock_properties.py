"""Clocks against an oracle that lives through every minute, and facts that arrive in any order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from monitoring.domain.clocks import Clock, compute
from monitoring.domain.facts import Fact
from monitoring.domain.levels import Level
from servicekit.worktime import Term, deadline

from ..samples import CALENDAR, at, fact  # noqa: TID252  samples of this service alone

MINUTE = timedelta(minutes=1)
START = at("Fri 15:00")
ORDER_STATES = ("issued", "accepted", "paused", "technically_complete", "refused")
KINDS = ("accepted", "waiting", "resumed", "restored", "ready", "reopened", "closed", "order", "order")

compared = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def stories(draw: st.DrawFn) -> list[Fact]:
    """Facts over some days around a weekend; what can't be in life (ready while ready) may be in here too."""
    facts = [fact(1, "received", "Fri 15:00", received_at=START.isoformat())]
    moment = START
    for sequence in range(2, 2 + draw(st.integers(0, 8))):
        moment += draw(st.integers(0, 900)) * MINUTE + draw(st.integers(0, 59)) * timedelta(seconds=1)
        facts.append(_any_fact(draw, sequence, moment))
    return facts


def _any_fact(draw: st.DrawFn, sequence: int, moment: datetime) -> Fact:
    kind = draw(st.sampled_from(KINDS))
    party = draw(st.sampled_from(["requester", "supplier", "desk"]))
    by_kind: dict[str, dict[str, Any]] = {
        "accepted": {"received_at": START.isoformat(), "by_desk": party == "desk", "priority": "P3"},
        "waiting": {
            "reason": draw(st.sampled_from(["awaiting_requester", "no_access"])),
            "counterparty": party,
        },
        "closed": {"resolution": draw(st.sampled_from(["solved", "withdrawn"]))},
        "order": {
            "state": draw(st.sampled_from(ORDER_STATES)),
            "provider": draw(st.sampled_from(["team", "supplier"])),
            "counterparty": None,
        },
    }
    source = draw(st.sampled_from(["order-1", "order-2"])) if kind == "order" else "request"
    return Fact(kind, moment, sequence, source, by_kind.get(kind, {}))


terms = st.one_of(
    st.builds(Term, st.integers(0, 2000), st.sampled_from(["minutes", "working_minutes"])),
    st.builds(Term, st.integers(0, 3), st.sampled_from(["working_days", "calendar_days"])),
)


@dataclass
class Lived:
    elapsed: int = 0
    paused: int = 0
    due_at: datetime | None = None
    breached_at: datetime | None = None
    stopped_at: datetime | None = None
    pause: bool = False


def live_through(name: str, facts: list[Fact], term: Term, now: datetime) -> Lived:
    """Goes through every minute from receipt to now and looks, in each, at all that happened before it."""
    counts = CALENDAR.is_open if term.counts_working_minutes else lambda _: True
    budget = _count(START, deadline(START, term, CALENDAR), counts)
    lived, minute = Lived(due_at=START if budget == 0 else None), START
    while True:
        alive, paused, stopped = _state(name, [each for each in facts if _floor(each.at) <= minute])
        if minute >= now:
            lived.stopped_at, lived.pause = stopped, bool(alive and paused)
            return lived
        if alive and paused:
            lived.paused += counts(minute)
        elif alive:
            if lived.due_at is not None and minute >= lived.due_at and lived.breached_at is None:
                lived.breached_at = max(minute, lived.due_at + MINUTE)
            lived.elapsed += counts(minute)
            if lived.elapsed == budget and lived.due_at is None:
                lived.due_at = minute + MINUTE
        minute += MINUTE


def _state(name: str, facts: list[Fact]) -> tuple[bool, bool, datetime | None]:
    alive, waiting, stopped = True, False, None
    for each in facts:
        if each.kind == "waiting":
            waiting = each.data["counterparty"] == "requester"
        elif each.kind in {"resumed", "ready", "reopened", "closed"}:
            waiting = False
        if alive and _stops(name, each):
            alive, stopped = False, _floor(each.at)
        elif not alive and each.kind == "reopened" and name != "respond":
            alive, stopped = True, None
    return alive, waiting, stopped


def _stops(name: str, each: Fact) -> bool:
    if each.kind in {"ready", "closed"}:
        return True
    if name == "resolve":
        return False
    if each.kind == "restored" or name == "restore":
        return each.kind == "restored"
    asked = each.kind == "waiting" and each.data == {
        "reason": "awaiting_requester",
        "counterparty": "requester",
    }
    taken_up = each.kind == "order" and each.data["state"] in {"accepted", "paused", "technically_complete"}
    return asked or taken_up or (each.kind == "accepted" and bool(each.data["by_desk"]))


def _count(start: datetime, end: datetime, counts: object) -> int:
    minutes = int((end - start) / MINUTE)
    return sum(counts(start + n * MINUTE) for n in range(minutes))  # type: ignore[operator]


def _floor(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _clocks(facts: list[Fact], term: Term, now: datetime) -> dict[str, Clock]:
    level = Level(respond=term, restore=term, resolve=term)
    return {each.clock: each for each in compute(facts, level, CALENDAR, now)}


@compared
@given(stories(), terms, st.integers(0, 3000))
def test_every_clock_is_what_living_through_it_gives(facts: list[Fact], term: Term, later: int) -> None:
    now = _floor(facts[-1].at) + later * MINUTE
    for name, clock in _clocks(facts, term, now).items():
        lived = live_through(name, facts, term, now)
        assert clock.elapsed_minutes == lived.elapsed
        assert clock.paused_minutes == lived.paused
        assert clock.stopped_at == lived.stopped_at
        assert clock.breached_at == lived.breached_at
        assert (clock.pause is not None) == lived.pause
        if lived.due_at is not None:
            assert clock.due_at == lived.due_at


@compared
@given(stories(), terms, st.integers(0, 2**32), st.integers(0, 3000))
def test_the_order_and_number_of_arrivals_make_no_difference(
    facts: list[Fact], term: Term, seed: int, later: int
) -> None:
    now = facts[-1].at + later * MINUTE
    dice = Random(seed)
    arrived = facts + dice.choices(facts, k=len(facts))
    dice.shuffle(arrived)
    assert _clocks(arrived, term, now) == _clocks(facts, term, now)


@compared
@given(stories(), terms, st.integers(0, 3000))
def test_the_explanation_adds_up(facts: list[Fact], term: Term, later: int) -> None:
    now = _floor(facts[-1].at) + later * MINUTE
    for clock in _clocks(facts, term, now).values():
        segments = clock.segments
        assert all(a.end == b.start for a, b in pairwise(segments))
        assert sum(s.minutes for s in segments if s.what == "running") == clock.elapsed_minutes
        assert sum(clock.attribution.values()) == clock.elapsed_minutes
        wall = (clock.stopped_at or now) - clock.started_at
        assert sum(s.minutes + s.minutes_closed for s in segments) == wall / MINUTE


@compared
@given(terms, st.integers(0, 4000), st.integers(0, 4000))
def test_a_deadline_does_not_move_while_the_clock_runs(term: Term, one: int, two: int) -> None:
    facts = [fact(1, "received", "Fri 15:00", received_at=START.isoformat())]
    due = {_clocks(facts, term, START + later * MINUTE)["resolve"].due_at for later in (0, one, two)}
    assert due == {deadline(START, term, CALENDAR)}
