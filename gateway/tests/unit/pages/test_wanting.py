"""Order rules on pages: read before one sends, refused with what can be had, cancelled with what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.pages.forms import parse
from gateway.pages.manage.products import contents
from gateway.pages.site.terms import order_rules
from gateway.pages.words import words
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from .conftest import Browser
from .site_samples import LUNCH, PERSON_ID, PRODUCT, REQUEST_ID, SANNE, request, services, speaking_english

__all__ = ["services"]
Browsers = Callable[..., Browser]
BY_NOON = {"working_days": 1, "at": "12:00", "working_minutes": None}
RULES = {
    "cutoff": BY_NOON,
    "capacity": {"amount": 60, "per": "day"},
    "free_cancellation": {"before": BY_NOON, "charge_percent": 50},
}
PERSONS = {"key": "persons", "label": {"en": "For how many?"}, "type": "number", "required": True}
OF_MOMENT = {
    "from": "2126-11-28T11:30:00Z", "order_before": "2126-11-27T11:00:00Z", "in_time": True,
    "free_until": "2126-11-27T11:00:00Z", "left": 36, "next_free": None,
}  # fmt: skip
TERMS: dict[str, Any] = {
    "product_id": LUNCH["product_id"], "ruled": True, "first": "2126-11-27T06:30:00Z", "wanted": None,
    "capacity": {"amount": 60, "per": "day"}, "charge_percent": 50,
    "slots": [{"from": "2126-11-27T06:30:00Z", "left": 36}, {"from": "2126-11-28T06:30:00Z", "left": 0}],
}  # fmt: skip
FORM = "/report/meeting-lunch"


@pytest.fixture(autouse=True)
def canteen(services: FakeTransport) -> FakeTransport:
    lunch = {**LUNCH, "questions": [PERSONS], "ordering": RULES}
    services.answers |= {
        "catalog.get_product": {**lunch, "withdrawn_at": None},
        "catalog.list_products": {"items": [lunch], "next_cursor": None},
        "intake.get_order_terms": TERMS,
    }
    return services


def at_form(visitor: Browser, path: str = FORM) -> Browser:
    speaking_english(visitor).get(path)
    return visitor


def asked(services: FakeTransport) -> dict[str, Any]:
    return dict(next(said for name, said in reversed(services.calls) if name == "intake.get_order_terms"))


def test_answers_and_a_day_that_were_left_out_are_said_at_once(
    services: FakeTransport, browser: Browsers
) -> None:
    left_out = {"answers.persons": ["Answer this."]}
    services.answers["intake.receive_request"] = Invalid("invalid", "Not all answers are right.", left_out)
    visitor = at_form(browser("requester", **SANNE))
    shown = visitor.post(FORM, {"text": "Lunch"})
    assert shown.status_code == 422
    for said in ('href="#answers.persons-at"', 'href="#wanted_day"', "Choose a day too."):
        assert said in shown.text
    with_day = visitor.post(FORM, {"text": "Lunch", "wanted_day": "2126-11-28"}).text
    assert "Choose a day too." not in with_day


@pytest.mark.parametrize("path", [FORM, "/products/meeting-lunch"])
def test_the_rules_stand_on_the_page_in_words(browser: Browsers, path: str) -> None:
    shown = speaking_english(browser()).get(path).text
    assert "Order by 12:00 on the working day before." in shown
    assert "At most 60 per day." in shown
    assert "later it costs 50% of the price" in shown


def test_what_is_left_is_read_before_anything_is_sent_also_by_a_stranger(browser: Browsers) -> None:
    shown = speaking_english(browser()).get(FORM).text
    assert "36 of 60 left" in shown
    assert "full" in shown


def test_the_moment_that_is_filled_in_is_looked_at_as_a_part_of_the_page(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["intake.get_order_terms"] = {**TERMS, "wanted": OF_MOMENT}
    filled = "wanted_day=2126-11-28&wanted_hour=12:30&answers.persons=24"
    part = speaking_english(browser("requester", **SANNE)).get(
        f"{FORM}?{filled}", **{"HX-Request": "true", "HX-Target": "order-terms"}
    )
    assert "<html" not in part.text
    assert "That can be had." in part.text
    assert "Left then: 36." in part.text
    said = asked(services)
    assert (said["quantity"], said["wanted"]["from"][:16]) == (24, "2126-11-28T12:30")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"in_time": False, "next_free": "2126-11-29T06:30:00Z"}, "It is too late to order for that moment"),
        ({"left": 2, "next_free": "2126-11-29T11:30:00Z"}, "There is not room enough then"),
    ],
)
def test_what_cannot_be_had_says_when_it_can(
    services: FakeTransport, browser: Browsers, changes: dict[str, Any], said: str
) -> None:
    services.answers["intake.get_order_terms"] = {**TERMS, "wanted": {**OF_MOMENT, **changes}}
    shown = speaking_english(browser("requester", **SANNE)).get(f"{FORM}?wanted_day=2126-11-28").text
    assert said in shown


def test_a_form_without_intake_still_shows_the_rules(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.get_order_terms"] = Invalid("no", "no", {})
    assert "At most 60 per day." in speaking_english(browser()).get(FORM).text


def test_what_intake_refuses_stands_at_the_moment_in_its_own_words(
    services: FakeTransport, browser: Browsers
) -> None:
    text = "Dan is het vol: er is nog plaats voor 3."
    services.answers["intake.receive_request"] = Invalid("full", text, {"wanted": [text]})
    answer = at_form(browser("requester", **SANNE)).post(
        FORM, {"answers.persons": "24", "wanted_day": "2126-11-28", "wanted_hour": "12:30"}
    )
    assert answer.status_code == 422
    assert text in answer.text


@pytest.mark.parametrize(
    ("cancelling", "said"),
    [
        ({"late": False, "cost_cents": 0}, "Cancelling is free until"),
        ({"late": True, "cost_cents": 2_000}, "Now it costs €20.00"),
        ({"late": True, "cost_cents": None}, "Now it may cost something"),
    ],
)
def test_who_withdraws_reads_first_what_it_costs(
    services: FakeTransport, browser: Browsers, cancelling: dict[str, Any], said: str
) -> None:
    until = {"free_until": "2126-11-27T11:00:00Z", **cancelling}
    services.answers["intake.get_request"] = request(state="in_progress", cancelling=until)
    shown = speaking_english(browser("requester", **SANNE)).get(f"/requests/{REQUEST_ID}").text
    assert said in shown


def test_the_desk_says_when_with_a_call_and_in_triage(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.triage_request"] = {"request_id": REQUEST_ID, "state": "in_progress"}
    fields = {"wanted_day": "2126-11-28", "wanted_hour": "12:30", "quantity": "3"}
    amira = at_form(browser("agent", person_id=PERSON_ID), "/desk/new")
    call = {"text": "Lunch", "requester_id": PERSON_ID, "product_id": LUNCH["product_id"]}
    amira.post("/desk/new", {**call, "answers.persons": "3", **fields})
    amira.post(
        f"/desk/requests/{REQUEST_ID}/triage",
        {"product_id": PRODUCT["product_id"], "version": "3", **fields},
    )
    called, triaged = (
        next(command for name, command in services.calls if name == f"intake.{what}_request")
        for what in ("receive", "triage")
    )
    for given in (called, triaged):
        assert given["wanted"]["from"].isoformat().startswith("2126-11-28T12:30")
    assert (called["answers"]["persons"], triaged["quantity"]) == (3, 3)


def test_an_author_fills_them_in_and_leaves_out_what_is_no_rule() -> None:
    draft = {"slug": "lunch", "name": {}, "kind": "order", "questions": [], "process": {"steps": []}}
    said = (
        "kind=order&ordering.cutoff.working_days=1&ordering.cutoff.at=12:00&ordering.capacity.amount=60"
        "&ordering.capacity.per=day&ordering.free_cancellation.before.working_minutes=480"
        "&ordering.free_cancellation.charge_percent=50"
    )
    ordering = contents.about(draft, parse(said))["ordering"]
    assert ordering["cutoff"] == BY_NOON
    assert ordering["capacity"] == {"amount": 60, "per": "day"}
    assert ordering["free_cancellation"]["before"]["working_minutes"] == 480
    assert contents.about(draft, parse("kind=order&ordering.capacity.per=day"))["ordering"] is None
    wrong = contents.about(draft, parse("kind=order&ordering.cutoff.working_minutes=soon"))
    assert wrong["ordering"]["cutoff"]["working_minutes"] == -1


def test_the_rules_are_said_in_dutch() -> None:
    told = " ".join(order_rules(words("nl"), RULES))
    assert "Bestel tot 12:00 op de werkdag ervoor." in told
    assert "daarna kost het 50% van de prijs" in told
