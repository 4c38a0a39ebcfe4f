"""The demo's own pages, on the real system: what is ticked has really happened."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .conftest import Desk

TOUR = "li.tour-step"


def be(page: Page, login: str) -> None:
    page.locator("#become").select_option(login)
    with page.expect_navigation():
        page.locator(".demo-bar form button").click()


def test_one_becomes_somebody_else_in_one_step(desk: Desk) -> None:
    page = desk.open(None, "/demo", locale="nl-NL")
    be(page, "tom@meerwal.example")
    expect(page).to_have_url(f"{desk.address}/team")
    be(page, "amira@meerwal.example")
    expect(page).to_have_url(f"{desk.address}/desk")


def test_a_step_ticks_itself_when_it_has_happened(desk: Desk) -> None:
    page = desk.open(None, "/demo", locale="nl-NL")
    expect(page.locator(f"{TOUR}.done")).to_have_count(0)
    desk.stage.person("sanne").post("/requests", {"channel": "site", "text": "Het is koud."})
    expect(page.locator(TOUR).first).to_have_class("tour-step done")
    expect(page.locator("#tour-step")).to_contain_text("stap 2")


def test_a_supplier_is_stopped_told_otherwise_and_started(desk: Desk) -> None:
    page = desk.open(None, "/demo/suppliers", locale="nl-NL", java_script_enabled=False)
    card = page.locator("section").filter(has=page.locator("#supplier-vonk-val"))
    card.get_by_role("button", name="Stoppen").click()
    expect(card).to_contain_text("gestopt")
    card.locator("select").select_option("manual")
    card.get_by_role("button", name="Zo doen").click()
    card.get_by_role("button", name="Starten").click()
    expect(card).to_contain_text("Met de hand")
    expect(card).to_contain_text("draait")
    card.locator("select").select_option("accept")
    card.get_by_role("button", name="Zo doen").click()
    expect(card).to_contain_text("Accepteert zelf")


def test_a_mail_arrives_in_the_mailbox(desk: Desk) -> None:
    made = desk.stage.person("sanne").post("/requests", {"channel": "site", "text": "De kraan drupt."})
    page = desk.open(None, f"/demo/mailbox?q={made['reference']}", locale="nl-NL")
    for _attempt in range(100):
        if page.locator("details.mail").count():
            break
        page.wait_for_timeout(300)
        page.reload()
    expect(page.locator("details.mail").first).to_contain_text(made["reference"])


def test_the_clock_moves_on(desk: Desk) -> None:
    page = desk.open(None, "/demo/clock", locale="nl-NL", java_script_enabled=False)
    before = page.locator(".demo-now time").get_attribute("datetime") or ""
    page.get_by_role("button", name="1 uur verder").click()
    expect(page.locator(".said")).to_be_visible()
    after = page.locator(".demo-now time").get_attribute("datetime") or ""
    assert after > before
