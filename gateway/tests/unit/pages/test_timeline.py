"""The timeline in words of the reader."""

from __future__ import annotations

import pytest
from gateway.pages import timeline
from gateway.pages.words import words


@pytest.mark.parametrize(("language", "word"), [("en", "Restore"), ("nl", "Herstellen")])
def test_a_deadline_that_passed_names_its_clock_in_the_language_of_the_reader(
    language: str, word: str
) -> None:
    entry = {"at": "2026-11-26T09:00:00Z", "type": "deadline_breached", "data": {"clock": "restore"}}
    (line,) = timeline.lines([entry], words(language))
    assert line.of == word


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("No answer within 5 seconds.", "Geen antwoord binnen 5 seconden."),
        (
            "The supplier does not agree: al 100% onderweg",
            "De leverancier gaat niet akkoord: al 100% onderweg",
        ),
        ("vonk-val has never been started here.", "De leverancier is niet verbonden."),
        ("KeyError: 'monteur'", "KeyError: 'monteur'"),
    ],
)
def test_why_an_order_did_not_arrive_is_said_in_the_readers_language(error: str, said: str) -> None:
    change = {"action": "delivery_failed", "number": "SD-1-1", "delivery": {"error": error}}
    entry = {"type": "order_changed", "at": "2026-11-23T09:00:00Z", "data": change}
    assert timeline.lines([entry], words("nl"))[0].text == said
