"""Clocks, computed from the facts each time anew: nothing is counted up, so nothing can be forgotten.

A term becomes a budget of minutes, counted from the receipt as the term counts (working minutes or all of
them). Minutes that a clock runs are taken from the budget; while it is paused or stopped nothing is. A change
of priority is another term over the same facts: no restart, and the pauses stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from servicekit.worktime import Calendar, Term, clock_minutes_between, whole_minute

from monitoring.domain.facts import Fact, in_order
from monitoring.domain.levels import Level
from monitoring.domain.measure import Measure, Segment, first_late_minute
from monitoring.domain.story import (
    PARTIES,
    WITHOUT_VERDICT,
    Holder,
    Turn,
    holder_now,
    marks,
    started_at,
    turns,
)


@dataclass(frozen=True)
class Rule:
    """A clock stops at the first of `stops`, and runs on at the first of `runs_on` after that."""

    stops: frozenset[str]
    runs_on: frozenset[str] = frozenset()


CLOCKS: Final[Mapping[str, Rule]] = {
    "respond": Rule(frozenset({"taken_up", "asked", "informed", "restored", "ready", "closed"})),
    "restore": Rule(frozenset({"restored", "ready", "closed"}), frozenset({"reopened"})),
    "resolve": Rule(frozenset({"ready", "closed"}), frozenset({"reopened"})),
}


@dataclass(frozen=True)
class Clock:
    """state: running, paused, met (stopped in time), breached (late, stopped or not), stopped (no verdict).

    due_at is None while paused in time: it moves with every minute. warns_at lies in the future until the
    warning is due. `pause` is the reason why it stands still now. `party` has it now.
    """

    clock: str
    state: str
    term: Term
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    term_minutes: int
    elapsed_minutes: int
    paused_minutes: int
    warns_at: datetime | None
    breached_at: datetime | None
    pause: str | None
    party: str
    segments: tuple[Segment, ...]

    @property
    def remaining_minutes(self) -> int:
        """Negative by as much as it is late."""
        return self.term_minutes - self.elapsed_minutes

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None and self.pause is None

    @property
    def attribution(self) -> dict[str, int]:
        """The elapsed minutes by whose they were; they add up to elapsed_minutes."""
        running = [each for each in self.segments if each.what == "running"]
        return {party: sum(each.minutes for each in running if each.party == party) for party in PARTIES}


@dataclass(frozen=True)
class Life:
    """When a clock was alive: stretches in order; the last is open (up to now) unless a fact ended it."""

    stretches: tuple[tuple[datetime, datetime], ...]
    ended_by: Fact | None

    @property
    def started_at(self) -> datetime:
        return self.stretches[0][0]

    @property
    def end(self) -> datetime:
        return self.stretches[-1][1]


def compute(facts: Iterable[Fact], level: Level, calendar: Calendar, now: datetime) -> tuple[Clock, ...]:
    """The clocks of a request, those with a term in this level, as they stand at `now`.

    The order of the facts and doubles among them make no difference. Without the fact that it was received
    there are no clocks yet.
    """
    ordered = in_order(facts)
    start = started_at(ordered)
    if start is None:
        return ()
    start = whole_minute(start)
    end = max(whole_minute(now), start, *(fact.at for fact in ordered))
    turned, holder = turns(ordered, start, end), holder_now(ordered)
    clocks = []
    for name, rule in CLOCKS.items():
        term = level.term(name)
        if term is not None:
            life = _life(rule, ordered, start, end)
            measure = Measure(term, calendar, start)
            segments = tuple(_segments(life, turned, measure.count))
            clocks.append(_clock(name, term, level.warn_percent, life, measure, segments, holder))
    return tuple(clocks)


def _life(rule: Rule, facts: Sequence[Fact], start: datetime, end: datetime) -> Life:
    stretches: list[tuple[datetime, datetime]] = []
    since: datetime | None = start
    ended_by: Fact | None = None
    for fact in facts:
        at, meant = max(fact.at, start), marks(fact)
        if since is not None and meant & rule.stops:
            stretches.append((since, at))
            since, ended_by = None, fact
        elif since is None and meant & rule.runs_on:
            since, ended_by = at, None
    if since is not None:
        stretches.append((since, end))
    return Life(tuple(stretches), ended_by)


def _clock(
    name: str,
    term: Term,
    warn_percent: int,
    life: Life,
    measure: Measure,
    segments: tuple[Segment, ...],
    holder: Holder,
) -> Clock:
    running = [each for each in segments if each.what == "running"]
    elapsed = sum(each.minutes for each in running)
    pause = holder.pause if life.ended_by is None else None
    ran_out_at = measure.passed(running, measure.budget)
    breached_at = first_late_minute(running, ran_out_at)
    warned_at = measure.passed(running, share := measure.share(warn_percent))
    still_runs = life.ended_by is None and pause is None
    return Clock(
        clock=name,
        state=_state(breached_at, life.ended_by, pause),
        term=term,
        started_at=life.started_at,
        due_at=ran_out_at or (None if pause else measure.forward(life.end, measure.budget - elapsed)),
        stopped_at=life.end if life.ended_by else None,
        term_minutes=measure.budget,
        elapsed_minutes=elapsed,
        paused_minutes=sum(each.minutes for each in segments if each.what == "paused"),
        warns_at=warned_at or (measure.forward(life.end, share - elapsed) if still_runs else None),
        breached_at=breached_at,
        pause=pause,
        party=holder.party,
        segments=segments,
    )


def _state(breached_at: datetime | None, ended_by: Fact | None, pause: str | None) -> str:
    if breached_at is not None:
        return "breached"
    if ended_by is None:
        return "paused" if pause else "running"
    return "stopped" if ended_by.data.get("resolution") in WITHOUT_VERDICT else "met"


def _segments(
    life: Life, turned: Sequence[Turn], count: Callable[[datetime, datetime], int]
) -> Iterator[Segment]:
    for alive, start, end in _with_gaps(life):
        for turn in turned:
            a, b = max(start, turn.start), min(end, turn.end)
            if a >= b:
                continue
            pause = turn.pause if alive else None
            what = "paused" if pause else "running" if alive else "stopped"
            minutes = count(a, b)
            yield Segment(a, b, minutes, clock_minutes_between(a, b) - minutes, what, turn.party, pause)


def _with_gaps(life: Life) -> Iterator[tuple[bool, datetime, datetime]]:
    for before, after in pairwise(life.stretches):
        yield True, *before
        yield False, before[1], after[0]
    yield True, *life.stretches[-1]
