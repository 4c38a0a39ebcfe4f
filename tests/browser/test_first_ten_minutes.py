"""The first ten minutes of product.md, lived on screen by six people at once, from the first report to the
figures.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Desk
from .test_desk import type_a_name

VONK_VAL = "planning@vonk-val.example"
SLOW = 120_000  # deliveries that wait their turn, a supplier's own pace
RADIATOR = "De radiator op 3.12 blijft koud."
AGAIN = "Na een uur weer koud."


@pytest.fixture
def people(desk: Desk) -> Iterator[dict[str, Page]]:
    """Each in a window of their own. The supplier's program works by hand until the end of the story."""
    found = {
        "sanne": desk.open("sanne", "/demo"),
        "amira": desk.open("amira", "/desk"),
        "supplier": desk.open(VONK_VAL, "/supplier"),
        "karin": desk.open("karin", "/manage"),
        "lars": desk.open("lars", "/manage/products"),
        "visitor": desk.open(None, "/demo/suppliers", locale="nl-NL"),
    }
    yield found
    visitor = found["visitor"]
    switch(visitor, "mode", "accept")
    if visitor.locator("form[action='/demo/suppliers/supplier-vonk-val/start']").count():
        switch(visitor, "start")


def switch(page: Page, action: str, mode: str = "") -> None:
    """Stop or start the program of Vonk & Val, or tell it how to behave."""
    page.goto("/demo/suppliers")
    if mode:
        page.locator("#mode-vonk-val").select_option(mode)
    page.locator(f"form[action='/demo/suppliers/supplier-vonk-val/{action}'] button").click()
    expect(page.locator(".said")).to_be_visible(timeout=SLOW)


def report(page: Page, text: str, product: str = "heating-fault") -> str:
    """Through the service site; answers the number."""
    page.goto(f"/report/{product}")
    for group in page.locator(".question fieldset:has(input[name^='answers.'])").all():
        group.locator("input[type=radio]").first.check()
    page.locator("#text").fill(text)
    page.locator("#report footer button.main").click()
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}"))
    return page.locator("header .reference").inner_text()


def open_dossier(page: Page, number: str) -> None:
    page.goto(f"/desk?q={number}")
    page.locator("#list .row", has_text=number).click()
    expect(page.locator("#dossier .reference").first).to_contain_text(number)


def open_job(page: Page, number: str) -> None:
    """From the list of those who carry out work, where it has come by itself."""
    page.goto("/supplier")
    card = job(page, number)
    expect(card).to_be_visible(timeout=SLOW)
    card.locator("h4 a").click()
    expect(page.locator("#order")).to_be_visible()


def job(page: Page, number: str) -> Locator:
    return page.locator("article.job", has_text=number)


def act(page: Page, name: str, **filled: str) -> None:
    """A button of an order, and what its form asks."""
    page.evaluate("window.before = true")  # what is said has to be said by the page that comes
    page.locator(".job-actions").get_by_text(name, exact=True).first.click()
    form = page.locator("details.act[open] form")
    for field, text in filled.items():
        form.locator(f"[name={field}]").fill(text)
    if form.count():
        form.locator("button").click()
    page.wait_for_function("!window.before")
    expect(page.locator(".said")).to_be_visible()


def test_the_first_ten_minutes(desk: Desk, people: dict[str, Page]) -> None:
    sanne, amira, supplier = people["sanne"], people["amira"], people["supplier"]
    switch(people["visitor"], "mode", "manual")

    # A report: a number, a promise, and who has it. The supplier accepts by hand, and the desk sees it live.
    number = report(sanne, RADIATOR)
    expect(sanne.locator(".promise")).to_be_visible()
    expect(sanne.locator("main")).to_contain_text("Vonk & Val", timeout=SLOW)
    open_dossier(amira, number)
    expect(amira.locator(".live-state")).to_have_attribute("data-state", "live")
    open_job(supplier, number)
    act(supplier, "Accepteren")
    expect(amira.locator("#dossier .orders")).to_contain_text("Geaccepteerd", timeout=SLOW)

    take_a_call(amira)
    second = stop_the_supplier(people)
    move_the_clock(people["visitor"], amira, second)

    # Done, says the supplier. Not solved, says Sanne. A second round.
    open_job(supplier, number)
    act(supplier, "Gereedmelden", note="Ontlucht en bijgevuld.")
    sanne.goto("/requests")
    sanne.locator("a", has_text=number).first.click()
    refusal = sanne.locator("details:has(form[action$='/reopen'])")
    refusal.locator("summary").click(timeout=SLOW)
    refusal.locator("[name=reason]").fill(AGAIN)
    refusal.locator("button").click()
    expect(sanne.locator(".timeline").first).to_contain_text(AGAIN)
    open_dossier(amira, number)
    expect(amira.locator("#dossier .orders")).to_contain_text("ronde 2", timeout=SLOW)
    expect(amira.locator("#dossier .timeline")).to_contain_text(AGAIN)

    publish_a_product(people["lars"], sanne)
    look_at_the_figures(people["karin"], sanne)


