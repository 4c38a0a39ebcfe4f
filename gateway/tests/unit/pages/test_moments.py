"""Moments as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from gateway.pages.moments import Moments
from gateway.pages.words import words

MOMENTS = Moments(datetime(2026, 11, 26, 9, 0, tzinfo=UTC), "Europe/Amsterdam", words("en"))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-12-16T23:00:00Z", "2026-12-21T23:00:00Z", "Thu, Dec 17 – Mon, Dec 21"),
        ("2026-12-16T23:00:00Z", "2026-12-17T23:00:00Z", "Thu, Dec 17"),
        ("2026-12-17T08:00:00Z", "2026-12-17T11:30:00Z", "Thu, Dec 17 09:00 – Thu, Dec 17 12:30"),
        ("2026-12-17T00:00:00Z", "2026-12-18T00:00:00Z", "Thu, Dec 17 01:00 – Fri, Dec 18 01:00"),
        (
            "2026-10-24T22:00:00Z",
            "2026-10-25T23:00:00Z",
            "Sun, Oct 25",
        ),  # the night in which the clock goes back
        (None, "2026-12-17T23:00:00Z", ""),
    ],
)
def test_of_whole_days_the_first_and_the_last_are_said_and_no_hours(
    start: str | None, end: str, said: str
) -> None:
    assert MOMENTS.span(start, end) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-26T13:00:00Z", "2026-11-26T15:00:00Z", "14:00 – 16:00"),
        ("2026-11-27T13:00:00Z", "2026-11-27T15:00:00Z", "tomorrow 14:00 – 16:00"),
        ("2026-12-29T09:00:00Z", "2026-12-29T11:00:00Z", "Tue, Dec 29 10:00 – 12:00"),
        ("2026-12-29T09:00:00Z", None, "Tue, Dec 29 10:00"),
        ("2026-12-29T09:00:00Z", "2026-12-30T11:00:00Z", "Tue, Dec 29 10:00 – Wed, Dec 30 12:00"),
        (None, None, ""),
    ],
)
def test_when_somebody_comes_is_said_with_its_hours_however_far_away(
    start: str | None, end: str | None, said: str
) -> None:
    assert MOMENTS.window(start, end) == said
