"""Proposals while somebody types: what is shown, that nothing is chosen for anybody, and what goes along."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Unavailable

from .conftest import Browser
from .site_samples import PERSON_ID, PRODUCT, REQUEST_ID, ROOM, request

Browsers = Callable[..., Browser]
SANNE = {"person_id": PERSON_ID}
PROPOSALS: dict[str, Any] = {
    "kinds": [{"kind": "fault", "confidence": 0.9, "because": ["radiator", "koud"]}],
    "products": [
        {**{name: PRODUCT[name] for name in ("product_id", "slug", "name", "category", "kind")},
         "confidence": 0.8, "because": ["radiator"]}
    ],
    "locations": [{**ROOM, "usual": False, "because": ["3.12"]}],
    "duplicates": [],
}  # fmt: skip
PROPOSED = {
    "kinds": ["fault"],
    "product_ids": [PRODUCT["product_id"]],
    "location_ids": [ROOM["location_id"]],
}
SENT = {
    "proposed.kinds": "fault",
    "proposed.products": PRODUCT["product_id"],
    "proposed.locations": ROOM["location_id"],
}


@pytest.fixture
def services(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.get_proposals": PROPOSALS,
        "intake.receive_request": request(),
        "intake.get_own_person": {"location": None},
        "intake.preview_promise": {"respond_by": "2126-11-26T10:30:00Z", "resolve_by": None},
        "catalog.list_products": {"items": [PRODUCT], "next_cursor": None},
        "catalog.get_product": PRODUCT,
    }
    return transport


@pytest.mark.parametrize(("path", "role"), [("/desk/new", "agent"), ("/report", "requester")])
def test_only_the_proposals_are_made_again_while_one_types(
    services: FakeTransport, browser: Browsers, path: str, role: str
) -> None:
    shown = browser(role, **SANNE).get(
        f"{path}?text=radiator+koud", **{"HX-Request": "true", "HX-Target": "proposals"}
    )
    assert 'id="proposals"' in shown.text
    assert "<html" not in shown.text
    assert "radiator, koud" in shown.text
    answers = ["catalog.list_articles"] if path == "/report" else []
    assert sorted(name for name, _ in services.calls) == [*answers, "intake.get_proposals"]


@pytest.mark.parametrize(("path", "role"), [("/desk/new", "agent"), ("/report", "requester")])
def test_nothing_is_chosen_for_anybody(
    services: FakeTransport, browser: Browsers, path: str, role: str
) -> None:
    shown = browser(role, **SANNE).get(f"{path}?text=radiator+koud").text
    part = shown[shown.index('id="proposals"') :]
    assert not re.search(r"<input[^>]* checked", part[: part.index("place_q")])


@pytest.mark.parametrize(("path", "role"), [("/desk/new", "agent"), ("/report", "requester")])
def test_what_was_proposed_goes_along_with_what_was_chosen(
    services: FakeTransport, browser: Browsers, path: str, role: str
) -> None:
    visitor = browser(role, **SANNE)
    visitor.get(path)
    visitor.post(path, {"text": "De radiator is koud", "kind": "complaint", **SENT})
    asked = services.asked("intake.receive_request")
    assert asked["proposed"] == PROPOSED
    assert asked["kind"] == "complaint"


def test_a_few_letters_are_too_little_to_ask_about(services: FakeTransport, browser: Browsers) -> None:
    browser("agent").get("/desk/new?text=de")
    assert "intake.get_proposals" not in [name for name, _ in services.calls]


def test_without_proposals_the_form_still_works(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.get_proposals"] = Unavailable("away", "Away.")
    visitor = browser("requester", **SANNE)
    assert visitor.get("/report?text=radiator").status_code == 200
    assert visitor.post("/report", {"text": "De radiator is koud"}).status_code == 303


def test_a_proposed_product_takes_the_words_along(services: FakeTransport, browser: Browsers) -> None:
    visitor = browser("requester", **SANNE)
    shown = visitor.get("/report?text=koud+%26+nat").text
    address = f"/report/heating-fault?text=koud%20%26%20nat&amp;proposed.products={PRODUCT['product_id']}"
    assert f'href="{address}"' in shown
    form = visitor.get(address.replace("&amp;", "&")).text
    assert "koud &amp; nat" in form
    assert f'name="proposed.products" value="{PRODUCT["product_id"]}"' in form


def test_a_stranger_gets_proposals_as_one_who_walks_in(services: FakeTransport, browser: Browsers) -> None:
    assert "radiator, koud" in browser().get("/report?text=radiator+koud").text
    (actor,) = {each["actor"].id for each, call in zip(services.envelopes, services.calls, strict=True)
                if call[0] == "intake.get_proposals"}  # fmt: skip
    assert actor == "visitor"


def test_in_triage_the_desk_sees_what_it_probably_is(services: FakeTransport, browser: Browsers) -> None:
    person = {"name": "Sanne", "person_id": PERSON_ID, "department": None, "phone": None, "email": None}
    dossier = request(
        state="triage",
        standard=False,
        channel="site",
        priority="P3",
        answers={},
        unavailable=[],
        product=None,
        requester=person,
    )
    services.answers |= {
        "intake.get_request": dossier,
        "intake.list_requests": {"items": [], "next_cursor": None},
        "intake.count_requests": {"counts": {}, "most": 1000},
        "intake.triage_request": dossier,
        "dispatch.list_work_orders": {"items": [], "next_cursor": None},
        "monitoring.get_clocks": {"clocks": []},
        "notifications.list_messages": {"items": []},
    }
    agent = browser("agent")
    shown = agent.get(f"/desk/requests/{REQUEST_ID}", **{"HX-Request": "true", "HX-Target": "dossier"}).text
    assert "radiator" in shown
    assert f'name="proposed.products" value="{PRODUCT["product_id"]}"' in shown
    agent.post(f"/desk/requests/{REQUEST_ID}/triage", {"product_id": PRODUCT["product_id"], **SENT})
    assert services.asked("intake.triage_request")["proposed"] == PROPOSED


KNOWN = {
    "kind": "fault", "state": "in_progress", "product": PRODUCT["name"], "path": ROOM["path"],
    "received_at": "2026-11-25T10:00:00Z", "because": ["radiator"], "follow_id": REQUEST_ID,
}  # fmt: skip


def test_what_is_known_is_pointed_out_with_a_link_for_the_desk_and_without_one_for_others(
    services: FakeTransport, browser: Browsers
) -> None:
    theirs = {**KNOWN, "request_id": REQUEST_ID, "reference": "SD-26-000123", "summary": "Jan has it cold"}
    services.answers["intake.get_proposals"] = {**PROPOSALS, "duplicates": [theirs]}
    assert f'href="/desk/requests/{REQUEST_ID}"' in browser("agent").get("/desk/new?text=radiator").text
    nobody = {**KNOWN, "request_id": None, "reference": None, "summary": None}
    services.answers["intake.get_proposals"] = {**PROPOSALS, "duplicates": [nobody]}
    shown = browser("requester", **SANNE).get("/report?text=radiator").text
    assert PRODUCT["name"]["nl"] in shown
    assert ROOM["path"] in shown
    assert f"/requests/{REQUEST_ID}" not in shown
    assert f'name="follows" value="{REQUEST_ID}"' in shown


def test_the_place_that_was_chosen_is_where_the_same_is_looked_for(
    services: FakeTransport, browser: Browsers
) -> None:
    browser("agent").get(f"/desk/new?text=radiator&location_id={ROOM['location_id']}")
    assert services.asked("intake.get_proposals")["location_id"] == ROOM["location_id"]


def test_no_particular_place_is_no_place(services: FakeTransport, browser: Browsers) -> None:
    browser("requester", **SANNE).get("/report?text=radiator&location_id=none")
    assert "location_id" not in services.asked("intake.get_proposals")


@pytest.mark.parametrize(("path", "role"), [("/desk/new", "agent"), ("/report", "requester")])
def test_what_is_the_same_goes_along(
    services: FakeTransport, browser: Browsers, path: str, role: str
) -> None:
    visitor = browser(role, **SANNE)
    visitor.get(path)
    visitor.post(path, {"text": "De radiator is koud", "follows": REQUEST_ID})
    assert services.asked("intake.receive_request")["follows"] == REQUEST_ID
