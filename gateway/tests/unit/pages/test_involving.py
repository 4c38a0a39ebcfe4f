"""For somebody else, who is there, who pays: asked on the site and at the desk, and shown afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from .conftest import Browser
from .site_samples import (
    PERSON_ID,
    PRODUCT,
    REPORT,
    REQUEST_ID,
    ROOM,
    SANNE,
    page,
    request,
    services,
    speaking_english,
)

__all__ = ["services"]
Browsers = Callable[..., Browser]
PIETER_ID = "01926f00-3000-7a01-8e44-8f9a0b1c2d09"
PIETER = {"person_id": PIETER_ID, "name": "Pieter Bakker", "department": "Juridische Zaken"}
CENTRE = {"key": "4100", "name": "Communicatie", "own": True}
FOR_PIETER = {"requested_for": PIETER, "on_site": {"name": "Fatima", "phone": "+31 20 555 0199"},
              "cost_centre": {"key": "4100", "name": "Communicatie"}}  # fmt: skip


@pytest.fixture(autouse=True)
def known(services: FakeTransport) -> FakeTransport:
    services.answers |= {
        "intake.list_colleagues": {"items": [PIETER]},
        "intake.list_own_cost_centres": {"items": [CENTRE]},
        "intake.list_people": page(PIETER),
    }
    return services


def at_form(visitor: Browser, path: str = "/report/heating-fault") -> Browser:
    speaking_english(visitor).get(path)
    return visitor


def sent(services: FakeTransport, target: str = "intake.receive_request") -> dict[str, Any]:
    return dict(next(command for name, command in reversed(services.calls) if name == target))


def test_the_form_asks_it_and_offers_ones_own_cost_centres(browser: Browsers) -> None:
    shown = speaking_english(browser("requester", **SANNE)).get("/report/heating-fault").text
    assert "For somebody else?" in shown
    assert "Who is there?" in shown
    assert "4100 · Communicatie" in shown


def test_a_stranger_is_not_asked_whom_else_there_is(services: FakeTransport, browser: Browsers) -> None:
    shown = speaking_english(browser()).get("/report/heating-fault").text
    assert "For somebody else?" not in shown
    assert not any(target.endswith("colleagues") for target, _ in services.calls)


def test_what_is_filled_in_is_sent(services: FakeTransport, browser: Browsers) -> None:
    fields = {**REPORT, "requested_for_id": PIETER_ID, "site_name": "Fatima", "site_phone": "4123",
              "cost_centre": "4100"}  # fmt: skip
    assert at_form(browser("requester", **SANNE)).post("/report/heating-fault", fields).status_code == 303
    given = sent(services)
    assert (given["requested_for_id"], given["cost_centre"]) == (PIETER_ID, "4100")
    assert given["on_site"] == {"name": "Fatima", "phone": "4123"}


def test_words_that_fit_one_colleague_say_as_much_without_a_script(
    services: FakeTransport, browser: Browsers
) -> None:
    at_form(browser("requester", **SANNE)).post("/report/heating-fault", {**REPORT, "for_q": "pieter"})
    assert sent(services)["requested_for_id"] == PIETER_ID


@pytest.mark.parametrize(
    ("found", "said"), [([], "Nobody of that name"), ([PIETER, PIETER], "Choose one of these people")]
)
def test_words_that_fit_nobody_or_several_come_back_with_what_was_typed(
    services: FakeTransport, browser: Browsers, found: list[Any], said: str
) -> None:
    services.answers["intake.list_colleagues"] = {"items": found}
    answer = at_form(browser("requester", **SANNE)).post("/report/heating-fault", {**REPORT, "for_q": "piet"})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="piet"' in answer.text


def test_a_number_without_a_name_is_asked_whose_it_is(browser: Browsers) -> None:
    answer = at_form(browser("requester", **SANNE)).post(
        "/report/heating-fault", {**REPORT, "site_phone": "4123"}
    )
    assert answer.status_code == 422
    assert "Say who it is." in answer.text


def test_what_intake_refuses_is_said_in_dutch_at_its_field(
    services: FakeTransport, browser: Browsers
) -> None:
    text = "This cost centre is not known, or not of your organisation. Choose another, or none."
    services.answers["intake.receive_request"] = Invalid("invalid", text, {"cost_centre": [text]})
    sanne = browser("requester", person_id=PERSON_ID, language="nl")
    sanne.get("/report/heating-fault")
    answer = sanne.post("/report/heating-fault", {**REPORT, "cost_centre": "9"})
    assert "Deze kostenplaats is niet bekend" in answer.text


def test_colleagues_are_a_part_of_the_form_found_while_one_types(
    services: FakeTransport, browser: Browsers
) -> None:
    part = browser("requester", **SANNE).get("/colleagues?for_q=pie").text
    assert PIETER_ID in part
    assert "<html" not in part
    browser("requester", **SANNE).get("/colleagues?for_q=p")
    assert [command["q"] for target, command in services.calls if target.endswith("colleagues")] == ["pie"]


def test_whom_it_is_for_reads_who_asked_and_who_asked_reads_for_whom(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["intake.get_request"] = request(**FOR_PIETER)
    services.answers["intake.list_requests"] = page(request(**FOR_PIETER))
    theirs = speaking_english(browser("requester", person_id=PIETER_ID, language="en"))
    assert "Asked for you by" in theirs.get(f"/requests/{REQUEST_ID}").text
    assert "asked for you by" in theirs.get("/requests").text
    own = speaking_english(browser("requester", **SANNE)).get(f"/requests/{REQUEST_ID}").text
    assert "Asked for Pieter Bakker" in own
    assert "Fatima" in own
    assert "4100 Communicatie" in own


def test_the_desk_sends_it_with_a_call_and_in_triage(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.triage_request"] = {"request_id": REQUEST_ID, "state": "in_progress"}
    fields = {"for_q": "pieter", "site_name": "Fatima", "cost_centre": "4100"}
    amira = at_form(browser("agent", person_id=PERSON_ID), "/desk/new")
    amira.post("/desk/new", {"text": "Koud", "requester_id": PERSON_ID, **fields})
    assert sent(services)["requested_for_id"] == PIETER_ID
    amira.post(
        f"/desk/requests/{REQUEST_ID}/triage",
        {"product_id": PRODUCT["product_id"], "version": "3", "location_id": ROOM["location_id"], **fields},
    )
    given = sent(services, "intake.triage_request")
    assert (given["on_site"]["name"], given["cost_centre"]) == ("Fatima", "4100")


def test_the_desk_puts_them_right(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.correct_request"] = {"request_id": REQUEST_ID}
    path, amira = f"/desk/requests/{REQUEST_ID}/correct", browser("agent", person_id=PERSON_ID)
    at_form(amira, "/desk/new")
    amira.post(path, {"what": "cost_centre", "cause": "other", "cost_centre": "4100", "version": "3"})
    assert sent(services, "intake.correct_request")["cost_centre"] == "4100"
    amira.post(path, {"what": "data", "cause": "other", "site_name": "Fatima", "version": "3"})
    given = sent(services, "intake.correct_request")
    assert given["on_site"]["name"] == "Fatima"
    assert "cost_centre" not in given
