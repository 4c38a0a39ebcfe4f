"""The service site: reporting and ordering."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from ..site_samples import (  # noqa: TID252  samples of these tests alone
    LUNCH,
    PRODUCT,
    REPORT,
    REQUEST_ID,
    ROOM,
    SANNE,
    Browsers,
    page,
    speaking_english,
)


def test_ones_usual_place_is_proposed_first(services: FakeTransport, browser: Browsers) -> None:
    shown = browser("requester", **SANNE).get("/report/heating-fault").text
    assert f'value="{ROOM["location_id"]}" checked' in shown


def test_a_report_goes_out_as_it_was_filled_in(services: FakeTransport, browser: Browsers) -> None:
    visitor = browser("requester", **SANNE)
    visitor.get("/report/heating-fault")
    sent = visitor.post("/report/heating-fault", REPORT)
    assert sent.headers["Location"] == f"/requests/{REQUEST_ID}?new=1"
    assert services.asked("intake.receive_request") == {
        "channel": "site",
        "text": "It stays cold.",
        "product_id": PRODUCT["product_id"],
        "location_id": ROOM["location_id"],
        "answers": {"problem": "cold"},
    }


def test_a_report_that_is_sent_twice_is_one(services: FakeTransport, browser: Browsers) -> None:
    visitor = browser("requester", **SANNE)
    visitor.get("/report/heating-fault")
    key = "0192-" + "a" * 31
    visitor.post("/report/heating-fault", {**REPORT, "key": key})
    keys = {
        target: envelope["idempotency_key"]
        for (target, _), envelope in zip(services.calls, services.envelopes, strict=True)
    }
    assert keys["intake.receive_request"] == key
    # A key is of one command; what only reads has none, or the service would refuse the command.
    assert {keys[target] for target in keys if target != "intake.receive_request"} == {None}


def test_an_order_has_a_number_and_a_moment(services: FakeTransport, browser: Browsers) -> None:
    services.answers["catalog.list_products"] = page(LUNCH)
    visitor = browser("requester", **SANNE)
    visitor.get("/report/meeting-lunch")
    visitor.post(
        "/report/meeting-lunch", {"quantity": "12", "wanted_day": "2027-01-12", "wanted_hour": "12:15"}
    )
    asked = services.asked("intake.receive_request")
    assert asked["quantity"] == 12
    assert asked["text"] == "Meeting lunch"
    assert asked["wanted"]["from"] == datetime(2027, 1, 12, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize("path", ["/products/meeting-lunch", "/report/meeting-lunch"])
def test_what_is_ordered_for_a_moment_is_not_promised_for_another(
    services: FakeTransport, browser: Browsers, path: str
) -> None:
    rules = {"cutoff": None, "capacity": None, "free_cancel": None}
    lunch = {**LUNCH, "ordering": rules, "withdrawn_at": None}
    services.answers |= {"catalog.list_products": page(lunch), "catalog.get_product": lunch}
    shown = speaking_english(browser("requester", **SANNE)).get(path).text
    assert "There at the moment you choose" in shown
    assert "Done by" not in shown


def test_what_is_wrong_stands_at_the_field_and_what_was_typed_survives(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["intake.receive_request"] = Invalid(
        "answers_invalid", "Not all answers are right yet.", {"answers.problem": ["Answer this question."]}
    )
    visitor = browser("requester", **SANNE)
    visitor.get("/report/heating-fault")
    shown = visitor.post("/report/heating-fault", {**REPORT, "text": "Still <b>cold</b>"})
    assert shown.status_code == 422
    assert 'id="answers.problem-wrong"' in shown.text
    assert "Still &lt;b&gt;cold&lt;/b&gt;" in shown.text
    assert f'value="{ROOM["location_id"]}" checked' in shown.text


def test_words_that_fit_one_place_say_which(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.list_locations"] = page(ROOM)
    visitor = browser("requester", **SANNE)
    visitor.get("/report")
    visitor.post("/report", {"text": "It smells", "place_q": "sluis 3.12"})
    assert services.asked("intake.receive_request")["location_id"] == ROOM["location_id"]


def test_words_that_fit_several_places_are_asked_about(services: FakeTransport, browser: Browsers) -> None:
    other = {**ROOM, "location_id": "01926f00-7000-7a01-8e44-8f9a0b1c2d99", "path": "De Sluis / 3.13"}
    services.answers["intake.list_locations"] = page(ROOM, other)
    visitor = browser("requester", **SANNE)
    visitor.get("/report")
    shown = visitor.post("/report", {"text": "It smells", "place_q": "sluis 3"})
    assert shown.status_code == 422
    assert "De Sluis / 3.13" in shown.text
    assert "intake.receive_request" not in [target for target, _ in services.calls]


def test_what_a_stranger_writes_is_kept_until_they_have_signed_in(
    services: FakeTransport, browser: Browsers
) -> None:
    stranger = browser()
    assert stranger.get("/report/heating-fault").status_code == 200
    kept = stranger.post("/report/heating-fault", REPORT)
    assert kept.status_code == 401
    assert 'name="resume" value=""' not in kept.text
    assert "intake.receive_request" not in [target for target, _ in services.calls]
