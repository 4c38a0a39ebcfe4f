"""The desk lets a rule of a product go: asked for only where one stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from .conftest import Browser
from .test_kwis import AN_ID, complained  # noqa: F401

ASKED = "Toch aannemen? Zeg waarom."
CALL = {"channel": "phone", "text": "Lunch voor acht", "requester_id": AN_ID}


def refused(code: str, field: str) -> Invalid:
    return Invalid(code, "Dat kan niet.", {field: ["Dat kan niet."]})


def test_nothing_is_asked_while_no_rule_stands_in_the_way(browser: Callable[..., Browser]) -> None:
    assert ASKED not in unescape(browser("agent").get("/desk/new").text)


@pytest.mark.parametrize(("code", "field"), [("not_offered", "product_id"), ("ordered_too_late", "wanted")])
def test_who_takes_a_call_is_asked_why_and_it_goes_along(
    browser: Callable[..., Browser], transport: FakeTransport, code: str, field: str
) -> None:
    amira = browser("agent")
    amira.get("/desk/new")
    transport.answers["intake.receive_request"] = refused(code, field)
    page = amira.post("/desk/new", CALL)
    assert page.status_code == 422
    assert ASKED in unescape(page.text)
    transport.calls.clear()
    transport.answers["intake.receive_request"] = {"request_id": AN_ID, "reference": "SD-26-000123"}
    assert amira.post("/desk/new", {**CALL, "overrule": "Hoog bezoek"}).status_code == 303
    assert transport.asked("intake.receive_request")["overrule"] == "Hoog bezoek"


def test_another_refusal_is_none_that_can_be_let_go_of(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    amira = browser("agent")
    amira.get("/desk/new")
    transport.answers["intake.receive_request"] = refused("full", "wanted")
    assert ASKED not in unescape(amira.post("/desk/new", CALL).text)


def test_in_triage_the_reason_is_asked_for_and_goes_along(
    browser: Callable[..., Browser],
    complained: FakeTransport,  # noqa: F811
) -> None:
    complained.answers["intake.triage_request"] = refused("not_offered", "product_id")
    amira = browser("agent")
    amira.get(f"/desk/requests/{AN_ID}")
    form = {"version": "4", "product_id": AN_ID}
    page = amira.post(f"/desk/requests/{AN_ID}/triage", form)
    assert ASKED in unescape(page.text)
    complained.calls.clear()
    complained.answers["intake.triage_request"] = {"version": 5, "state": "in_progress"}
    amira.post(f"/desk/requests/{AN_ID}/triage", {**form, "overrule": "Hoog bezoek"})
    assert complained.asked("intake.triage_request")["overrule"] == "Hoog bezoek"
