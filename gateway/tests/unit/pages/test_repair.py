"""The repair list as a page: causes, what they mean, and acting on one, some or all with a word on each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.api.schemas import failures as shapes
from gateway.clients import SERVICES
from gateway.pages import failure_words
from gateway.testing import FakeTransport

from .conftest import Browser

CAUSE = "delivery:vonk-val:away"
ONE, TWO = "01926f00-6000-7a01-8e44-8f9a0b1c2d01", "01926f00-6000-7a01-8e44-8f9a0b1c2d02"
REQUEST_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"


def item(failure_id: str = ONE, **changed: Any) -> dict[str, Any]:
    return {
        "failure_id": failure_id,
        "kind": "delivery",
        "cause": CAUSE,
        "type": "vonk-val",
        "reason_type": "away",
        "reason": "Nobody listens for supplier_vonk_val.",
        "state": "open",
        "replayable": True,
        "attempts": 5,
        "times": 2,
        "failed_at": "2026-11-25T09:00:00Z",
        "decided_at": None,
        "decided_by": None,
        "note": None,
        "subject": {
            "label": "SD-26-000123-1",
            "request_id": REQUEST_ID,
            "reference": "SD-26-000123",
            "provider": {"slug": "vonk-val", "name": "Vonk & Val"},
            "errand": "order",
        },
        **changed,
    }


GROUP = {
    **{name: item()[name] for name in ("cause", "kind", "type", "reason_type", "reason")},
    "count": 730,
    "replayable": 730,
    "first_at": "2026-11-25T08:00:00Z",
    "last_at": "2026-11-25T09:00:00Z",
    "up_to": 981,
}
OUTCOMES = {
    "items": [{"failure_id": ONE, "label": "SD-26-000123-1", "outcome": "refused", "detail": "Closed."}],
    "counts": {"replayed": 499, "refused": 1},
    "remaining": 230,
    "up_to": 981,
}


@pytest.fixture
def played(transport: FakeTransport) -> FakeTransport:
    for service in SERVICES:
        transport.answers[f"{service}.count_failures"] = {"items": []}
    transport.answers |= {
        "dispatch.count_failures": {"items": [GROUP]},
        "dispatch.list_failures": {"items": [item(), item(TWO, reason="Other.")], "next_cursor": "more"},
        "dispatch.preview_failures": {
            "count": 730, "replayable": 729, "at_once": 500, "up_to": 981,
            "items": [item(), item(TWO, replayable=False)],
        },
        "dispatch.replay_failures": OUTCOMES,
        "dispatch.set_aside_failures": {**OUTCOMES, "counts": {"set_aside": 500}},
        "dispatch.get_failure": {
            **item(), "correlation_id": "abc", "body": {"text": "(hidden) <i>"},
            "history": [{"state": "set_aside", "by": "Karin", "note": "x", "at": "2026-11-25T09:00:00Z"}],
        },
    }  # fmt: skip
    return transport


@pytest.fixture
def karin(browser: Callable[..., Browser]) -> Browser:
    return browser("manager", language="en")


def test_causes_are_counted_and_say_what_they_mean(played: FakeTransport, karin: Browser) -> None:
    page = karin.get("/desk/repair")

    assert ">730<" in page.text
    assert "The supplier is not connected" in page.text
    assert f"/desk/repair/dispatch?cause={CAUSE.replace(':', '%3A')}" in page.text
    assert "does not answer" not in page.text


def test_an_empty_list_is_good_news(played: FakeTransport, karin: Browser) -> None:
    played.answers["dispatch.count_failures"] = {"items": []}
    assert "Have a coffee." in karin.get("/desk/repair").text


def test_a_service_that_is_away_is_named_and_no_good_news_is_told(
    played: FakeTransport, karin: Browser
) -> None:
    played.answers["dispatch.count_failures"] = {"items": []}
    del played.answers["monitoring.count_failures"]
    page = karin.get("/desk/repair")

    assert "missing for now: Deadlines" in page.text
    assert "coffee" not in page.text


def test_a_cause_shows_its_items_with_links_to_their_dossiers(played: FakeTransport, karin: Browser) -> None:
    page = karin.get(f"/desk/repair/dispatch?cause={CAUSE}")

    assert f'href="/desk/requests/{REQUEST_ID}"' in page.text
    assert "Telephone the supplier." in page.text
    assert "5 attempts" in page.text
    assert page.text.count('type="checkbox"') == 2
    assert "cursor=more" in page.text
    assert played.asked("dispatch.list_failures") == {"cause": CAUSE, "limit": 50}


def test_who_may_only_look_gets_no_buttons(played: FakeTransport, browser: Callable[..., Browser]) -> None:
    page = browser("agent", language="en").get(f"/desk/repair/dispatch?cause={CAUSE}")

    assert "checkbox" not in page.text
    assert "a manager or operator decides" in page.text


def test_the_chosen_are_tried_again_and_each_gets_a_word(played: FakeTransport, karin: Browser) -> None:
    karin.get(f"/desk/repair/dispatch?cause={CAUSE}")
    page = karin.post("/desk/repair/dispatch", {"act": "replay", "failure_id": ONE, "cause": CAUSE})

    assert page.status_code == 200
    assert played.asked("dispatch.replay_failures") == {"failure_ids": [ONE]}
    assert "Not possible" in page.text
    assert "Closed." in page.text
    assert "Go on with the next" not in page.text  # one's own choice has no next


def test_nothing_is_chosen_is_said_on_the_same_page(played: FakeTransport, karin: Browser) -> None:
    karin.get(f"/desk/repair/dispatch?cause={CAUSE}")
    page = karin.post("/desk/repair/dispatch", {"act": "replay", "cause": CAUSE})

    assert page.status_code == 422
    assert "Tick at least one first." in page.text


def test_setting_aside_needs_a_reason_and_keeps_the_choice(played: FakeTransport, karin: Browser) -> None:
    karin.get(f"/desk/repair/dispatch?cause={CAUSE}")
    page = karin.post("/desk/repair/dispatch", {"act": "set-aside", "failure_id": TWO, "cause": CAUSE})

    assert page.status_code == 422
    assert f'value="{TWO}" checked' in page.text
    assert not any(name == "dispatch.set_aside_failures" for name, _ in played.calls)

    karin.post(
        "/desk/repair/dispatch",
        {"act": "set-aside", "failure_id": TWO, "cause": CAUSE, "reason": "Telephoned."},
    )
    assert played.asked("dispatch.set_aside_failures") == {"failure_ids": [TWO], "reason": "Telephoned."}


def test_all_of_a_cause_is_previewed_before_anything_is_done(played: FakeTransport, karin: Browser) -> None:
    page = karin.get(f"/desk/repair/dispatch/preview?cause={CAUSE}&act=replay")

    assert "Try all 729 again" in page.text
    assert "and 728 more" in page.text
    assert "Not by trying again" in page.text
    assert [name for name, _ in played.calls] == ["dispatch.preview_failures"]


def test_all_of_a_cause_goes_no_further_than_was_counted(played: FakeTransport, karin: Browser) -> None:
    karin.get(f"/desk/repair/dispatch/preview?cause={CAUSE}")
    page = karin.post(
        "/desk/repair/dispatch", {"act": "replay", "which": "all", "cause": CAUSE, "up_to": "981"}
    )

    assert played.asked("dispatch.replay_failures") == {"cause": CAUSE, "up_to": 981}
    assert "Go on with the next: 230 left" in page.text
    assert 'name="up_to" value="981"' in page.text


def test_going_on_ends_when_nothing_more_is_done(played: FakeTransport, karin: Browser) -> None:
    played.answers["dispatch.replay_failures"] = {**OUTCOMES, "counts": {"refused": 230}}
    karin.get(f"/desk/repair/dispatch/preview?cause={CAUSE}")
    page = karin.post(
        "/desk/repair/dispatch", {"act": "replay", "which": "all", "cause": CAUSE, "up_to": "981"}
    )
    assert "Go on with the next" not in page.text


def test_one_of_them_shows_its_content_as_text(played: FakeTransport, karin: Browser) -> None:
    page = karin.get(f"/desk/repair/dispatch/{ONE}")

    assert page.status_code == 200
    assert "<i>" not in page.text
    assert "Karin: x" in page.text


def test_a_service_that_does_not_exist_has_no_list(played: FakeTransport, karin: Browser) -> None:
    assert karin.get("/desk/repair/payroll").status_code == 404


@pytest.mark.parametrize("kind", shapes.KINDS)
def test_every_kind_has_a_name_a_meaning_and_an_advice(kind: str) -> None:
    assert kind in failure_words.KINDS
    assert failure_words.meaning(kind, "unheard of").advice


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (failure_words.STATES, shapes.STATES),
        (failure_words.OUTCOMES, shapes.OUTCOMES),
        (failure_words.SERVICES, SERVICES),
    ],
)
def test_every_word_of_the_api_has_a_word_for_people(table: Any, words: tuple[str, ...]) -> None:
    assert set(table) == set(words)
