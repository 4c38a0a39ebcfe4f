"""Where requests left the regular process: on the dossier, on the page of their product, and all together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from gateway.pages.deviation_words import KINDS, told
from gateway.pages.moments import Moments
from gateway.pages.words import words
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, NotFound, Unavailable

from .conftest import Browser
from .product_samples import PRODUCT_ID, PUBLISHED
from .site_samples import REQUEST_ID, order, request
from .test_team import whole

ENGLISH = words("en")
MOMENTS = Moments(datetime(2026, 11, 26, 9, 0, tzinfo=UTC), "Europe/Amsterdam", ENGLISH)


def deviation(kind: str = "other_provider", **more: Any) -> dict[str, Any]:
    return {
        "deviation_id": "01926f00-7000-7a01-8e44-8f9a0b1c2d01",
        "kind": kind,
        "request_id": REQUEST_ID,
        "reference": "SD-26-000123",
        "product_id": PRODUCT_ID,
        "product_name": {"nl": "Verhuizing", "en": "Move"},
        "product_version": 2,
        "step": "clean",
        "title": {"nl": "Schoonmaken", "en": "Clean"},
        "work_order_id": None,
        "cause": "Ziek",
        "details": {"from": "Bezemwijs", "to": "Huisdienst"},
        "by": {"kind": "person", "name": "Amira Haddad"},
        "at": "2026-11-26T08:00:00+00:00",
        **more,
    }


PROMISED = "It was promised for Tue, Dec 1 10:00 by hand"
COUNT = {
    "product_id": PRODUCT_ID, "product_name": {"nl": "Verhuizing", "en": "Move"}, "kind": "other_provider",
    "step": "clean", "title": {"nl": "Schoonmaken", "en": "Clean"}, "count": 7, "requests": 5,
}  # fmt: skip
FOUND = {"items": [deviation()], "next_cursor": None, "counts": [COUNT]}


@pytest.mark.parametrize(
    ("kind", "details", "said"),
    [
        ("other_provider", {"from": "A", "to": "B"}, "‘Clean’ was given to B instead of A"),
        ("other_provider", {"to": "B"}, "‘Clean’ was given to B, since nobody else could be"),
        ("step_skipped", {}, "‘Clean’ was dropped"),
        ("step_added", {"to": "B"}, "‘Clean’ was added, for B"),
        ("other_order", {}, "‘Clean’ was begun before its turn"),
        ("other_lead_time", {"until": "2026-12-01T09:00:00Z"}, PROMISED),
    ],
)  # fmt: skip
def test_each_kind_is_told_in_words(kind: str, details: dict[str, str], said: str) -> None:
    (line,) = told(ENGLISH, MOMENTS, [deviation(kind, details=details)])
    assert (line.what, line.reason, line.by) == (said, "Ziek", "Amira Haddad")
    assert kind in KINDS


def test_they_are_told_in_the_order_in_which_they_happened() -> None:
    newest_first = [deviation(cause="second"), deviation(cause="first")]
    assert [line.reason for line in told(ENGLISH, MOMENTS, newest_first)] == ["first", "second"]


def test_all_are_counted_and_listed(browser: Callable[..., Browser], transport: FakeTransport) -> None:
    transport.answers["dispatch.list_deviations"] = FOUND
    page = (
        browser("product_owner", language="en")
        .get(f"/manage/products/deviations?productId={PRODUCT_ID}")
        .text
    )
    asked = transport.asked("dispatch.list_deviations")
    assert asked["product_id"] == PRODUCT_ID
    assert "since" in asked
    assert ">7</td>" in page
    assert "‘Clean’ was given to Huisdienst instead of Bezemwijs" in page
    assert f'href="/desk/requests/{REQUEST_ID}"' in page


@pytest.fixture
def owner(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    transport.answers |= {
        "catalog.get_product": PUBLISHED,
        "catalog.get_draft": NotFound("no_draft", "There is none."),
        "catalog.list_versions": {"items": [], "next_cursor": None},
        "dispatch.list_providers": {"items": []},
    }
    return browser("product_owner", language="en")


def test_the_owner_sees_on_the_page_of_the_product_where_its_process_does_not_fit(
    owner: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.list_deviations"] = FOUND
    page = owner.get(f"/manage/products/{PRODUCT_ID}").text
    assert "Where the process does not fit" in page
    assert "Another provider" in page


def test_the_page_is_there_when_dispatch_is_not(owner: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.list_deviations"] = Unavailable("unavailable", "Away.")
    page = owner.get(f"/manage/products/{PRODUCT_ID}")
    assert page.status_code == 200
    assert "Where the process does not fit" not in page.text


PART = {"HX-Request": "true", "HX-Target": "dossier"}
DESK = {
    "intake.get_request": request(
        state="in_progress", orders=[order("accepted")], timeline=[], priority="P3", channel="site",
        answers={}, requester=None,
    ),
    "dispatch.list_work_orders": {"items": [whole(round=1)], "next_cursor": None},
    "dispatch.list_deviations": FOUND,
    "dispatch.list_providers": {"items": [{"provider_id": PRODUCT_ID, "name": "Huisdienst"}]},
}  # fmt: skip
STEP = {"title": "Hang a lamp", "provider_id": PRODUCT_ID, "reason": "It was dark", "instructions": ""}


def test_a_step_is_added_with_its_reason(browser: Callable[..., Browser], transport: FakeTransport) -> None:
    transport.answers["dispatch.add_step"] = {}
    agent = browser("agent", language="en")
    agent.get("/style")
    assert agent.post(f"/desk/requests/{REQUEST_ID}/added-steps", STEP).status_code == 303
    given = {name: value for name, value in STEP.items() if value}
    assert transport.asked("dispatch.add_step") == {"request_id": REQUEST_ID, **given}


@pytest.mark.parametrize("missing", ["title", "provider_id", "reason"])
def test_without_one_of_these_nothing_is_added(
    browser: Callable[..., Browser], transport: FakeTransport, missing: str
) -> None:
    agent = browser("agent", language="en")
    agent.get("/style")
    agent.post(f"/desk/requests/{REQUEST_ID}/added-steps", {**STEP, missing: ""})
    assert "dispatch.add_step" not in [target for target, _ in transport.calls]


def test_that_it_cannot_be_added_any_more_is_said(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers |= DESK
    transport.answers["dispatch.add_step"] = Conflict("not_running", "No work goes on for this request.")
    agent = browser("agent", language="en")
    agent.get("/style")
    answer = agent.post(f"/desk/requests/{REQUEST_ID}/added-steps", STEP)
    assert answer.status_code == 409
    assert "Hang a lamp" in answer.text


def test_the_dossier_says_what_was_done_otherwise_and_offers_to_add_a_step(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers |= DESK
    page = browser("agent", language="en").get(f"/desk/requests/{REQUEST_ID}", **PART).text
    assert "‘Clean’ was given to Huisdienst instead of Bezemwijs: Ziek" in " ".join(page.split())
    assert "Add a step" in page
    assert transport.asked("dispatch.list_deviations")["request_id"] == REQUEST_ID
