"""The work list of those who carry out work, and what they do with an order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from gateway.accounts.members import Members
from gateway.pages.moments import Moments
from gateway.pages.own_orders import IN_ALL, SAID
from gateway.pages.words import words
from gateway.pages.work_list import sections, urgency_of
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Stale

from .conftest import Browser

PROVIDER = "01926f00-4000-7a01-8e44-8f9a0b1c2d01"
ORDER_ID = "01926f00-5000-7a01-8e44-8f9a0b1c2d01"
REQUEST_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def order(**changed: Any) -> dict[str, Any]:
    """An order as dispatch shows it to the team that has it."""
    return {
        "work_order_id": ORDER_ID,
        "request_id": REQUEST_ID,
        "number": "SD-26-000123-1",
        "reference": "SD-26-000123",
        "version": 4,
        "state": "issued",
        "open": True,
        "title": {"nl": "Lamp vervangen", "en": "Replace the lamp"},
        "summary": "De lamp knippert.",
        "priority": "P3",
        "location": {"name": "3.12", "path": "De Sluis / Verdieping 3 / 3.12"},
        "contact": {"name": "Sanne de Wit", "phone": "+31 20 000 1000"},
        "due_at": "2099-11-27T16:30:00Z",
        "planned_from": None,
        "planned_until": None,
        "issued_at": "2026-11-25T08:00:00Z",
        "created_at": "2026-11-25T08:00:00Z",
        "updated_at": None,
        "provider": {"provider_id": PROVIDER, "name": "Technische Dienst", "kind": "team"},
        "delivery": {"state": "none", "error": None},
        "actions": ["accept", "refuse"],
        "cost_cents": None,
        "pause": None,
        "reason": None,
        "remark": None,
        **changed,
    }


def listing(*orders: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """As dispatch answers a work list."""
    turn = {"number": 1, "part": "round", "why": "can_wait", "leg": None}
    return {
        "provider_id": PROVIDER,
        "whose": "team",
        "order": "urgency",
        "counts": {"mine": 1, "nobody": 2, "team": 3},
        "places": ["De Kade", "De Sluis"],
        "more": False,
        "items": [{"turn": turn, **each} for each in orders],
        **changed,
    }


def whole(**changed: Any) -> dict[str, Any]:
    return order(
        **{
            "text": "De lamp boven mijn bureau knippert.",
            "instructions": {"nl": "Neem een ladder mee.", "en": "Bring a ladder."},
            "received_at": "2026-11-25T08:00:00Z",
            "answers": {"lamps": 2, "kind": "tube"},
            "product": {"product_id": ORDER_ID, "version": 1, "name": {"nl": "Lamp", "en": "Lamp"}},
            "quantity": 1,
            "wanted": None,
            "history": [],
            **changed,
        }
    )


@pytest.fixture
def tom(browser: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Accounts lie in the database, which is not here."""
    monkeypatch.setattr(Members, "of", lambda _self, _provider_id: [])
    return browser("team", provider_id=PROVIDER, language="en")


def at(**changed: Any) -> str:
    return urgency_of(order(**changed), Moments(NOW, "Europe/Amsterdam", words("en"))).name


def test_what_is_past_its_moment_is_late_and_what_is_planned_today_is_of_today() -> None:
    past, soon, far = (str(NOW + timedelta(hours=hours)) for hours in (-1, 3, 100))
    assert at(due_at=past) == "late"
    assert at(due_at=past, planned_from=soon) == "late"
    assert at(due_at=soon) == "today"
    assert at(due_at=far, planned_from=soon) == "today"
    assert at(due_at=far) == "unplanned"
    assert at(due_at=far, planned_from=far) == "later"
    assert at(due_at=None) == "unplanned"


def test_what_must_stop_comes_first_and_what_is_not_ones_turn_last() -> None:
    made = [
        order(number="1", state="prepared"),
        order(number="2"),
        order(number="3", due_at="2026-11-01T08:00:00Z"),
        order(number="4", state="cancellation_requested", due_at="2026-11-01T08:00:00Z"),
    ]
    found = sections(made, Moments(NOW, "Europe/Amsterdam", words("en")), 60)
    assert [section.urgency.name for section in found] == ["stop", "late", "unplanned", "waiting"]


def test_orders_of_one_urgency_stand_together_by_building() -> None:
    kade = {"name": "K1.03", "path": "De Kade / 1 / K1.03"}
    made = [
        order(number="1"),
        order(number="2", location=kade),
        order(number="3"),
        order(number="4", location=None),
    ]
    (section,) = sections(made, Moments(NOW, "Europe/Amsterdam", words("en")), 60)
    assert {place: [each["number"] for each in orders] for place, orders in section.places.items()} == {
        "": ["4"], "De Kade": ["2"], "De Sluis": ["1", "3"],
    }  # fmt: skip


