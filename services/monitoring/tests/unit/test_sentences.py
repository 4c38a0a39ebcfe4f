"""Clocks in words."""

from __future__ import annotations

import pytest
from monitoring.domain.clocks import compute
from monitoring.domain.facts import Fact
from monitoring.domain.levels import Level
from monitoring.domain.sentences import DUTCH, ENGLISH, sentences
from servicekit.worktime import Term

from ..samples import AMSTERDAM, CALENDAR, RECEIVED, at, fact  # noqa: TID252  samples of this service alone

WAITING, RESUMED = fact(2, "waiting", "Mon 10:00"), fact(3, "resumed", "Mon 12:00")
EIGHT_HOURS = Term(480, "working_minutes")


@pytest.mark.parametrize(
    ("term", "facts", "now", "english", "dutch"),
    [
        pytest.param(
            EIGHT_HOURS,
            [RECEIVED, WAITING, RESUMED],
            "Mon 13:00",
            "due Tue 09:00: 8 working hours from Mon 09:00, paused 2 h waiting for you",
            "uiterlijk di 09:00: 8 werkuren vanaf ma 09:00, 2 h stilgestaan in afwachting van uw antwoord",
            id="running after a pause",
        ),
        pytest.param(
            EIGHT_HOURS,
            [RECEIVED, WAITING],
            "Mon 10:20",
            "stands still waiting for you: 7 working hours left of 8 working hours from Mon 09:00"
            ", paused 20 min waiting for you",
            "staat stil in afwachting van uw antwoord: nog 7 werkuren van 8 werkuren vanaf ma 09:00"
            ", 20 min stilgestaan in afwachting van uw antwoord",
            id="paused",
        ),
        pytest.param(
            Term(90, "minutes"),
            [RECEIVED, fact(2, "ready", "Mon 10:00")],
            "Tue 10:20",
            "done in time, Mon 10:00; it was due Mon 10:30: 1:30 hours from Mon 09:00",
            "op tijd klaar, ma 10:00; de streeftijd was ma 10:30: 1:30 uur vanaf ma 09:00",
            id="met",
        ),
        pytest.param(
            Term(15, "minutes"),
            [RECEIVED],
            "Mon 10:00",
            "late since Mon 09:15: 15 minutes from Mon 09:00",
            "te laat sinds ma 09:15: 15 minuten vanaf ma 09:00",
            id="late",
        ),
        pytest.param(
            Term(15, "minutes"),
            [RECEIVED, fact(2, "ready", "Mon 10:00")],
            "Mon 11:00",
            "done late, Mon 10:00; it was due Mon 09:15: 15 minutes from Mon 09:00",
            "te laat klaar, ma 10:00; de streeftijd was ma 09:15: 15 minuten vanaf ma 09:00",
            id="done late",
        ),
        pytest.param(
            EIGHT_HOURS,
            [RECEIVED, fact(2, "closed", "Mon 10:00", resolution="withdrawn")],
            "Mon 11:00",
            "stopped, Mon 10:00: nobody waits for it any more",
            "gestopt, ma 10:00: niemand wacht er nog op",
            id="withdrawn",
        ),
        pytest.param(
            Term(1, "working_days"),
            [RECEIVED],
            "Mon 11:00",
            "due Tue 17:30: 1 working day from Mon 09:00",
            "uiterlijk di 17:30: 1 werkdag vanaf ma 09:00",
            id="one working day",
        ),
        pytest.param(
            Term(21, "calendar_days"),
            [RECEIVED],
            "Mon 11:00",
            "due Mon 23 Mar 23:59: 21 days from Mon 09:00",
            "uiterlijk ma 23 mrt 23:59: 21 dagen vanaf ma 09:00",
            id="a date when it is more than six days away",
        ),
        pytest.param(
            Term(365, "calendar_days"),
            [RECEIVED],
            "Mon 11:00",
            "due Tue 2 Mar 2027 23:59: 365 days from Mon 09:00",
            "uiterlijk di 2 mrt 2027 23:59: 365 dagen vanaf ma 09:00",
            id="and the year when it is another",
        ),
    ],
)
def test_a_clock_in_one_sentence(term: Term, facts: list[Fact], now: str, english: str, dutch: str) -> None:
    (clock,) = compute(facts, Level(resolve=term), CALENDAR, at(now))
    assert sentences(clock, AMSTERDAM, at(now)) == {"en": english, "nl": dutch}


def test_pauses_for_several_reasons_are_told_apart_and_an_unknown_one_still_reads() -> None:
    facts = [
        RECEIVED,
        WAITING,
        RESUMED,
        fact(4, "waiting", "Mon 13:00", reason="no_access"),
        fact(5, "waiting", "Mon 13:30", reason="something_new"),
        fact(6, "resumed", "Mon 15:00"),
    ]
    (clock,) = compute(facts, Level(resolve=EIGHT_HOURS), CALENDAR, at("Mon 16:00"))
    assert sentences(clock, AMSTERDAM, at("Mon 16:00"))["en"].endswith(
        ", paused 2 h waiting for you, paused 30 min because we could not get in"
        ", paused 1:30 h waiting for you"
    )


def test_both_languages_have_the_same_words() -> None:
    for part in ("states", "reasons", "units", "hours"):
        assert getattr(DUTCH, part).keys() == getattr(ENGLISH, part).keys()
