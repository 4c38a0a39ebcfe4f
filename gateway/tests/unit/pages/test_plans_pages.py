"""Planned work, on the pages of whoever sees to it that it comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid

from .conftest import Browser

PLAN_ID = "01926f3a-5c00-7a01-9d3e-3f1c5a7b9e77"
PRODUCT_ID = "01926f00-3000-7a04-8d33-7e8f9a0b1e01"
AT = "2026-11-20T09:00:00Z"
MOVED = {"rule_date": "2026-12-25", "work_on": "2026-12-28"}
PLAN: dict[str, Any] = {
    "plan_id": PLAN_ID, "version": 3, "state": "active", "name": "Douches <spoelen>",
    "text": "Vijf minuten laten lopen.", "product": {"product_id": PRODUCT_ID, "name": {"nl": "Onderhoud"}},
    "location_id": None, "place": None, "answers": {}, "stops": [], "provider": None, "rule": "FREQ=WEEKLY",
    "starts_on": "2026-12-04", "until": None, "closed": "next", "lead_days": 7,
    "keeper": {"person_id": None, "name": "Karin"},
    "replaces": None, "changed_at": AT, "changed_by": {"kind": "person", "name": "Karin"}, "reason": None,
    "next": [MOVED, {"rule_date": "2027-01-01", "work_on": None}],
}  # fmt: skip
MADE = {
    "rule_date": "2026-12-04", "work_on": "2026-12-04", "fate": "made", "request_id": PLAN_ID,
    "reference": "SD-26-000123", "state": "in_progress", "at": AT, "stop_counts": None,
    "failure_id": None,
}  # fmt: skip
FORM = {
    "name": "Douches", "text": "Spoelen", "product_id": PRODUCT_ID, "every": "FREQ=MONTHLY", "rule": "",
    "starts_on": "2026-12-04", "lead_days": "7", "closed": "skip", "place": "",
}  # fmt: skip
SAID = {
    "name": "Douches", "text": "Spoelen", "product_id": PRODUCT_ID, "rule": "FREQ=MONTHLY",
    "starts_on": date(2026, 12, 4), "lead_days": 7, "closed": "skip",
}  # fmt: skip


@pytest.fixture
def known(transport: FakeTransport) -> FakeTransport:
    product = {"product_id": PRODUCT_ID, "slug": "onderhoud", "name": {"nl": "Onderhoud"}}
    transport.answers |= {
        "intake.list_plans": {"items": [PLAN]},
        "intake.get_plan": {**PLAN, "days": [MADE]},
        "intake.list_locations": {"items": [], "next_cursor": None},
        "catalog.list_products": {"items": [product], "next_cursor": None},
        "dispatch.list_providers": {"items": [{"slug": "huisdienst", "name": "Huisdienst"}]},
    }
    return transport


@pytest.fixture
def karin(browser: Callable[..., Browser], known: FakeTransport) -> Browser:
    return browser("manager")


def test_the_list_says_how_often_and_when_next(karin: Browser) -> None:
    page = unescape(karin.get("/manage/plans").text)
    for said in ("Douches", "Elke week", "ma 28 dec 2026", "Loopt"):
        assert said in page


def test_a_plan_shows_what_was_moved_left_out_and_made(karin: Browser) -> None:
    page = karin.get(f"/manage/plans/{PLAN_ID}").text
    for said in ("in plaats van vr 25 dec 2026", "valt uit", "SD-26-000123", "Douches &lt;spoelen&gt;"):
        assert said in page


def test_looking_at_the_dates_keeps_nothing_and_loses_nothing(karin: Browser, known: FakeTransport) -> None:
    known.answers["intake.preview_plan"] = {"dates": [MOVED]}
    karin.get("/manage/plans/new")
    page = karin.post("/manage/plans", {**FORM, "preview": "yes"}).text
    assert "ma 28 dec 2026" in page
    assert "Spoelen" in page
    asked = known.asked("intake.preview_plan")
    assert asked == {"rule": "FREQ=MONTHLY", "starts_on": date(2026, 12, 4), "lead_days": 7, "closed": "skip",
                     "most": 12}  # fmt: skip


def test_a_plan_is_kept_as_it_was_filled_in(karin: Browser, known: FakeTransport) -> None:
    known.answers["intake.save_plan"] = {**PLAN, "days": []}
    karin.get("/manage/plans/new")
    answer = karin.post("/manage/plans", FORM)
    assert answer.headers["Location"] == f"/manage/plans/{PLAN_ID}"
    assert known.asked("intake.save_plan") == SAID


def test_a_rule_of_ones_own_goes_before_the_choice(karin: Browser, known: FakeTransport) -> None:
    known.answers["intake.save_plan"] = Invalid("invalid", "No.", {"rule": ["Begin with FREQ="]})
    karin.get("/manage/plans/new")
    answer = karin.post("/manage/plans", {**FORM, "rule": "elke maandag"})
    assert known.asked("intake.save_plan")["rule"] == "elke maandag"
    assert answer.status_code == 422
    assert 'value="elke maandag"' in answer.text


def test_a_number_that_is_none_stays_in_the_form(karin: Browser) -> None:
    karin.get("/manage/plans/new")
    answer = karin.post("/manage/plans", {**FORM, "lead_days": "veel"})
    assert answer.status_code == 422
    assert 'value="veel"' in answer.text


def test_a_change_counts_from_its_day_at_the_version_that_was_seen(
    karin: Browser, known: FakeTransport
) -> None:
    known.answers["intake.change_plan"] = {**PLAN, "days": []}
    assert "Douches" in karin.get(f"/manage/plans/{PLAN_ID}/change").text
    karin.post(f"/manage/plans/{PLAN_ID}/change", {**FORM, "version": "3", "reason": "Vaker"})
    asked = known.asked("intake.change_plan")
    assert (asked["plan_id"], asked["version"], asked["reason"]) == (PLAN_ID, 3, "Vaker")


@pytest.mark.parametrize("action", ["pause", "resume", "end"])
def test_it_is_paused_resumed_and_ended_with_the_reason(
    action: str, karin: Browser, known: FakeTransport
) -> None:
    known.answers[f"intake.{action}_plan"] = {**PLAN, "days": []}
    karin.get(f"/manage/plans/{PLAN_ID}")
    karin.post(f"/manage/plans/{PLAN_ID}/{action}", {"version": "3", "reason": "Dicht"})
    assert known.asked(f"intake.{action}_plan") == {"plan_id": PLAN_ID, "version": 3, "reason": "Dicht"}


def test_who_comes_second_is_told(karin: Browser, known: FakeTransport) -> None:
    known.answers["intake.pause_plan"] = Conflict("not_allowed", "This plan has ended. Make a new one.")
    karin.get(f"/manage/plans/{PLAN_ID}")
    assert karin.post(f"/manage/plans/{PLAN_ID}/pause", {"version": "3"}).status_code == 409


def test_an_agent_looks_and_changes_nothing(browser: Callable[..., Browser], known: FakeTransport) -> None:
    page = browser("agent").get(f"/manage/plans/{PLAN_ID}").text
    assert "Vijf minuten" in page
    assert "/pause" not in page


def test_whom_the_plan_names_is_chosen_and_kept(karin: Browser, known: FakeTransport) -> None:
    known.answers["intake.save_plan"] = {**PLAN, "days": []}
    assert '<option value="huisdienst">Huisdienst' in karin.get("/manage/plans/new").text
    karin.post("/manage/plans", {**FORM, "provider": "huisdienst"})
    assert known.asked("intake.save_plan")["provider"] == "huisdienst"


def test_work_that_could_not_be_made_leads_to_where_it_is_repaired(
    browser: Callable[..., Browser], known: FakeTransport
) -> None:
    stuck = {**MADE, "fate": "stuck", "request_id": None, "reference": None, "failure_id": PRODUCT_ID}
    known.answers["intake.get_plan"] = {**PLAN, "days": [stuck]}
    page = browser("agent").get(f"/manage/plans/{PLAN_ID}").text
    assert f"/desk/repair/intake/{PRODUCT_ID}" in page
    assert "Kon niet worden gemaakt" in page
