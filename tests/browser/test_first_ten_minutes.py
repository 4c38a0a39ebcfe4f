"""The first ten minutes of product.md, lived on screen by four people at once, from the first report to the
figures.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Desk

VONK_VAL = "planning@vonk-val.example"
SLOW = 40_000  # the demo supplier's own pace, deliveries that wait their turn
RADIATOR = "De radiator op 3.12 blijft koud."


def switch(page: Page, process: str, action: str) -> None:
    page.goto("/demo/suppliers")
    page.locator(f"form[action='/demo/suppliers/{process}/{action}'] button").click()
    page.wait_for_load_state()


def behave(page: Page, mode: str) -> None:
    page.goto("/demo/suppliers")
    page.locator("#mode-vonk-val").select_option(mode)
    page.locator("form[action='/demo/suppliers/supplier-vonk-val/mode'] button").click()
    page.wait_for_load_state()


def report_radiator(page: Page, text: str) -> str:
    """Through the service site; answers the number."""
    page.goto("/report/heating-fault")
    page.locator("#report input[type=radio][name^='answers.']").first.check()
    page.locator("#text").fill(text)
    page.locator("#report footer button.main").click()
    page.wait_for_url(re.compile("/requests/[0-9a-f-]{36}"))
    number = re.search(r"SD-\d\d-\d{6}", page.locator("main").inner_text())
    assert number
    return number[0]


def open_dossier(page: Page, number: str) -> None:
    page.goto(f"/desk?q={number}")
    page.locator("#list .row", has_text=number).click()
    expect(page.locator("#dossier .reference").first).to_have_text(number)


@pytest.mark.timeout(420)
def test_the_first_ten_minutes(desk: Desk) -> None:
    sanne, amira = desk.open("sanne", "/demo"), desk.open("amira", "/desk")
    supplier, karin = desk.open(VONK_VAL, "/supplier"), desk.open("karin", "/manage")
    expect(sanne.get_by_role("heading", level=1)).to_be_visible()

    # A report, with a number, a promise and who has it. The supplier accepts it by hand.
    behave(amira, "manual")
    number = report_radiator(sanne, RADIATOR)
    expect(sanne.locator("main")).to_contain_text("Vonk & Val", timeout=SLOW)
    supplier.goto("/supplier")
    job = supplier.locator(".job, .card, li", has_text=number).last
    expect(job).to_be_visible(timeout=SLOW)
    open_dossier(amira, number)
    expect(amira.locator(".live-state")).to_have_attribute("data-state", "live")
    supplier.get_by_text(number).first.click()
    supplier.locator(
        "form[action$='/accept'] button, details:has(form[action$='/accept']) > summary"
    ).first.click()
    if supplier.locator("form[action$='/accept'] button.main").is_visible():
        supplier.locator("form[action$='/accept'] button.main").click()
    expect(amira.locator(".orders")).to_contain_text("Geaccepteerd", timeout=5_000)  # live, without a reload

    # A telephone call, with the keyboard.
    amira.goto("/desk/new")
    amira.keyboard.type("daan mit")
    expect(amira.get_by_role("radio", name="Daan Mitchell")).to_be_visible()
    amira.keyboard.press("Tab")
    amira.keyboard.press("Space")
    amira.keyboard.press("Tab")
    amira.keyboard.type("My lamp is broken.")
    amira.keyboard.press("Control+Enter")
    amira.wait_for_url(re.compile("/desk/requests/"))

    # The supplier stops. The delivery fails, shows up, and is replayed from the repair list.
    switch(amira, "supplier-vonk-val", "stop")
    second = report_radiator(sanne, "Nu is het op 3.14 ook koud.")
    open_dossier(amira, second)
    expect(amira.locator(".orders")).to_contain_text("Bezorging mislukt", timeout=90_000)
    karin.goto("/desk/repair")
    cause = karin.locator(".cause").first
    expect(cause).to_be_visible(timeout=SLOW)
    switch(amira, "supplier-vonk-val", "start")
    open_dossier(amira, second)
    amira.locator("form[action$='/redeliver'] button").first.click()
    expect(amira.locator(".orders")).not_to_contain_text("Bezorging mislukt", timeout=SLOW)
    supplier.goto("/supplier")
    expect(supplier.get_by_text(second).first).to_be_visible(timeout=SLOW)

    # The clock moves on until a deadline has passed: it is signalled, and explains itself.
    amira.goto("/demo/clock")
    amira.locator("form.leaps button").last.click()
    amira.wait_for_load_state()
    open_dossier(amira, second)
    expect(amira.locator(".clock.tone-bad").first).to_be_visible(timeout=SLOW)
    amira.locator(".clock.tone-bad details > summary").first.click()
    expect(amira.locator(".clock.tone-bad details p").first).to_contain_text("werkuren")
    amira.goto("/desk?queue=attention")
    expect(amira.locator("#list .row", has_text=second)).to_be_visible(timeout=SLOW)

    # Done, says the supplier. Not solved, says Sanne. A second round, and then it is.
    supplier.goto("/supplier")
    supplier.get_by_text(number).first.click()
    supplier.locator("details:has(form[action$='/complete']) > summary").first.click()
    supplier.locator("form[action$='/complete'] button.main").click()
    sanne.goto("/requests")
    sanne.locator("a", has_text=number).first.click()
    reopen = sanne.locator("details:has(form[action$='/reopen']) > summary")
    expect(reopen).to_be_visible(timeout=SLOW)
    reopen.click()
    sanne.locator("form[action$='/reopen'] [name=reason]").fill("Na een uur weer koud.")
    sanne.locator("form[action$='/reopen'] button").last.click()
    open_dossier(amira, number)
    expect(amira.locator(".orders")).to_contain_text(f"{number}-2", timeout=SLOW)
    expect(amira.locator(".timeline")).to_contain_text("Na een uur weer koud.")

    # How the desk is doing, on one page; and the tour has seen it all happen.
    karin.goto("/manage")
    expect(karin.locator(".figure").first).to_be_visible()
    sanne.goto("/demo")
    done = re.search(r"(\d+) van 10", sanne.locator("main").inner_text())
    assert done
    assert int(done[1]) >= 7