def take_a_call(amira: Page) -> None:
    """With the keyboard alone, in less than half a minute."""
    amira.goto("/desk")
    began = time.monotonic()
    amira.keyboard.press("c")
    expect(amira.locator("#person_q")).to_be_focused()
    type_a_name(amira, "daan mit")
    expect(amira.get_by_role("radio", name="Daan Mitchell")).to_be_visible()
    for key in ("Tab", "Space"):
        amira.keyboard.press(key)
    expect(amira.locator("#caller h2")).to_have_text("Daan Mitchell")
    amira.keyboard.press("Tab")
    amira.keyboard.type("My lamp is broken.")
    amira.keyboard.press("Control+Enter")
    amira.wait_for_url("**/desk/requests/*")
    assert time.monotonic() - began < 30
    expect(amira.locator("#dossier h1")).to_contain_text("My lamp is broken.")


def stop_the_supplier(people: dict[str, Page]) -> str:
    """The delivery fails, shows up in the repair list, and is brought again; answers the number."""
    visitor, amira = people["visitor"], people["amira"]
    switch(visitor, "stop")
    number = report(people["sanne"], "Nu is het op 3.14 ook koud.")
    open_dossier(amira, number)
    orders = amira.locator("#dossier .orders")
    expect(orders).to_contain_text("Bezorging mislukt", timeout=SLOW)
    karin = people["karin"]
    karin.goto("/desk/repair")
    expect(karin.locator(".cause", has_text="Niet afgeleverd").first).to_be_visible(timeout=SLOW)
    switch(visitor, "start")
    amira.locator("#dossier form[action$='/redeliver'] button").first.click()
    expect(orders).not_to_contain_text("Bezorging", timeout=SLOW)
    people["supplier"].goto("/supplier")
    expect(job(people["supplier"], number)).to_be_visible(timeout=SLOW)
    return number


def move_the_clock(visitor: Page, amira: Page, number: str) -> None:
    """Until a deadline has passed: it asks for attention, and explains every minute."""
    visitor.goto("/demo/clock")
    visitor.locator("form.leaps button[value=week]").click()
    expect(visitor.locator(".said")).to_be_visible()
    open_dossier(amira, number)
    late = amira.locator("#dossier .clock.tone-bad").first
    expect(late).to_be_visible(timeout=SLOW)
    late.locator("details > summary").first.click()
    expect(late.locator("details p").first).to_contain_text("werkuren")
    amira.goto("/desk?queue=attention")
    expect(amira.locator("#list .row", has_text=number)).to_be_visible(timeout=SLOW)


def publish_a_product(lars: Page, sanne: Page) -> None:
    """Without code, and asked for at once."""
    lars.locator("a", has_text="Nieuw product").click()
    lars.locator("#name").fill("Fietspomp te leen")
    lars.locator("#category").fill("Receptie en parkeren")
    lars.locator("#lead_time").fill("1")
    lars.locator("#step_1_title").fill("Fietspomp brengen")
    lars.locator("#step_1_provider").select_option(label="Huisdienst")
    lars.get_by_role("button", name="Eerst bekijken").click()
    expect(lars.get_by_role("status").first).to_contain_text("Fietspomp brengen")
    lars.get_by_role("button", name="Publiceren").click()
    lars.wait_for_url("**/products/fietspomp-te-leen")
    report(sanne, "Voor een lekke band.", "fietspomp-te-leen")
    expect(sanne.locator("main")).to_contain_text("Huisdienst", timeout=SLOW)


def look_at_the_figures(karin: Page, sanne: Page) -> None:
    """How the desk is doing, on one page; and the tour has seen all of it happen."""
    karin.goto("/manage")
    expect(karin.locator(".figure").first).to_be_visible()
    sanne.goto("/demo")
    expect(sanne.locator(".tour-head")).to_contain_text("9 van 10", timeout=SLOW)
    step = sanne.locator("li.tour-step").last
    if step.locator("details").get_attribute("open") is None:
        step.locator("summary").click()
    step.get_by_role("button").first.click()
    sanne.wait_for_url("**/manage")
    sanne.goto("/demo")
    expect(sanne.locator(".tour-head")).to_contain_text("10 van 10")