def test_a_card_says_what_where_when_and_whom_to_call(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_list"] = listing(order())
    page = tom.get("/team").text
    for shown in ("SD-26-000123-1", "Replace the lamp", "De Sluis / Verdieping 3 / 3.12", "Sanne de Wit"):
        assert shown in page
    assert 'href="tel:+31200001000"' in page
    assert f'data-live-on="provider:{PROVIDER}"' in page


def test_of_very_many_the_most_urgent_are_shown() -> None:
    made = [order(number=f"U{number}") for number in range(5)]
    made += [order(number="late", due_at="2026-11-01T08:00:00Z")]
    late, unplanned = sections(made, Moments(NOW, "Europe/Amsterdam", words("en")), 3)
    assert (late.left_out, unplanned.count, unplanned.left_out) == (0, 5, 3)
    assert [each["number"] for each in unplanned.places["De Sluis"]] == ["U0", "U1"]


def test_the_desk_sees_the_oldest_of_all_teams_too_when_there_are_more_than_one_page(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    def listed(oldest_first: bool = False, **_: Any) -> dict[str, Any]:
        number = "old" if oldest_first else "new"
        return {"items": [order(number=number, work_order_id=number)], "next_cursor": "more"}

    transport.answers["dispatch.list_work_orders"] = listed
    page = browser("agent", language="en").get("/team").text
    assert ">new<" in page
    assert ">old<" in page


def test_an_order_shows_the_answers_as_they_were_asked(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole()
    kinds = [{"value": "tube", "label": {"en": "Tube"}}]
    transport.answers["catalog.get_product"] = {
        "questions": [
            {"key": "lamps", "label": {"en": "How many lamps?"}, "choices": []},
            {"key": "kind", "label": {"en": "Which kind?"}, "choices": kinds},
        ]
    }
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    for shown in ("How many lamps?", "Which kind?", "Tube", "Bring a ladder.", "knippert"):
        assert shown in page


def test_an_order_is_shown_when_the_catalogue_is_away(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole()
    assert "tube" in tom.get(f"/team/orders/{ORDER_ID}").text


def test_only_what_dispatch_allows_is_offered(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole(actions=["start", "close", "cancel"])
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    assert f'action="/team/orders/{ORDER_ID}/start"' in page
    assert "/close" not in page
    assert "/cancel" not in page


def test_accepting_is_one_step_with_the_version_that_was_seen(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.act_on_work_order"] = order(state="accepted")
    tom.get("/style")
    answer = tom.post(f"/team/orders/{ORDER_ID}/accept", {"version": "4", "back": "list"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/team")
    assert transport.asked("dispatch.act_on_work_order") == {
        "work_order_id": ORDER_ID, "action": "accept", "version": 4,
    }  # fmt: skip


def test_completion_goes_with_note_and_cost(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.act_on_work_order"] = order(state="technically_complete")
    tom.get("/style")
    tom.post(f"/team/orders/{ORDER_ID}/complete", {"version": "4", "note": "New tube.", "cost": "1.095,50"})
    asked = transport.asked("dispatch.act_on_work_order")
    assert (asked["note"], asked["cost_cents"]) == ("New tube.", 109550)


def test_what_was_typed_stays_when_it_is_refused(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole(actions=["complete", "pause"], state="in_progress")
    tom.get("/style")
    answer = tom.post(
        f"/team/orders/{ORDER_ID}/complete", {"version": "4", "note": "New tube.", "cost": "much"}
    )
    assert answer.status_code == 422
    assert "New tube." in answer.text
    assert 'value="much"' in answer.text
    assert '<details class="act" open>' in answer.text


@pytest.mark.parametrize("refusal", [Stale("stale", "x"), Conflict("not_allowed", "x")])
def test_what_is_no_longer_possible_is_said_on_the_order_as_it_stands_now(
    refusal: Exception, tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_work_order"] = whole(state="cancelled", actions=[])
    transport.answers["dispatch.act_on_work_order"] = refusal
    tom.get("/style")
    answer = tom.post(f"/team/orders/{ORDER_ID}/accept", {"version": "3"})
    assert answer.status_code in (409, 412)
    assert 'role="alert"' in answer.text


def test_what_is_the_desks_is_not_done_from_here(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole()
    tom.get("/style")
    assert tom.post(f"/team/orders/{ORDER_ID}/close", {"version": "4"}).status_code == 422
    assert not [call for call in transport.calls if call[0] == "dispatch.act_on_work_order"]


def test_every_step_says_that_it_was_done() -> None:
    assert set(SAID) == set(IN_ALL)
