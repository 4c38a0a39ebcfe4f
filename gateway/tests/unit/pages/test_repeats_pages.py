"""What keeps coming back, on the pages of whoever may make a product of it."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid

from .conftest import Browser

REPEAT_ID = "01926f3a-5c00-7a01-9d3e-3f1c5a7b9e01"
DRAFT_ID = "01926f00-3000-7a04-8d33-7e8f9a0b1e01"
AT = "2026-11-20T09:00:00Z"
REPEAT: dict[str, Any] = {
    "repeat_id": REPEAT_ID,
    "version": 3,
    "state": "open",
    "words": ["bakfiets", "lenen"],
    "count": 4,
    "first_at": AT,
    "last_at": AT,
    "ended": {"solved": 3, "open": 1},
    "median_minutes": 95,
    "estimates": {"cents": 85000, "of": 2},
    "suggestion": "product",
    "product": None,
    "decided_at": None,
    "decided_by": None,
    "reason": None,
    "product_id": None,
    "published": False,
    "since": None,
}
REQUEST = {
    "request_id": "01926f3a-5c00-7a01-9d3e-3f1c5a7b9d01",
    "reference": "SD-26-000123",
    "summary": "Wij willen de <bakfiets> lenen",
    "state": "closed",
    "resolution": "solved",
    "received_at": AT,
}
DECIDED = {"decided_at": AT, "decided_by": {"kind": "person", "name": "Lars"}}
PROPOSED = {
    **REPEAT,
    **DECIDED,
    "state": "proposed",
    "product_id": DRAFT_ID,
    "since": {"standard": 7, "other": 2},
}


def whole(repeat: dict[str, Any]) -> dict[str, Any]:
    return {**repeat, "requests": [REQUEST], "proposal": {}}


@pytest.fixture
def known(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.list_repeats": {"items": [REPEAT], "next_cursor": None},
        "intake.get_repeat": whole(REPEAT),
    }
    return transport


@pytest.fixture
def lars(browser: Callable[..., Browser], known: FakeTransport) -> Browser:
    return browser("product_owner")


def test_the_list_says_how_often_what_it_cost_and_what_would_help(lars: Browser) -> None:
    page = unescape(lars.get("/manage/repeats").text)
    for said in ("bakfiets, lenen", "€ 850", "Maak er een product van"):
        assert said in page.replace("\N{NO-BREAK SPACE}", " ")


def test_a_product_is_proposed_at_the_version_that_was_looked_at(lars: Browser, known: FakeTransport) -> None:
    known.answers["intake.propose_repeat"] = whole(PROPOSED)
    assert "<bakfiets>" not in lars.get(f"/manage/repeats/{REPEAT_ID}").text
    answer = lars.post(f"/manage/repeats/{REPEAT_ID}/propose", {"version": "3"})
    assert answer.headers["Location"] == f"/manage/repeats/{REPEAT_ID}"
    assert known.asked("intake.propose_repeat") == {"repeat_id": REPEAT_ID, "version": 3}


def test_what_was_proposed_leads_to_its_draft_and_shows_what_came_of_it(
    lars: Browser, known: FakeTransport
) -> None:
    known.answers["intake.get_repeat"] = whole(PROPOSED)
    page = lars.get(f"/manage/repeats/{REPEAT_ID}").text
    assert f"/manage/products/{DRAFT_ID}/draft" in page
    known.answers["intake.get_repeat"] = whole({**PROPOSED, "published": True})
    assert f'/manage/products/{DRAFT_ID}"' in lars.get(f"/manage/repeats/{REPEAT_ID}").text


def test_without_a_reason_nothing_is_set_aside_and_what_was_typed_stays(
    lars: Browser, known: FakeTransport
) -> None:
    lars.get(f"/manage/repeats/{REPEAT_ID}")
    assert lars.post(f"/manage/repeats/{REPEAT_ID}/set-aside", {"version": "3"}).status_code == 422
    known.answers["intake.set_repeat_aside"] = Invalid("invalid", "No.", {"reason": ["No."]})
    answer = lars.post(f"/manage/repeats/{REPEAT_ID}/set-aside", {"version": "3", "reason": "Van de buren"})
    assert "Van de buren" in answer.text


def test_who_comes_second_is_told(lars: Browser, known: FakeTransport) -> None:
    lars.get(f"/manage/repeats/{REPEAT_ID}")
    known.answers["intake.take_repeat_back"] = Conflict("not_allowed", "Nothing has been decided yet.")
    assert lars.post(f"/manage/repeats/{REPEAT_ID}/take-back", {"version": "3"}).status_code == 409


def test_an_agent_looks_and_decides_nothing(browser: Callable[..., Browser], known: FakeTransport) -> None:
    page = browser("agent").get(f"/manage/repeats/{REPEAT_ID}").text
    assert "bakfiets" in page
    assert "/propose" not in page
