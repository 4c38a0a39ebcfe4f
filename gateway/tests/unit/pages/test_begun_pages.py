"""Begun on the site, finished by the desk: the code on one page, all that was typed on the other."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from gateway.pages.site import beginning
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid, NotFound, RateLimited

from .conftest import Browser
from .site_samples import PRODUCT

BEGUN_ID = "01926f00-3000-7a01-8e44-8f9a0b1c2d09"
PERSON_ID = "01926f00-3000-7a01-8e44-8f9a0b1c2d10"
PLACE = {"location_id": "01926f00-3000-7a01-8e44-8f9a0b1c2d11", "path": "De Sluis / 2 / 2.07"}
TYPED = {"text": "De lamp", "kind": "", "place_q": "2.07", "proposed.kinds": "fault"}
CODE = {"code": "KX7-4QF", "until": "2026-12-03T09:00:00Z"}
BECAME = {"request_id": BEGUN_ID, "reference": "SD-26-000123"}
FOUND: dict[str, Any] = {
    "begun_id": BEGUN_ID, "code": "KX7-4QF", "state": "open", "at": "2026-11-26T08:00:00Z",
    "until": "2026-12-03T08:00:00Z", "filled": {"text": "De lamp flikkert"}, "files": [],
    "person": None, "location": None, "request": None,
}  # fmt: skip
Open = Callable[..., Browser]


def found(**changes: Any) -> dict[str, Any]:
    return {**FOUND, **changes}


@pytest.fixture
def played(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.begin_report": CODE,
        "intake.find_begun_report": FOUND,
        "intake.list_people": {"items": []},
        "intake.list_locations": {"items": [{**PLACE, "key": "2.07", "name": "2.07"}]},
        "catalog.get_product": PRODUCT,
        "catalog.list_products": {"items": [PRODUCT]},
    }
    return transport


@pytest.mark.parametrize("roles", [(), ("requester",)])
def test_whoever_fills_in_the_form_gets_a_code_for_what_they_typed(
    roles: tuple[str, ...], browser: Open, played: FakeTransport
) -> None:
    visitor = browser(*roles)
    assert 'formaction="/begun"' in visitor.get("/report").text
    page = visitor.post("/begun", TYPED)
    assert page.status_code == 200
    assert "KX7-4QF" in page.text
    assert "KX7" not in page.request.path
    asked = played.asked("intake.begin_report")
    assert asked["filled"] == {"text": "De lamp", "place_q": "2.07"}
    assert (asked["origin"] is None) == bool(roles)


def test_a_product_and_its_answers_go_along(browser: Open, played: FakeTransport) -> None:
    visitor = browser()
    slug = PRODUCT["slug"]
    assert f'formaction="/begun?product={slug}"' in visitor.get(f"/report/{slug}").text
    visitor.post(f"/begun?product={slug}", {"answers.element": "lamp", "wanted_day": "morgen"})
    assert played.asked("intake.begin_report")["filled"] == {
        "answers.element": "lamp", "wanted_day": "morgen", "product_id": PRODUCT["product_id"],
    }  # fmt: skip


def test_the_object_of_a_sticker_goes_along_with_its_place(browser: Open, played: FakeTransport) -> None:
    asset = {
        "asset_id": BEGUN_ID,
        "code": "LMP-1",
        "name": {"nl": "Lamp"},
        "location": PLACE,
        "product": None,
    }
    played.answers["intake.get_sticker"] = {"asset": asset, "known": []}
    visitor = browser()
    visitor.get("/report?o=LMP-1")
    visitor.post("/begun", {"o": "LMP-1"})
    filled = played.asked("intake.begin_report")["filled"]
    assert (filled["asset_id"], filled["location_id"]) == (BEGUN_ID, PLACE["location_id"])


def test_an_address_can_not_be_read_from_what_is_kept_of_it(browser: Open, played: FakeTransport) -> None:
    visitor = browser()
    visitor.get("/report")
    visitor.post("/begun", {"text": "De lamp"})
    origin = played.asked("intake.begin_report")["origin"]
    assert len(origin) == 32
    assert "127" not in origin


@pytest.mark.parametrize(
    ("address", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_a_network_of_addresses_counts_as_one(address: str, other: str, same: bool) -> None:
    def origin(address: str) -> str | None:
        settings = SimpleNamespace(actor_secret="secret")
        visit: Any = SimpleNamespace(
            signed_in=False, address=address, house=SimpleNamespace(settings=settings)
        )
        return beginning._origin(visit)

    assert (origin(address) == origin(other)) is same


def test_what_can_not_be_kept_stands_on_the_form_with_what_was_typed(
    browser: Open, played: FakeTransport
) -> None:
    said = "Write what it is about first."
    played.answers["intake.begin_report"] = Invalid("invalid", said, {"text": [said]})
    visitor = browser()
    visitor.get("/report")
    page = visitor.post("/begun", {"place_q": "kamer 2.07"})
    assert page.status_code == 422
    assert "Schrijf eerst op waar het over gaat." in page.text
    assert "kamer 2.07" in page.text


def test_the_agent_types_the_code_and_all_of_it_is_filled_in(browser: Open, played: FakeTransport) -> None:
    person = {"person_id": PERSON_ID, "name": "Sanne de Wit", "department": None, "notes": [],
              "phones": [], "emails": []}  # fmt: skip
    played.answers["intake.get_person"] = person
    filled = {"text": "Graag een lamp", "product_id": PRODUCT["product_id"],
              "location_id": PLACE["location_id"], "object": "bureaulamp", "urgency": "reduced"}  # fmt: skip
    played.answers["intake.find_begun_report"] = found(
        filled=filled,
        person={"person_id": PERSON_ID, "name": "Sanne de Wit"},
        location=PLACE,
        files=["lamp.jpg"],
    )  # fmt: skip
    page = browser("agent").get("/desk/new?begun=kx7+4qf").text
    assert played.asked("intake.find_begun_report") == {"code": "kx7 4qf"}
    assert "Sanne de Wit is hiermee op de site begonnen" in page
    assert "Graag een lamp" in page
    assert "bureaulamp" in page
    assert "lamp.jpg" in page
    for name, value in (
        ("requester_id", PERSON_ID), ("location_id", PLACE["location_id"]),
        ("product_id", PRODUCT["product_id"]),
    ):  # fmt: skip
        assert f'name="{name}" value="{value}" checked' in page
    assert f'name="begun_id" value="{BEGUN_ID}"' in page


def test_sending_finishes_it(browser: Open, played: FakeTransport, summary: Any) -> None:
    played.answers["intake.receive_request"] = summary
    agent = browser("agent")
    agent.get("/desk/new?begun=KX7-4QF")
    agent.post("/desk/new", {"text": "De lamp", "channel": "counter", "begun_id": BEGUN_ID})
    sent = played.asked("intake.receive_request")
    assert (sent["begun_id"], sent["channel"]) == (BEGUN_ID, "counter")


def test_who_was_too_late_keeps_what_they_wrote(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.receive_request"] = Conflict("code_used", "Used.")
    agent = browser("agent")
    agent.get("/desk/new")
    page = agent.post("/desk/new", {"text": "De lamp flikkert nog", "begun_id": BEGUN_ID})
    assert page.status_code == 409
    assert "Iemand heeft deze melding al afgemaakt." in page.text
    assert "De lamp flikkert nog" in page.text


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (NotFound("no_such_code", "No."), 404, "Deze code is niet bekend"),
        (RateLimited("too_many_codes", "No."), 429, "Te veel verkeerde codes"),
        (found(state="expired", filled={}), 200, "Deze code gold tot"),
        (found(state="finished", filled={}, request=BECAME), 200, "SD-26-000123"),
    ],
)  # fmt: skip
def test_a_code_that_is_no_good_says_why(
    answer: Any, status: int, said: str, browser: Open, played: FakeTransport
) -> None:
    played.answers["intake.find_begun_report"] = answer
    page = browser("agent").get("/desk/new?begun=KX7-4QF")
    assert page.status_code == status
    assert said in page.text
    assert 'name="begun_id"' not in page.text


def test_a_part_of_the_page_asks_for_no_code(browser: Open, played: FakeTransport) -> None:
    part = {"HX-Request": "true", "HX-Target": "places"}
    browser("agent").get("/desk/new?begun=KX7-4QF&place_q=2.07", **part)
    assert "intake.find_begun_report" not in [method for method, *_ in played.calls]
