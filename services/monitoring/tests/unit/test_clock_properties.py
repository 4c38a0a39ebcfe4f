"""Clocks against an oracle that lives through every minute, and facts that arrive in any order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from monitoring.domain.clocks import Clock, compute
from monitoring.domain.facts import Fact
from monitoring.domain.levels import Level
from servicekit.worktime import Calendar, Term, deadline

from ..samples import CALENDAR  # noqa: TID252  samples of this service alone

MINUTE = timedelta(minutes=1)
# A Friday afternoon before: an ordinary weekend, the clock going forward, the clock going back, and Easter
# (a Thursday: Good Friday is kept). In UTC.
STARTS = [
    datetime(2026, 3, 6, 14, 0, tzinfo=UTC),
    datetime(2026, 3, 27, 14, 0, tzinfo=UTC),
    datetime(2026, 10, 23, 13, 0, tzinfo=UTC),
    datetime(2026, 4, 2, 13, 0, tzinfo=UTC),
]
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CALENDARS = [
    CALENDAR,
    Calendar.of("Europe/Amsterdam", {day: [("08:00", "12:00"), ("12:30", "17:00")] for day in WEEK[1:]}),
    Calendar.of("Europe/Amsterdam", {day: [("00:00", "24:00")] for day in WEEK}),
]
ORDER_STATES = ("issued", "accepted", "paused", "technically_complete", "refused")
KINDS = ("accepted", "waiting", "resumed", "restored", "ready", "reopened", "closed", "order", "order")

compared = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


terms = st.one_of(
    st.builds(Term, st.integers(0, 2000), st.sampled_from(["minutes", "working_minutes"])),
    st.builds(Term, st.integers(0, 3), st.sampled_from(["working_days", "calendar_days"])),
)


@dataclass(frozen=True)
class Case:
    """Facts over some days; what can't be in life (ready while ready) may be among them too."""

    start: datetime
    facts: list[Fact]
    term: Term
    calendar: Calendar
    now: datetime

    def clocks(self, facts: list[Fact] | None = None) -> dict[str, Clock]:
        level = Level(respond=self.term, restore=self.term, resolve=self.term)
        found = compute(facts or self.facts, level, self.calendar, self.now)
        return {each.clock: each for each in found}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    start = draw(st.sampled_from(STARTS))
    facts = [received(start)]
    moment = start
    for sequence in range(2, 2 + draw(st.integers(0, 8))):
        moment += draw(st.integers(0, 900)) * MINUTE + draw(st.integers(0, 59)) * timedelta(seconds=1)
        facts.append(_any_fact(draw, sequence, moment, start))
    now = _floor(moment) + draw(st.integers(0, 3000)) * MINUTE
    return Case(start, facts, draw(terms), draw(st.sampled_from(CALENDARS)), now)


def received(start: datetime) -> Fact:
    about = {"received_at": start.isoformat(), "kind": "fault", "priority": "P3", "product_id": None}
    return Fact("received", start, 1, data=about)


def _any_fact(draw: st.DrawFn, sequence: int, moment: datetime, start: datetime) -> Fact:
    kind = draw(st.sampled_from(KINDS))
    party = draw(st.sampled_from(["requester", "supplier", "desk"]))
    by_kind: dict[str, dict[str, Any]] = {
        "accepted": {"received_at": start.isoformat(), "by_desk": party == "desk", "priority": "P3"},
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


@dataclass
class Lived:
    elapsed: int = 0
    paused: int = 0
    due_at: datetime | None = None
    breached_at: datetime | None = None
    stopped_at: datetime | None = None
    pause: bool = False


def live_through(name: str, case: Case) -> Lived:
    """Goes through every minute from receipt to now and looks, in each, at all that happened before it."""
    counts = case.calendar.is_open if case.term.counts_working_minutes else lambda _: True
    budget = _count(case.start, deadline(case.start, case.term, case.calendar), counts)
    lived, minute = Lived(due_at=case.start if budget == 0 else None), case.start
    while True:
        alive, paused, stopped = _state(name, [each for each in case.facts if _floor(each.at) <= minute])
        if minute >= case.now:
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


@compared
@given(cases())
def test_every_clock_is_what_living_through_it_gives(case: Case) -> None:
    for name, clock in case.clocks().items():
        lived = live_through(name, case)
        assert clock.elapsed_minutes == lived.elapsed
        assert clock.paused_minutes == lived.paused
        assert clock.stopped_at == lived.stopped_at
        assert clock.breached_at == lived.breached_at
        assert (clock.pause is not None) == lived.pause
        if lived.due_at is not None:
            assert clock.due_at == lived.due_at


@compared
@given(cases(), st.integers(0, 2**32))
def test_the_order_and_number_of_arrivals_make_no_difference(case: Case, seed: int) -> None:
    dice = Random(seed)
    arrived = case.facts + dice.choices(case.facts, k=len(case.facts))
    dice.shuffle(arrived)
    assert case.clocks(arrived) == case.clocks()


@compared
@given(cases())
def test_the_explanation_adds_up(case: Case) -> None:
    for clock in case.clocks().values():
        segments = clock.segments
        assert all(a.end == b.start for a, b in pairwise(segments))
        assert sum(s.minutes for s in segments if s.what == "running") == clock.elapsed_minutes
        assert sum(clock.attribution.values()) == clock.elapsed_minutes
        wall = (clock.stopped_at or case.now) - clock.started_at
        assert sum(s.minutes + s.minutes_closed for s in segments) == wall / MINUTE


@compared
@given(st.sampled_from(STARTS), st.sampled_from(CALENDARS), terms, st.integers(0, 4000))
def test_a_deadline_does_not_move_while_the_clock_runs(
    start: datetime, calendar: Calendar, term: Term, later: int
) -> None:
    for now in (start, start + later * MINUTE):
        (clock,) = compute([received(start)], Level(resolve=term), calendar, now)
        assert clock.due_at == deadline(start, term, calendar)
