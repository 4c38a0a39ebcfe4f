"""For who holds a budget: the list, the decision, and the link in the mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
from gateway.house import House
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid, NotFound, Stale

from .conftest import Browser
from .site_samples import PERSON_ID, PRODUCT, REQUEST_ID, request

Browsers = Callable[..., Browser]
KARIN = {"person_id": PERSON_ID}
PATH = f"/approvals/{REQUEST_ID}"


def asked(may_decide: bool = True, **changes: Any) -> dict[str, Any]:
    seat = {"name": "Karin", "stand_in": "Lars", "approved": None, "by": None, "reason": None, "at": None}
    approval = {
        "rule": "first", "asked_at": "2026-11-25T10:00:00Z", "seats": [seat], "may_decide": may_decide,
        "estimate_cents": 85_000, "note": "Drie <b>offertes</b>.", "budget": "4100", "reminders": 0,
        "remind_at": None, "you": "Karin", **changes,
    }  # fmt: skip
    requester = {"name": "Sanne", "person_id": PERSON_ID, "department": "Communicatie"}
    return request(state="awaiting_approval", approval=approval, requester=requester)


@pytest.fixture
def services(transport: FakeTransport) -> FakeTransport:
    transport.answers = {
        "intake.get_approval": asked(),
        "intake.list_approvals": {"items": [asked()]},
        "intake.decide_approval": asked(False),
        "intake.list_requests": {"items": [], "next_cursor": None},
    }
    return transport


def test_what_waits_is_listed_and_noticed(services: FakeTransport, browser: Browsers) -> None:
    for path in ("/approvals", "/requests"):
        shown = browser("requester", **KARIN).get(path).text
        assert f'href="{PATH}"' in shown
        assert "850,00" in shown


def test_nothing_that_waits_is_no_notice(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.list_approvals"] = {"items": []}
    assert "/approvals" not in browser("requester", **KARIN).get("/requests").text
    assert "Er wacht niets op u" in browser("requester", **KARIN).get("/approvals").text


def test_what_it_costs_and_who_asks_is_said_before_the_choice(
    services: FakeTransport, browser: Browsers
) -> None:
    shown = browser("requester", **KARIN).get(PATH).text
    for words in ("Sanne", "850,00", "Drie &lt;b&gt;offertes&lt;/b&gt;.", "of als vervanger Lars"):
        assert words in shown


def test_how_many_and_for_when_is_said_before_the_choice(services: FakeTransport, browser: Browsers) -> None:
    ordered = {"answers": {"problem": "cold"}, "wanted": {"from": "2026-12-02T11:30:00Z", "until": None}}
    services.answers |= {
        "intake.get_approval": {**asked(), **ordered, "product": {**PRODUCT}},
        "catalog.get_product": PRODUCT,
    }
    shown = browser("requester", **KARIN).get(PATH).text
    for words in ("<dt>Wat merkt u?</dt>", ">Koud</dd>", "woensdag 2 december om 12:30"):
        assert words in shown


def test_of_extra_work_its_executor_is_who_asks(services: FakeTransport, browser: Browsers) -> None:
    more = asked(extra_work_by="Vonk & Val", estimate_cents=90_000, note="De leiding is ook lek.")
    services.answers |= {"intake.get_approval": more, "intake.list_approvals": {"items": [more]}}
    shown = browser("requester", **KARIN).get(PATH).text
    for words in ("Vonk &amp; Val vraagt meerwerk", "Zoveel meer", "Vonk &amp; Val zegt erover", "900,00"):
        assert words in shown
    assert "Meerwerk · Vonk &amp; Val" in browser("requester", **KARIN).get("/approvals").text


@pytest.mark.parametrize(
    ("choice", "said"),
    [("yes", {"approved": True}), ("no", {"approved": False, "reason": "Te duur"})],
)
def test_a_yes_or_a_no_goes_to_the_desk(
    choice: str, said: dict[str, Any], services: FakeTransport, browser: Browsers
) -> None:
    visitor = browser("requester", **KARIN)
    visitor.get(PATH)
    fields = {"approved": choice, "version": "7", "reason": said.get("reason", "")}
    answer = visitor.post(PATH, fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, PATH)
    assert services.asked("intake.decide_approval") == {"request_id": REQUEST_ID, "version": 7, **said}


def test_a_no_without_a_reason_comes_back_beside_the_field(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["intake.decide_approval"] = Invalid("invalid", "x", {"reason": ["Fill this in."]})
    visitor = browser("requester", **KARIN)
    visitor.get(PATH)
    shown = visitor.post(PATH, {"approved": "no", "version": "7"})
    assert shown.status_code == 422
    assert 'id="reason-wrong"' in shown.text


@pytest.mark.parametrize("late", [Conflict("not_allowed", "x"), Stale("stale", "x")])
def test_who_is_second_is_told(late: Exception, services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.decide_approval"] = late
    visitor = browser("requester", **KARIN)
    visitor.get(PATH)
    services.answers["intake.get_approval"] = asked(False)
    shown = visitor.post(PATH, {"approved": "yes", "version": "7"})
    assert shown.status_code in (409, 412)
    assert "Iemand anders heeft intussen beslist." in shown.text
    assert 'name="approved"' not in shown.text


def link(house: House, days: int = 30) -> str:
    until = house.demo_clock.now() + timedelta(days=days)
    return "/approve/" + house.approve_links.make(UUID(REQUEST_ID), UUID(PERSON_ID), until)


def test_the_link_decides_in_the_name_of_its_reader(
    services: FakeTransport, browser: Browsers, house: House
) -> None:
    visitor, path = browser(), link(house)
    shown = visitor.get(path)
    assert (shown.status_code, shown.headers["Referrer-Policy"]) == (200, "strict-origin")
    assert visitor.post(path, {"approved": "yes", "version": "7"}).headers["Location"] == path
    actor = services.envelopes[-1]["actor"]
    assert (actor.name, actor.person_id, actor.roles) == ("Karin", PERSON_ID, frozenset({"approver"}))


def test_a_link_for_one_thing_is_good_for_no_other(
    services: FakeTransport, browser: Browsers, house: House
) -> None:
    until = house.demo_clock.now() + timedelta(days=1)
    follow = house.follow_links.make(UUID(REQUEST_ID), UUID(PERSON_ID), until)
    assert browser().get(f"/approve/{follow}").status_code == 404
    assert browser().get(link(house).replace("/approve/", "/follow/")).status_code == 404
    assert browser().get(link(house, days=-1)).status_code == 404


def test_a_link_to_what_one_is_not_asked_opens_nothing(
    services: FakeTransport, browser: Browsers, house: House
) -> None:
    services.answers["intake.get_approval"] = NotFound("no_such_request")
    assert browser().get(link(house)).status_code == 404


def test_whoever_has_the_link_may_do_nothing_else() -> None:
    table = deskcontracts.permissions()
    assert {name for name, roles in table.items() if "approver" in roles} == {"approvals.decide"}
