"""The dashboard and the repair list, as those use them who answer for the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, Desk

Report = Callable[..., dict[str, Any]]


def test_managers_begin_at_the_dashboard_and_find_the_way_to_their_work(desk: Desk) -> None:
    page = desk.open("karin", "/")
    page.goto("/sign-in")
    page.wait_for_url("**/manage")
    page.locator("main .tiles a", has_text="Uitvallijst").click()
    page.wait_for_url("**/desk/repair")


def test_a_figure_opens_the_list_that_it_counts(desk: Desk, report: Report) -> None:
    made = report("sanne", "De klok in de hal staat stil.")
    page = desk.window()
    desk.sign_in(page, "karin", "/manage?days=7")
    seen = {counted_and_listed(page) for _ in range(3)}  # work goes on between the figure and its list
    assert any(min(counted, 50) == listed for counted, listed in seen), seen
    row = page.locator("tbody tr").filter(has_text=made["reference"])
    row.get_by_role("link").click()
    expect(page.locator("#dossier h1")).to_contain_text("klok in de hal")


def counted_and_listed(page: Page) -> tuple[int, int]:
    page.goto("/manage?days=7")
    figure = page.locator("a.figure", has_text="Nu open")
    count = figure.locator(".value").inner_text()
    figure.click()
    page.wait_for_url("**/manage/requests?**")
    return int(re.sub(r"\D", "", count)), page.locator("tbody tr").count()


def test_under_each_picture_stands_its_table_and_beside_it_its_file(desk: Desk) -> None:
    page = desk.open("karin", "/manage")
    panel = page.locator("section", has=page.get_by_role("heading", name="Erin en eruit"))
    expect(panel.get_by_role("img")).to_be_visible()
    panel.locator("summary").click()
    expect(panel.get_by_role("table")).to_be_visible()
    with page.expect_download() as download:
        panel.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.startswith("flow-")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_the_days_are_chosen_with_or_without_a_script(desk: Desk, javascript: bool) -> None:
    page = desk.open("karin", "/manage", java_script_enabled=javascript, viewport=PHONE)
    page.get_by_role("link", name="90 dagen").click()
    expect(page.get_by_role("link", name="90 dagen")).to_have_attribute("aria-current", "true")
    page.locator("summary", has_text="Andere dagen").click()
    page.locator("#from").fill("2026-01-01")
    page.locator("#until").fill("2026-01-31")
    page.get_by_role("button", name="Tonen").click()
    page.wait_for_url("**/manage?from=2026-01-01&until=2026-01-31")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_what_was_not_delivered_is_seen_understood_and_tried_again(
    desk: Desk, report: Report, javascript: bool
) -> None:
    desk.stage.control("stop", name="supplier-vonk-val")
    try:
        made = report("sanne", "De radiator blijft koud.", "heating-fault")
        failed = desk.stage.until(
            made["requestId"],
            "a failed delivery",
            lambda it: any((o["delivery"] or {}).get("state") == "failed" for o in it["orders"]),
        )
        page = desk.open("karin", "/desk/repair", java_script_enabled=javascript)
        page.locator("a.cause", has_text="Vonk & Val").first.click()
        expect(page.locator(".notice").first).to_contain_text("leverancier")
        row = page.locator(".failure", has_text=failed["orders"][0]["number"])
        row.get_by_role("checkbox").check()
        page.get_by_role("button", name="Probeer de gekozen opnieuw").click()
        expect(row).to_contain_text("Opnieuw geprobeerd")  # while it can't be delivered: then it leaves
    finally:
        desk.stage.control("start", name="supplier-vonk-val")
    desk.stage.until(
        made["requestId"],
        "a delivery",
        lambda it: all((o["delivery"] or {}).get("state") != "failed" for o in it["orders"]),
    )
