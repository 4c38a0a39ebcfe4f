"""A complaint whose customer can't be reached, on the pages of the desk, the manager and the customer."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict

from .conftest import Browser
from .test_kwis import AN_ID, COMPLAINT, OTHER, complained, dossier  # noqa: F401

TRIED = [{"way": "phone", "at": "2026-11-23T09:00:00Z", "by": "Amira", "note": "Voicemail"}]
REMEDIED = {**COMPLAINT, "stage": "remedied", "remedy": "Morgen alsnog.", "attempts": TRIED,
            "unheard_from": "2026-12-07T09:00:00Z"}  # fmt: skip
PATH = f"/desk/requests/{AN_ID}/complaint"


@pytest.fixture
def remedied(complained: FakeTransport) -> FakeTransport:  # noqa: F811
    complained.answers["intake.get_request"] = dossier(state="ready", complaint=REMEDIED)
    return complained


def test_an_agent_notes_an_attempt_and_is_not_offered_to_close_it(
    browser: Callable[..., Browser], remedied: FakeTransport
) -> None:
    remedied.answers["intake.note_attempt"] = {"version": 5}
    amira = browser("agent")
    page = amira.get(f"/desk/requests/{AN_ID}").text
    assert "Voicemail" in page
    assert f'action="{PATH}/close"' not in page
    form = {"version": "4", "way": "letter", "tried_at": "2026-11-23T10:15", "note": "Brief"}
    assert amira.post(f"{PATH}/attempt", form).status_code == 303
    sent = remedied.asked("intake.note_attempt")
    assert (sent["way"], sent["tried_at"].isoformat()) == ("letter", "2026-11-23T10:15:00+01:00")


def test_a_manager_closes_it_with_a_reason_and_too_early_is_said_in_dutch(
    browser: Callable[..., Browser], remedied: FakeTransport
) -> None:
    remedied.answers["intake.close_unheard"] = Conflict("too_early", "It is too early.")
    karin = browser("manager")
    assert f'action="{PATH}/close"' in karin.get(f"/desk/requests/{AN_ID}").text
    answer = karin.post(f"{PATH}/close", {"version": "4", "reason": "Verhuisd"})
    assert answer.status_code == 409
    assert "Het is te vroeg" in answer.text
    assert "Verhuisd</textarea>" in answer.text
    assert remedied.asked("intake.close_unheard")["reason"] == "Verhuisd"


def test_the_customer_reads_that_it_was_closed_and_why(
    browser: Callable[..., Browser],
    complained: FakeTransport,  # noqa: F811
) -> None:
    unheard: dict[str, Any] = {"by": "Karin", "at": "2026-11-23T09:00:00Z", "reason": "Twee keer gebeld."}
    complaint = {**COMPLAINT, "stage": "unheard", "unheard": unheard}
    closed = {"state": "closed", "resolution": "solved", "closed_at": "2026-11-23T09:00:00Z"}
    complained.answers["intake.get_request"] = dossier(**closed, complaint=complaint)
    page = unescape(browser("requester", person_id=OTHER).get(f"/requests/{AN_ID}").text)
    assert "We konden u niet bereiken; daarom hebben we uw klacht gesloten." in page
    assert "Twee keer gebeld." in page


def test_a_manager_sees_how_many_are_theirs_to_close(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers["intake.get_complaint_figures"] = {
        "received": 9, "settled": 4, "unheard": 1, "to_close": 3, "providers": [], "products": [],
        "causes": [], "acknowledged_in_time": {"count": 8, "of": 9},
    }  # fmt: skip
    page = browser("manager").get("/manage/complaints").text
    assert 'href="/manage/requests?kind=complaint&amp;state=ready&amp;attention=true"' in page
    assert "1 zo gesloten in deze dagen" in page
