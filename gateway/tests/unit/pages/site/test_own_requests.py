"""The service site: following one's own requests, and the norms."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, NotFound

from ..site_samples import (  # noqa: TID252  samples of these tests alone
    PRODUCT,
    REQUEST_ID,
    SANNE,
    Browsers,
    order,
    page,
    request,
    speaking_english,
)


def shown_request(services: FakeTransport, browser: Browsers, **changes: Any) -> str:
    services.answers["intake.get_request"] = request(**changes)
    return speaking_english(browser("requester", **SANNE)).get(f"/requests/{REQUEST_ID}").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "triage"}, "The service desk is looking at it."),
        ({"orders": []}, "We are giving it to who will do it."),
        ({"orders": [order("issued")]}, "Vonk &amp; Val has been asked to do the work."),
        ({"orders": [order("in_progress")]}, "Vonk &amp; Val is working on it."),
        (
            {"orders": [order("scheduled", "2126-11-28T09:00:00Z", "2126-11-28T11:00:00Z")]},
            "Vonk &amp; Val comes Thursday 28 November 2126 between 10:00 and 12:00.",
        ),
        (
            {"orders": [order("scheduled", "2026-11-20T09:00:00Z") | {"nobody_came": True}]},
            "It seems that nobody came. We are sorry.",
        ),
        ({"orders": [order("refused")]}, "We are giving it to who will do it."),
        ({"state": "ready", "closes_at": "2126-12-02T16:30:00Z"}, "It is done. Is it solved for you?"),
        ({"state": "closed", "resolution": "answered", "answer": {"text": "Turn it on."}}, "Turn it on."),
        (
            {"waiting": {"counterparty": "requester", "question": "Which room?", "reason": "x"}},
            "Which room?",
        ),
    ],
)
def test_what_happens_now_is_said_in_a_sentence(
    services: FakeTransport, browser: Browsers, changes: dict[str, Any], sentence: str
) -> None:
    assert sentence in shown_request(services, browser, **changes)


def test_what_one_answered_is_shown_beside_what_was_asked(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.get_request"] = request(answers={"problem": "cold"}, product={**PRODUCT})
    shown = speaking_english(browser("requester", **SANNE)).get(f"/requests/{REQUEST_ID}").text
    assert "<dt>What do you notice?</dt>" in shown
    assert ">Cold</dd>" in shown


def test_a_promise_that_was_not_kept_is_owned_up_to(services: FakeTransport, browser: Browsers) -> None:
    late = {"respond_by": "2026-01-05T10:00:00Z", "resolve_by": "2026-01-06T10:00:00Z"}
    assert "We are sorry: we are late." in shown_request(services, browser, promise=late)
    asked = {"counterparty": "requester", "question": "Which room?", "reason": "x"}
    assert "We are sorry" not in shown_request(services, browser, promise=late, waiting=asked)
    money = {"counterparty": "requester", "question": None, "reason": "awaiting_approval"}
    assert "We are sorry" not in shown_request(
        services, browser, promise=late, waiting=money, state="awaiting_approval"
    )


@pytest.mark.parametrize(
    ("state", "resolution", "offered"),
    [
        ("triage", None, {"reply", "withdraw"}),
        ("in_progress", None, {"reply", "withdraw"}),
        ("ready", None, {"reply", "confirm", "reopen"}),
        ("closed", "solved", {"reopen"}),
        ("closed", "rejected", set()),
        ("closed", "withdrawn", set()),
    ],
)
def test_one_is_offered_what_can_be_done_now(
    services: FakeTransport, browser: Browsers, state: str, resolution: str | None, offered: set[str]
) -> None:
    shown = shown_request(
        services, browser, state=state, resolution=resolution, closes_at="2126-12-02T16:30:00Z"
    )
    actions = {"reply", "confirm", "reopen", "withdraw"}
    assert {name for name in actions if f'action="/requests/{REQUEST_ID}/{name}"' in shown} == offered


@pytest.mark.parametrize(
    ("action", "fields", "target", "arguments"),
    [
        ("reply", {"text": "Room 3.12"}, "intake.reply_to_desk", {"text": "Room 3.12"}),
        ("confirm", {"version": "7"}, "intake.confirm_request", {"version": 7}),
        (
            "reopen",
            {"version": "7", "reason": "Cold"},
            "intake.reopen_request",
            {"version": 7, "reason": "Cold"},
        ),
        (
            "withdraw",
            {"version": "7", "reason": "x"},
            "intake.withdraw_request",
            {"version": 7, "reason": "x"},
        ),
    ],
)
def test_ones_word_goes_to_the_desk(
    services: FakeTransport,
    browser: Browsers,
    action: str,
    fields: dict[str, str],
    target: str,
    arguments: dict[str, Any],
) -> None:
    services.answers[target] = request()
    visitor = browser("requester", **SANNE)
    visitor.get(f"/requests/{REQUEST_ID}")
    assert visitor.post(f"/requests/{REQUEST_ID}/{action}", fields).status_code == 303
    assert services.asked(target) == {"request_id": REQUEST_ID, **arguments}


def test_what_was_closed_too_long_ago_is_explained_and_the_words_are_kept(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["intake.get_request"] = request(state="closed", resolution="solved")
    services.answers["intake.reopen_request"] = Conflict("too_late", "It was closed too long ago.")
    visitor = browser("requester", **SANNE)
    visitor.get(f"/requests/{REQUEST_ID}")
    shown = visitor.post(f"/requests/{REQUEST_ID}/reopen", {"version": "7", "reason": "It leaks again"})
    assert shown.status_code == 409
    assert "It leaks again" in shown.text


def test_anothers_request_is_not_there(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.get_request"] = NotFound("no_such_request")
    visitor = browser("requester", **SANNE)
    assert visitor.get(f"/requests/{REQUEST_ID}").status_code == 404
    assert visitor.post(f"/requests/{REQUEST_ID}/confirm", {"version": "7"}).status_code in (403, 404)


def test_internal_lines_are_not_told_even_to_staff_who_follow_their_own(
    services: FakeTransport, browser: Browsers
) -> None:
    note = {
        "at": "2026-11-25T10:00:00Z",
        "type": "note",
        "by": None,
        "data": {"text": "SECRET"},
        "public": False,
    }
    services.answers["intake.get_request"] = request(timeline=[note])
    assert "SECRET" not in browser("agent", **SANNE).get(f"/requests/{REQUEST_ID}").text


def test_norms_are_read_by_anybody_in_plain_words(services: FakeTransport, browser: Browsers) -> None:
    hours = {day: [["07:30", "17:30"]] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    level = {
        "kind": None,
        "priority": "P3",
        "respond": {"amount": 240, "unit": "working_minutes"},
        "restore": {"amount": 1200, "unit": "working_minutes"},
        "resolve": {"amount": 3000, "unit": "working_minutes"},
    }
    services.answers["monitoring.list_norms"] = page(level, {**level, "priority": None, "kind": "wish"}) | {
        "opening_hours": hours,
        "kept": [
            {"priority": "P3", "clock": "resolve", "met": 47, "late": 3},
            {"priority": "P1", "clock": "resolve", "met": 1, "late": 0},
            {"priority": "P3", "clock": "restore", "met": 0, "late": 0},
        ],
        "kept_days": 90,
    }
    shown = speaking_english(browser()).get("/norms").text
    for words in ("within 4 working hours", "within 2 working days", "within 5 working days"):
        assert words in shown
    assert "Monday to Friday" in shown
    assert "07:30 to 17:30" in shown
    assert "94%" in shown
    assert "of 50 in time" in shown
    assert "100%" not in shown, "of a priority that is not published nothing is said"
