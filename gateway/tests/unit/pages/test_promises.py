"""What an agent promises anew, and what requester and desk see of promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from gateway.testing import FakeTransport

from .conftest import Browser

AN_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"


def test_a_moment_on_the_organisations_clock_is_promised(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers["intake.make_promise"] = {"version": 5}
    amira = browser("agent")
    amira.get("/desk/new")
    form = {"version": "4", "what": "word", "until": "2026-11-27T13:00", "text": "Vrijdag meer"}
    answer = amira.post(f"/desk/requests/{AN_ID}/promise", form)

    assert answer.status_code == 303
    assert transport.asked("intake.make_promise") == {
        "request_id": AN_ID, "version": 4, "what": "word", "text": "Vrijdag meer",
        "until": datetime(2026, 11, 27, 12, tzinfo=UTC),
    }  # fmt: skip
