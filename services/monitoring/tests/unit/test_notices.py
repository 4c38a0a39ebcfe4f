"""What is told, when, and that it is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from monitoring.domain.clocks import compute
from monitoring.domain.facts import Fact
from monitoring.domain.levels import Level
from monitoring.domain.notices import Notice, Told, due_notice, next_look
from servicekit.worktime import Term

from ..samples import CALENDAR, RECEIVED, at, fact, shown  # noqa: TID252  samples of this service alone

LEVEL = Level(resolve=Term(120, "working_minutes"))  # due Mon 11:00, warns at 10:30
WARNED = Told(warning_at=at("Mon 10:30"))
BROKEN = Told(at("Mon 10:30"), at("Mon 11:01"))
READY = fact(2, "ready", "Mon 10:45")
READY_LATE = fact(2, "ready", "Mon 11:05")
PAUSED = fact(2, "waiting", "Mon 10:45")
PAUSED_EARLY = fact(2, "waiting", "Mon 10:00")
PAUSED_LATE = fact(2, "waiting", "Mon 11:05")


@pytest.mark.parametrize(
    ("more", "told", "now", "event", "next_at"),
    [
        pytest.param([], Told(), "Mon 10:29", None, "Mon 10:30", id="before the warning"),
        pytest.param([], Told(), "Mon 10:30", "deadline_warning", "Mon 10:30", id="time for the warning"),
        pytest.param([], WARNED, "Mon 10:40", None, "Mon 11:01", id="warned; the breach comes next"),
        pytest.param([], WARNED, "Mon 11:00", None, "Mon 11:01", id="in the last minute"),
        pytest.param([], WARNED, "Mon 11:01", "deadline_breached", "Mon 11:01", id="time for the breach"),
        pytest.param([], Told(), "Mon 11:30", "deadline_breached", "Mon 11:01", id="too late to warn"),
        pytest.param([], BROKEN, "Mon 11:30", None, None, id="everything was told"),
        pytest.param([READY], Told(), "Mon 11:30", None, None, id="done before: nobody is warned any more"),
        pytest.param(
            [READY_LATE], WARNED, "Mon 11:30", "deadline_breached", "Mon 11:01", id="done, but too late"
        ),
        pytest.param([PAUSED], Told(), "Mon 10:50", None, None, id="paused after the moment of the warning"),
        pytest.param([PAUSED_EARLY], Told(), "Mon 10:50", None, None, id="paused before it"),
        pytest.param(
            [PAUSED_LATE], WARNED, "Mon 11:30", "deadline_breached", "Mon 11:01", id="paused too late"
        ),
    ],
)
def test_what_is_told_and_when_to_look_again(
    more: list[Fact], told: Told, now: str, event: str | None, next_at: str | None
) -> None:
    (clock,) = compute([RECEIVED, *more], LEVEL, CALENDAR, at(now))
    notice = due_notice(clock, told, at(now))
    expected = at(now) if event == "deadline_warning" else clock.breached_at
    assert notice == (Notice(event, clock, expected) if event and expected else None)
    assert shown(next_look([(clock, told)])) == next_at


def test_a_breach_is_dated_to_the_minute_it_happened_not_to_when_it_was_seen() -> None:
    (clock,) = compute([RECEIVED], LEVEL, CALENDAR, at("Tue 09:00"))
    notice = due_notice(clock, Told(), at("Tue 09:00"))
    assert notice is not None
    assert shown(notice.at) == "Mon 11:01"


def test_the_first_of_all_clocks_decides_when_to_look() -> None:
    level = Level(respond=Term(60, "minutes"), resolve=Term(120, "minutes"))
    clocks = compute([RECEIVED], level, CALENDAR, at("Mon 09:00"))
    assert shown(next_look([(clock, Told()) for clock in clocks])) == "Mon 09:45"
    assert next_look([]) is None


def test_looking_when_it_says_finds_something_to_tell() -> None:
    """Or the sweep would come back for ever, or too late."""
    now, told = at("Mon 09:00"), Told()
    events = []
    while True:
        (clock,) = compute([RECEIVED], LEVEL, CALENDAR, now)
        look = next_look([(clock, told)])
        if look is None:
            break
        now = max(now, look)
        (clock,) = compute([RECEIVED], LEVEL, CALENDAR, now)
        notice = due_notice(clock, told, now)
        assert notice is not None
        events.append((notice.event, shown(now)))
        told = Told(told.warning_at or now, now if notice.event == "deadline_breached" else None)
        now += timedelta(seconds=1)
    assert events == [("deadline_warning", "Mon 10:30"), ("deadline_breached", "Mon 11:01")]
