"""Those who carry out work, on the telephone in their hand; and a supplier who has nothing but a link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, Desk, order_of

TOMORROW = "2030-03-05T10:00"


def press(page: Page, name: str) -> None:
    page.locator(".job-actions").get_by_text(name, exact=True).first.click()


def state_of(desk: Desk, order: dict[str, str]) -> str:
    found = desk.stage.person("amira").get(f"/work-orders/{order['workOrderId']}")
    return str(found["state"])


def test_a_mechanic_accepts_plans_and_completes_with_a_thumb(desk: Desk) -> None:
    order = order_of(desk, "lamp-broken", "De lamp bij de kast flikkert.")
    page = desk.open("tom", "/team", viewport=PHONE)
    card = page.locator("article.job").filter(has_text=order["number"])
    expect(card).to_contain_text("De lamp bij de kast flikkert.")
    expect(card.locator("a[href^='tel:']")).to_be_visible()
    card.locator("h4 a").click()
    press(page, "Accepteren")
    expect(page.locator(".said")).to_contain_text("Geaccepteerd")
    press(page, "Inplannen")
    page.locator("details.act[open] input[name=planned_from]").fill(TOMORROW)
    page.locator("details.act[open] form button").click()
    expect(page.locator("#order")).to_contain_text("Ingepland")
    press(page, "Beginnen")
    press(page, "Gereedmelden")
    page.locator("details.act[open] textarea[name=note]").fill("Nieuwe buis geplaatst.")
    page.locator("details.act[open] input[name=cost]").fill("12,50")
    page.locator("details.act[open] form button").click()
    expect(page.locator("#order")).to_contain_text("Technisch gereed")
    expect(page.locator("#order")).to_contain_text("Nieuwe buis geplaatst.")
    assert state_of(desk, order) == "technically_complete"
    page.goto("/team")
    expect(page.locator("article.job").filter(has_text=order["number"])).to_have_count(0)


def test_new_work_appears_by_itself(desk: Desk) -> None:
    page = desk.open("tom", "/team", viewport=PHONE)
    expect(page.locator(".live-state[data-state=live]")).to_be_visible()
    order = order_of(desk, "lamp-broken", "Nog een lamp.")
    expect(page.locator("article.job").filter(has_text=order["number"])).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(scripts: bool, desk: Desk) -> None:
    order = order_of(desk, "lamp-broken", "Weer een lamp.")
    page = desk.open(
        "tom", f"/team/orders/{order['workOrderId']}", java_script_enabled=scripts, viewport=PHONE
    )
    press(page, "Weigeren")
    page.locator("details.act[open] input[name=reason]").fill("Geen ladder die hoog genoeg is.")
    page.locator("details.act[open] form button").click()
    expect(page.locator("main")).to_contain_text("Geen ladder die hoog genoeg is.")
    assert state_of(desk, order) == "refused"


def test_a_supplier_accepts_by_link_without_an_account(desk: Desk) -> None:
    order = order_of(desk, "extra-cleaning", "Graag de hal extra dweilen.")
    agent = desk.open("amira", f"/desk/orders/{order['workOrderId']}/link")
    link = agent.locator("#link").input_value()
    assert link.startswith(desk.address)
    page = desk.open(None, link.removeprefix(desk.address), viewport=PHONE, locale="nl-NL")
    expect(page.locator("main")).to_contain_text("Graag de hal extra dweilen.")
    press(page, "Accepteren")
    expect(page.locator("main")).to_contain_text("Geaccepteerd")
    found = desk.stage.person("amira").get(f"/work-orders/{order['workOrderId']}")
    assert found["state"] == "accepted"
    assert found["history"][-1]["by"] == {"kind": "supplier", "name": "Bezemwijs"}


def test_after_rerouting_the_link_says_that_it_has_ended(desk: Desk) -> None:
    order = order_of(desk, "extra-cleaning", "Graag de trap dweilen.")
    amira = desk.stage.person("amira")
    path = f"/work-orders/{order['workOrderId']}"
    link = amira.get(f"{path}/link")["path"]
    team = next(one for one in amira.get("/providers")["items"] if one["slug"] == "huisdienst")
    version = amira.get(path)["version"]
    body = {"providerId": team["providerId"], "reason": "De Huisdienst is er al."}
    amira.post(f"{path}/reroute", body, version=version)
    page = desk.open(None, link, locale="nl-NL")
    expect(page.locator("h1")).to_have_text("Deze link werkt niet meer")
