from __future__ import annotations

from datetime import timedelta

import pytest
from notifications.domain.messages import (
    MAX_ATTEMPTS,
    Suppression,
    delay_after,
    is_news,
    language_of,
    one_line,
    suppression,
)


@pytest.mark.parametrize(
    ("notify", "email", "reason"),
    [
        (True, "sanne@meerwal.example", None),
        (True, None, Suppression.NO_ADDRESS),
        (False, "sanne@meerwal.example", Suppression.NOT_WANTED),
        (False, None, Suppression.NOT_WANTED),
    ],
)
def test_who_is_not_mailed_and_why(notify: bool, email: str | None, reason: Suppression | None) -> None:
    assert suppression(notify, email) is reason


@pytest.mark.parametrize(
    ("resolution", "by", "news"),
    [
        ("answered", "person", True),
        ("rejected", "person", True),
        ("merged", "person", True),
        ("solved", "person", False),
        ("withdrawn", "person", False),
        ("solved", "service", True),
    ],
)
def test_what_a_requester_did_is_no_news_to_them(resolution: str, by: str, news: bool) -> None:
    assert is_news(resolution, by) is news


def test_delays_grow_and_end() -> None:
    delays = [delay_after(attempt, permanent=False) for attempt in range(1, MAX_ATTEMPTS)]
    assert delays[0] == timedelta(seconds=2)
    assert delays == sorted(delays)  # type: ignore[type-var]
    assert delay_after(MAX_ATTEMPTS, permanent=False) is None


def test_a_permanent_error_is_not_tried_again() -> None:
    assert delay_after(1, permanent=True) is None


@pytest.mark.parametrize(("wanted", "used"), [("nl", "nl"), ("en", "en"), ("fr", "nl"), (None, "nl")])
def test_the_desk_writes_dutch_and_english(wanted: str | None, used: str) -> None:
    assert language_of(wanted) == used


def test_a_header_is_one_line() -> None:
    assert one_line("a\r\nBcc: everybody@example.org\n b") == "a Bcc: everybody@example.org b"
