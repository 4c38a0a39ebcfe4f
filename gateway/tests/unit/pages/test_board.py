"""The desk's own page: which queue one sees, and what is asked for it."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from gateway.desk_queues import QUEUES
from gateway.testing import FakeTransport

from .conftest import Browser
from .site_samples import PERSON_ID, PRODUCT, REQUEST_ID, request
from .test_confiding import ON_THE_BOARD

LINE = {
    "request_id": "01926f00-1000-7a01-8e44-8f9a0b1c2d01",
    "reference": "SD-26-000123",
    "state": "in_progress",
    "resolution": None,
    "summary": "De lamp is stuk",
    "requester": None,
    "location": None,
    "attention": None,
    "waiting": None,
    "promise": {"respond_by": "2026-11-23T13:00:00Z", "resolve_by": None},
    "updated_at": "2026-11-23T09:00:00Z",
}


@pytest.fixture
def amira(browser: Callable[..., Browser]) -> Browser:
    return browser("agent")


@pytest.fixture
def busy(transport: FakeTransport) -> FakeTransport:
    """One request runs, and nothing asks for attention."""

    def listed(attention: bool | None = None, danger: bool | None = None, **_: Any) -> dict[str, Any]:
        return {"items": [] if attention or danger else [LINE], "next_cursor": None}

    counts = {"counts": {queue.name: 1 for queue in QUEUES}}
    transport.answers |= {"intake.list_requests": listed, "intake.count_requests": counts}
    return transport


def test_when_nothing_asks_for_attention_all_that_is_open_is_shown(
    amira: Browser, busy: FakeTransport
) -> None:
    page = unescape(amira.get("/desk").text)
    assert "De lamp is stuk" in page
    assert 'hx-get="/desk?queue=open"' in page


def test_whoever_chose_a_queue_gets_that_one(amira: Browser, busy: FakeTransport) -> None:
    assert "De lamp is stuk" not in amira.get("/desk?queue=attention").text


def test_what_asks_for_attention_comes_before_all_that_is_open(amira: Browser, busy: FakeTransport) -> None:
    busy.answers["intake.list_requests"] = {"items": [LINE], "next_cursor": None}
    assert 'hx-get="/desk"' in amira.get("/desk").text


def test_danger_stands_above_every_queue_and_not_a_second_time_in_it(
    amira: Browser, busy: FakeTransport
) -> None:
    smoke = {
        **LINE,
        "request_id": "another",
        "summary": "Rook",
        "danger": "fire",
    }

    def listed(danger: bool | None = None, **_: Any) -> dict[str, Any]:
        return {"items": [smoke] if danger else [LINE, smoke], "next_cursor": None}

    busy.answers["intake.list_requests"] = listed
    for queue in ("attention", "triage", "all"):
        page = unescape(amira.get(f"/desk?queue={queue}").text)
        assert page.count(">Rook<") == 1
        assert page.index(">Rook<") < page.index("De lamp is stuk")
        assert "Brand of rook" in page


def test_a_dossier_says_what_was_answered_and_whom_to_telephone(amira: Browser, busy: FakeTransport) -> None:
    requester = {"person_id": PERSON_ID, "name": "Sanne", "phone": "+31 20 000 1000", "email": None}
    busy.answers |= {
        "intake.get_request": request(
            **{
                **ON_THE_BOARD, "requester": {**requester, "department": None}, "danger": "fire",
                "answers": {"problem": "cold"}, "product": PRODUCT,
            },
        ),
        "catalog.get_product": PRODUCT,
    }  # fmt: skip
    shown = amira.get(f"/desk/requests/{REQUEST_ID}").text
    assert "<dt>Wat merkt u?</dt>" in shown
    assert ">Koud</dd>" in shown
    notice = shown[shown.index("Gevaar: ") :]
    assert 'href="tel:+31200001000"' in notice[: notice.index("</div>")]


def open_dossier(amira: Browser, desk: FakeTransport, **changes: Any) -> str:
    desk.answers["intake.get_request"] = request(**{**ON_THE_BOARD, **changes})
    return str(amira.get(f"/desk/requests/{REQUEST_ID}").text)


def test_what_the_requester_wrote_is_read_where_it_asks_for_attention(
    amira: Browser, busy: FakeTransport
) -> None:
    lines = [
        {"type": "replied", "at": LINE["updated_at"], "by": None, "public": True, "data": {"text": said}}
        for said in ("Het rechter.", "Nee, het <linker> raam.")
    ]
    shown = open_dossier(amira, busy, attention="requester_wrote", timeline=lines)
    notice = shown[shown.index("De melder heeft geschreven") :]
    assert "Nee, het &lt;linker&gt; raam." in notice[: notice.index("</div>")]


def test_what_is_asked_stands_where_it_waits(amira: Browser, busy: FakeTransport) -> None:
    asked = {"counterparty": "requester", "reason": "question", "since": LINE["updated_at"]}
    shown = open_dossier(amira, busy, waiting={**asked, "question": "Welk raam?"})
    notice = shown[shown.index("Wacht op de melder") :]
    assert "Welk raam?" in notice[: notice.index("</div>")]


def test_what_was_reported_is_read_before_it_is_acted_on(amira: Browser, busy: FakeTransport) -> None:
    shown = open_dossier(amira, busy, text="De radiator blijft koud\nOok op stand 5.")
    assert shown.index("Ook op stand 5.") < shown.index('class="dossier-body"')
    assert "Wat er is gemeld" not in open_dossier(amira, busy)
