"""A wish is promised a decision, and who decides sees which waits longer than that."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

from gateway.testing import FakeTransport

from .conftest import Browser
from .test_kwis import AN_ID, OTHER, THEME, complained, dossier  # noqa: F401


def test_a_wisher_reads_when_it_is_decided_and_not_that_it_is_done(
    browser: Callable[..., Browser],
    complained: FakeTransport,  # noqa: F811
) -> None:
    promise = {"respond_by": "2026-11-23T13:00:00Z", "resolve_by": "2099-12-21T16:30:00Z"}
    wish = dossier(kind="wish", complaint=None, state="in_progress", promise=promise)
    complained.answers["intake.get_request"] = wish
    page = unescape(browser("requester", person_id=OTHER).get(f"/requests/{AN_ID}").text)
    assert "wat we besluiten" in page
    assert "Klaar uiterlijk" not in page
    assert "We verzamelen wensen zoals die van u" in page


def test_who_complained_does_not_read_that_somebody_gets_an_order(
    browser: Callable[..., Browser],
    complained: FakeTransport,  # noqa: F811
) -> None:
    complained.answers["intake.get_request"] = dossier(state="in_progress")
    page = unescape(browser("requester", person_id=OTHER).get(f"/requests/{AN_ID}").text)
    assert "We zoeken uw klacht uit." in page
    assert "opdracht" not in page


def test_a_product_owner_sees_first_what_waits_longer_than_was_promised(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    late: dict[str, Any] = {**THEME, "decide_by": "2020-01-02T09:00:00Z"}
    later = {**THEME, "theme_id": "later", "name": {"nl": "Planten"}, "decide_by": "2099-01-02T09:00:00Z"}
    decided = {**THEME, "theme_id": "done", "name": {"nl": "Douches"}, "decide_by": None, "state": "yes"}
    transport.answers["intake.list_themes"] = {"items": [later, decided, late], "likely": []}
    page = unescape(browser("product_owner").get("/manage/wishes").text)
    assert "1 thema wacht langer op een besluit dan is toegezegd." in page
    assert page.index("Fietspomp") < page.index("Planten")
    assert page.count("Fietspomp") == 2


def test_without_any_that_waits_too_long_nothing_is_said(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers["intake.list_themes"] = {
        "items": [{**THEME, "decide_by": "2099-01-02T09:00:00Z"}], "likely": []
    }  # fmt: skip
    assert "langer op een besluit" not in unescape(browser("product_owner").get("/manage/wishes").text)
