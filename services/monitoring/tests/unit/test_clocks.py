"""Clocks by example: what stops, pauses and breaks them, and whose minutes they were."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from monitoring.domain.clocks import Clock, compute
from monitoring.domain.facts import Fact
from monitoring.domain.levels import Level
from servicekit.worktime import Calendar, Closing, Term

from ..samples import ACCEPTED, CALENDAR, P3, RECEIVED, at, fact, order, shown  # noqa: TID252  samples of this service alone


def clock(name: str, facts: list[Fact], now: str, level: Level = P3) -> Clock:
    return next(each for each in compute(facts, level, CALENDAR, at(now)) if each.clock == name)


@pytest.mark.parametrize(
    ("name", "stop", "expected"),
    [
        pytest.param("respond", order(2, "issued", "Mon 10:00"), None, id="an order that is only sent"),
        pytest.param("respond", order(2, "refused", "Mon 10:00"), None, id="an order that is refused"),
        pytest.param("respond", order(2, "cancelled", "Mon 10:00"), None, id="an order that is cancelled"),
        pytest.param("respond", order(2, "accepted", "Mon 10:00"), "Mon 10:00", id="an order accepted"),
        pytest.param("respond", order(2, "in_progress", "Mon 10:00"), "Mon 10:00", id="work begun unsaid"),
        pytest.param("respond", order(2, "technically_complete", "Mon 10:00"), "Mon 10:00", id="work done"),
        pytest.param(
            "respond", fact(2, "accepted", "Mon 10:00", by_desk=True), "Mon 10:00", id="an agent's yes"
        ),
        pytest.param("respond", fact(2, "accepted", "Mon 10:00", by_desk=False), None, id="a rule's yes"),
        pytest.param(
            "respond", fact(2, "waiting", "Mon 10:00"), "Mon 10:00", id="a question to the requester"
        ),
        pytest.param("respond", fact(2, "waiting", "Mon 10:00", reason="no_access"), None, id="no access"),
        pytest.param(
            "respond", fact(2, "waiting", "Mon 10:00", counterparty="supplier"), None, id="their turn"
        ),
        pytest.param("respond", fact(2, "closed", "Mon 10:00"), "Mon 10:00", id="answered and closed"),
        pytest.param("restore", fact(2, "restored", "Mon 10:00"), "Mon 10:00", id="restored"),
        pytest.param("restore", fact(2, "ready", "Mon 10:00"), "Mon 10:00", id="ready restores too"),
        pytest.param("resolve", fact(2, "restored", "Mon 10:00"), None, id="restored is not resolved"),
        pytest.param("resolve", fact(2, "ready", "Mon 10:00"), "Mon 10:00", id="ready"),
        pytest.param("resolve", fact(2, "closed", "Mon 10:00"), "Mon 10:00", id="closed"),
        pytest.param("resolve", order(2, "technically_complete", "Mon 10:00"), None, id="one order done"),
    ],
)
def test_what_stops_a_clock(name: str, stop: Fact, expected: str | None) -> None:
    found = clock(name, [RECEIVED, stop], now="Mon 11:00")
    assert shown(found.stopped_at) == expected
    assert (found.state == "met") == (expected is not None)


@pytest.mark.parametrize(
    ("facts", "now", "state", "due", "elapsed", "paused"),
    [
        pytest.param([RECEIVED], "Mon 11:00", "running", "Fri 17:30", 120, 0, id="runs"),
        pytest.param([RECEIVED], "Mon 22:00", "running", "Fri 17:30", 510, 0, id="not at night"),
        pytest.param(
            [RECEIVED, fact(2, "waiting", "Mon 12:00")], "Mon 14:00", "paused", None, 180, 120, id="paused"
        ),
        pytest.param(
            [RECEIVED, fact(2, "waiting", "Mon 12:00"), fact(3, "resumed", "Mon 14:00")],
            "Mon 15:00",
            "running",
            "Mon2 09:30",
            240,
            120,
            id="the pause is added, over the weekend",
        ),
        pytest.param(
            [
                RECEIVED,
                fact(2, "waiting", "Mon 12:00", counterparty="supplier"),
                fact(3, "resumed", "Mon 14:00"),
            ],
            "Mon 15:00",
            "running",
            "Fri 17:30",
            360,
            0,
            id="waiting for our supplier is our own time",
        ),
        pytest.param(
            [RECEIVED, fact(2, "waiting", "Mon 12:00"), fact(3, "waiting", "Mon 13:00", counterparty="desk")],
            "Mon 15:00",
            "running",
            "Mon2 08:30",
            300,
            60,
            id="another waiting takes its place",
        ),
        pytest.param(
            [RECEIVED, fact(2, "waiting", "Mon 12:00"), fact(3, "ready", "Mon 14:00")],
            "Tue 15:00",
            "met",
            "Mon2 09:30",
            180,
            120,
            id="ready while waiting",
        ),
        pytest.param(
            [RECEIVED, fact(2, "ready", "Mon 12:00"), fact(3, "reopened", "Tue 12:00")],
            "Tue 15:00",
            "running",
            "Mon2 17:30",
            360,
            0,
            id="the time it was done is not counted",
        ),
        pytest.param(
            [RECEIVED, fact(2, "closed", "Mon 12:00", resolution="withdrawn")],
            "Tue 15:00",
            "stopped",
            "Fri 17:30",
            180,
            0,
            id="withdrawn: no verdict",
        ),
        pytest.param(
            [RECEIVED, fact(2, "resumed", "Mon 12:00")],
            "Mon 13:00",
            "running",
            "Fri 17:30",
            240,
            0,
            id="resumed without a pause changes nothing",
        ),
        pytest.param(
            [RECEIVED], "Fri 17:30", "running", "Fri 17:30", 2910, 0, id="in the minute that it is due"
        ),
    ],
)
def test_the_resolve_clock(
    facts: list[Fact], now: str, state: str, due: str | None, elapsed: int, paused: int
) -> None:
    level = Level(resolve=Term(2910, "working_minutes"))
    found = clock("resolve", facts, now, level)
    assert (found.state, shown(found.due_at)) == (state, due)
    assert (found.elapsed_minutes, found.paused_minutes) == (elapsed, paused)
    assert found.remaining_minutes == 2910 - elapsed


@pytest.mark.parametrize(
    ("facts", "now", "breached"),
    [
        pytest.param([RECEIVED], "Mon 11:00", None, id="in the minute of the deadline it is in time"),
        pytest.param([RECEIVED], "Mon 11:01", "Mon 11:01", id="a minute later it is late"),
        pytest.param(
            [RECEIVED, fact(2, "ready", "Mon 11:00")], "Tue 11:00", None, id="done in the last minute"
        ),
        pytest.param([RECEIVED, fact(2, "ready", "Mon 11:01")], "Tue 11:00", "Mon 11:01", id="done too late"),
        pytest.param(
            [RECEIVED, fact(2, "waiting", "Mon 10:59")], "Tue 11:00", None, id="paused just in time"
        ),
        pytest.param(
            [RECEIVED, fact(2, "waiting", "Mon 10:30"), fact(3, "resumed", "Mon 12:00")],
            "Mon 12:31",
            "Mon 12:31",
            id="the pause is not held against us",
        ),
        pytest.param(
            [RECEIVED, fact(2, "waiting", "Mon 11:00"), fact(3, "resumed", "Mon 12:00")],
            "Mon 12:05",
            "Mon 12:00",
            id="nothing was left when it was resumed",
        ),
        pytest.param(
            [RECEIVED, fact(2, "waiting", "Mon 11:30")],
            "Mon 12:00",
            "Mon 11:01",
            id="a pause does not undo it",
        ),
    ],
)
def test_a_breach(facts: list[Fact], now: str, breached: str | None) -> None:
    found = clock("resolve", facts, now, Level(resolve=Term(120, "working_minutes")))
    assert shown(found.breached_at) == breached
    assert (found.state == "breached") == (breached is not None)


def test_a_deadline_at_closing_time_is_broken_the_minute_after_it() -> None:
    level = Level(resolve=Term(510, "working_minutes"))
    assert shown(clock("resolve", [RECEIVED], "Mon 17:29", level).due_at) == "Mon 17:30"
    assert clock("resolve", [RECEIVED], "Mon 17:30", level).state == "running"
    assert clock("resolve", [RECEIVED], "Mon 17:31", level).state == "breached"


@pytest.mark.parametrize(
    ("term", "due"),
    [
        (Term(60, "minutes"), "Mon 10:00"),
        (Term(60, "working_minutes"), "Mon 10:00"),
        (Term(1, "working_days"), "Tue 17:30"),
        (Term(5, "working_days"), "Mon2 17:30"),
        (Term(5, "calendar_days"), "Sat 23:59"),
    ],
)
def test_terms_of_every_unit(term: Term, due: str) -> None:
    assert shown(clock("resolve", [RECEIVED], "Mon 09:00", Level(resolve=term)).due_at) == due


def test_a_pause_moves_a_term_in_days_by_as_many_minutes() -> None:
    facts = [RECEIVED, fact(2, "waiting", "Mon 10:00"), fact(3, "resumed", "Mon 12:00")]
    assert (
        shown(clock("resolve", facts, "Mon 13:00", Level(resolve=Term(1, "working_days"))).due_at)
        == "Wed 09:30"
    )
    in_days = Level(resolve=Term(1, "calendar_days"))
    assert shown(clock("resolve", facts, "Mon 13:00", in_days).due_at) == "Wed 01:59"


@pytest.mark.parametrize(
    "term", [Term(60, "working_minutes"), Term(3, "working_days"), Term(1_000_000, "working_days")]
)
def test_a_term_that_is_never_reached_does_not_stop_the_clock_from_being_read(term: Term) -> None:
    closed = Calendar.of(
        "Europe/Amsterdam",
        {"monday": [("09:00", "10:00")]},
        closings=[Closing(date(2020, 1, 1), date(2900, 1, 1))],
    )
    facts = [RECEIVED, fact(2, "waiting", "Mon 10:00"), fact(3, "resumed", "Mon 12:00")]
    (found,) = compute(facts, Level(resolve=term), closed, at("Fri 12:00"))

    assert (found.state, found.breached_at) == ("running", None)
    assert found.due_at is not None
    assert found.due_at.year >= at("Mon 09:00").year + 99


def test_another_priority_recomputes_from_receipt_and_keeps_the_pauses() -> None:
    facts = [RECEIVED, fact(2, "waiting", "Mon 10:00"), fact(3, "resumed", "Mon 11:00")]
    urgent = Level(resolve=Term(240, "minutes"))
    before, after = clock("resolve", facts, "Mon 12:00"), clock("resolve", facts, "Mon 12:00", urgent)
    assert shown(after.due_at) == "Mon 14:00"
    assert after.started_at == before.started_at
    assert (after.elapsed_minutes, after.paused_minutes) == (before.elapsed_minutes, before.paused_minutes)


def test_the_warning_comes_at_the_share_of_the_term_that_the_level_names() -> None:
    facts = [RECEIVED, fact(2, "waiting", "Mon 10:00"), fact(3, "resumed", "Mon 11:00")]
    assert (
        shown(clock("resolve", facts, "Mon 11:30", Level(resolve=Term(240, "minutes"))).warns_at)
        == "Mon 13:00"
    )
    half = Level(resolve=Term(240, "minutes"), warn_percent=50)
    assert shown(clock("resolve", facts, "Mon 11:30", half).warns_at) == "Mon 12:00"
    assert shown(clock("resolve", facts, "Mon 15:30", half).warns_at) == "Mon 12:00"
    assert clock("resolve", facts[:2], "Mon 10:30", half).warns_at is None


def test_a_level_without_a_term_has_no_such_clock() -> None:
    assert [
        each.clock
        for each in compute([RECEIVED], Level(respond=Term(60, "minutes")), CALENDAR, at("Mon 10:00"))
    ] == ["respond"]
    assert compute([RECEIVED], Level(), CALENDAR, at("Mon 10:00")) == ()


def test_there_is_no_clock_until_it_is_known_to_be_received() -> None:
    assert compute([order(2, "accepted", "Mon 10:00")], P3, CALENDAR, at("Mon 11:00")) == ()
    late = [order(2, "accepted", "Mon 10:00"), ACCEPTED]
    assert shown(clock("respond", late, "Mon 11:00").stopped_at) == "Mon 10:00"


def test_a_clock_that_waits_at_this_very_minute_is_paused() -> None:
    found = clock("resolve", [RECEIVED, fact(2, "waiting", "Mon 12:00")], "Mon 12:00")
    assert (found.state, found.pause, found.party) == ("paused", "awaiting_requester", "requester")


def test_the_explanation_has_every_minute_once() -> None:
    facts = [
        RECEIVED,
        order(1, "issued", "Mon 09:30", provider="supplier"),
        fact(2, "waiting", "Mon 12:00", reason="no_access"),
        fact(3, "resumed", "Tue 09:30"),
        order(3, "technically_complete", "Tue 15:00", provider="supplier"),
        fact(4, "ready", "Tue 16:00"),
        fact(5, "reopened", "Wed 08:30"),
    ]
    found = clock("resolve", facts, "Wed 10:30")
    told = [
        (shown(s.start), shown(s.end), s.minutes, s.minutes_closed, s.what, s.party, s.reason)
        for s in found.segments
    ]
    assert told == [
        ("Mon 09:00", "Mon 09:30", 30, 0, "running", "desk", None),
        ("Mon 09:30", "Mon 12:00", 150, 0, "running", "supplier", None),
        ("Mon 12:00", "Tue 09:30", 450, 840, "paused", "requester", "no_access"),
        ("Tue 09:30", "Tue 15:00", 330, 0, "running", "supplier", None),
        ("Tue 15:00", "Tue 16:00", 60, 0, "running", "desk", None),
        ("Tue 16:00", "Wed 08:30", 150, 840, "stopped", "desk", None),
        ("Wed 08:30", "Wed 10:30", 120, 0, "running", "desk", None),
    ]
    assert all(a.end == b.start for a, b in pairwise(found.segments))
    assert found.attribution == {"desk": 210, "requester": 0, "supplier": 480}
    assert sum(found.attribution.values()) == found.elapsed_minutes
