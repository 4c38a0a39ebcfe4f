"""A mechanic takes an order, hands it over, and a colleague plans it in the week and completes it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .conftest import PHONE, Desk, order_of
from .test_crew import press, state_of

DAY = "2030-03-05"


def plan(page: Page, at: str, until: str) -> None:
    page.locator("input[name=day]").fill(DAY)
    page.locator("input[name=from]").fill(at)
    page.locator("input[name=until]").fill(until)
    page.locator("main form button.main").click()


def test_a_mechanic_takes_hands_over_plans_in_the_week_and_completes(desk: Desk) -> None:
    order = order_of(desk, "lamp-broken", "De lamp in de archiefkast knippert.")
    tom = desk.open("tom", "/team?whose=nobody", viewport=PHONE)
    card = tom.locator("article.job").filter(has_text=order["number"])
    card.get_by_role("button", name="Oppakken").click()
    tom.goto("/team?whose=mine&order=round")
    tom.locator("article.job").filter(has_text=order["number"]).locator(".job-title a").click()
    press(tom, "Aan een collega geven")
    tom.locator("details.act[open] select[name=account_id]").select_option(label="Noor el Amrani")
    tom.locator("details.act[open] [name=reason]").fill("Noor is daar morgen toch.")
    tom.locator("details.act[open] form button").click()
    expect(tom.locator("#order")).to_contain_text("Noor el Amrani")

    noor = desk.open("noor", "/team/week", java_script_enabled=False)
    row = noor.locator("li.to-plan").filter(has_text=order["number"])
    row.get_by_role("link", name="Inplannen").click()
    plan(noor, "22:00", "23:00")
    expect(noor.locator("[role=alert]")).to_contain_text("buiten de tijden van het team")
    expect(noor.locator("[role=alert]")).to_contain_text("na wat beloofd is")
    noor.locator("input[name=from]").fill("10:00")
    noor.locator("input[name=until]").fill("11:00")
    noor.locator("input[name=anyway]").check()
    noor.locator("main form button.main").click()
    expect(noor.locator(f"section[aria-labelledby=day-{DAY}]")).to_contain_text(order["number"])
    noor.locator(f"section[aria-labelledby=day-{DAY}] .week-title a").first.click()
    press(noor, "Beginnen")
    press(noor, "Gereedmelden")
    noor.locator("details.act[open] textarea[name=note]").fill("Nieuwe lamp.")
    noor.locator("details.act[open] form button").click()
    assert state_of(desk, order) == "technically_complete"


def test_work_is_dragged_to_a_day(desk: Desk) -> None:
    order = order_of(desk, "lamp-broken", "De lamp bij de lift is uit.")
    noor = desk.open("noor", f"/team/week?week={DAY}")
    row = noor.locator("li.to-plan").filter(has_text=order["number"])
    row.drag_to(noor.locator(f"[data-day='{DAY}'] h2"))
    noor.wait_for_url(f"**/plan?day={DAY}")
    expect(noor.locator("input[name=day]")).to_have_value(DAY)
