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
