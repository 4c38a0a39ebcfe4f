"""Confidential requests on the pages: saying so, naming readers, and what is shown of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict

from .conftest import Browser
from .site_samples import REQUEST_ID, page, request

Browsers = Callable[..., Browser]
KARIN = {"person_id": "01926f00-3000-7a01-8e44-8f9a0b1c2d77", "name": "Karin <Post>"}
DAAN = {"person_id": "01926f00-3000-7a01-8e44-8f9a0b1c2d78", "name": "Daan Smit"}
ON_THE_BOARD: dict[str, Any] = {
    "priority": "P3", "channel": "site", "attention": None, "waiting": None, "answers": {}, "orders": [],
    "timeline": [], "requester": None, "location": None, "product": None, "imported": None, "signals": {},
    "hand_offs": 0, "corrections": [], "links": [], "kind": None,
}  # fmt: skip
PATH = f"/desk/requests/{REQUEST_ID}/confidential"


@pytest.fixture
def services(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.list_confidants": {"items": [KARIN]},
        "intake.save_confidants": {"items": [KARIN]},
        "intake.confide_request": request(),
        "intake.list_people": page(DAAN),
        "intake.get_request": {**request(), "confidential": False},
        "intake.receive_request": {"request_id": REQUEST_ID, "reference": "SD-26-000123"},
        "intake.list_locations": page(),
        "intake.get_own_person": {"name": "Sanne", "location": None},
        "intake.preview_promise": {"respond_by": None, "resolve_by": None},
        "catalog.list_articles": page(),
    }
    return transport


def test_a_report_says_that_it_is_confidential(services: FakeTransport, browser: Browsers) -> None:
    sanne = browser("requester")
    assert 'name="confidential"' in sanne.get("/report").text
    sanne.post("/report", {"text": "Ik word gepest", "confidential": "yes"})
    assert services.asked("intake.receive_request")["confidential"] is True


def test_when_nobody_reads_such_things_the_words_are_kept_and_it_is_said(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["intake.receive_request"] = Conflict("no_confidants", "Nobody.")
    sanne = browser("requester")
    sanne.get("/report")
    answer = sanne.post("/report", {"text": "Ik word gepest", "confidential": "yes"})
    assert answer.status_code == 409
    assert "Er is niemand genoemd om dit in vertrouwen te lezen" in answer.text
    assert "Ik word gepest" in answer.text


def test_the_desk_names_readers_of_the_house_and_somebody_else(
    services: FakeTransport, browser: Browsers
) -> None:
    amira = browser("agent")
    shown = amira.get(PATH).text
    assert "Karin &lt;Post&gt;" in shown
    amira.post(PATH, {"reader": KARIN["person_id"], "other": "daan", "version": "3"})
    asked = services.asked("intake.confide_request")
    assert asked["reader_ids"] == [KARIN["person_id"], DAAN["person_id"]]
    assert (asked["request_id"], asked["version"]) == (REQUEST_ID, 3)


@pytest.mark.parametrize(
    ("found", "says"), [([], "Niemand heet zo"), ([KARIN, DAAN], "Meer mensen heten zo")]
)
def test_who_is_not_one_person_is_asked_for_again(
    services: FakeTransport, browser: Browsers, found: list[dict[str, Any]], says: str
) -> None:
    services.answers["intake.list_people"] = page(*found)
    amira = browser("agent")
    amira.get(PATH)
    answer = amira.post(PATH, {"other": "de Vries", "version": "3"})
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="de Vries"' in answer.text


def test_a_reader_sees_who_else_reads_it_and_who_opened_it(
    services: FakeTransport, browser: Browsers
) -> None:
    opened = [{"name": "Joost Mulder", "at": "2026-11-25T09:00:00Z"}]
    confidence = {"readers": [KARIN], "openings": opened, "told_before": []}
    services.answers["intake.get_request"] = {**request(), "confidential": True, "confidence": confidence}
    shown = browser("manager").get(PATH).text
    assert 'checked><svg class="icon"' in shown
    services.answers["intake.get_request"] |= ON_THE_BOARD
    dossier = browser("manager").get(f"/desk/requests/{REQUEST_ID}").text
    for said in ("Karin &lt;Post&gt;", "Joost Mulder", "Vertrouwelijk"):
        assert said in dossier


def test_confidants_of_the_house_are_named_by_who_manages_it(
    services: FakeTransport, browser: Browsers
) -> None:
    karin = browser("manager")
    assert "Karin &lt;Post&gt;" in karin.get("/manage/confidants").text
    karin.post("/manage/confidants", {"other": "daan"})
    assert services.asked("intake.save_confidants") == {"person_ids": [DAAN["person_id"]]}


def test_the_dossier_says_who_had_its_words_before(services: FakeTransport, browser: Browsers) -> None:
    known = {"readers": [KARIN], "openings": [], "told_before": ["Vonk & Val", "Bezemwijs"]}
    services.answers["intake.get_request"] = {
        **request(), **ON_THE_BOARD, "confidential": True, "confidence": known,
    }  # fmt: skip
    seen = browser("agent").get(f"/desk/requests/{REQUEST_ID}").text
    assert "Las het eerder al" in seen
    assert "Vonk &amp; Val, Bezemwijs" in seen
