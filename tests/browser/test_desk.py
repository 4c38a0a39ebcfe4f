"""The desk, as an agent works with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

from playwright.sync_api import Page, expect

from .conftest import Desk

Report = Callable[..., dict[str, Any]]


def test_a_call_is_registered_with_the_keyboard_alone_within_half_a_minute(desk: Desk) -> None:
    page = desk.open("amira", "/desk")
    began = time.monotonic()
    page.keyboard.press("c")
    expect(page.locator("#person_q")).to_be_focused()
    type_a_name(page, "daan mit")
    expect(page.get_by_role("radio", name="Daan Mitchell")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#caller h2")).to_have_text("Daan Mitchell")
    page.keyboard.press("Tab")
    page.keyboard.type("De koffieautomaat op de tweede verdieping lekt.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/desk/requests/*")
    assert time.monotonic() - began < 30
    expect(page.locator("#dossier h1")).to_contain_text("koffieautomaat")
    expect(page.locator("#who-heading + dl")).to_contain_text("Daan Mitchell")


def type_a_name(page: Page, words: str) -> None:
    """Until those are shown who are found by all of it: a part of it finds them sooner, and is replaced."""
    with page.expect_response(lambda answer: f"person_q={words}" in unquote_plus(answer.url)):
        page.keyboard.type(words)
    expect(page.locator("#person_q.htmx-request")).to_have_count(0)


def test_what_was_typed_survives_what_is_wrong(desk: Desk) -> None:
    page = desk.open("amira", "/desk/new")
    page.locator("#text").fill("   ")
    page.locator("#person_q").fill("daan")
    page.locator("#text").evaluate("element => element.required = false")
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#text")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#person_q")).to_have_value("daan")


def test_a_request_is_assessed_and_its_process_starts(desk: Desk, report: Report) -> None:
    made = report("sanne", "De verwarming doet raar, kunt u kijken?")
    page = desk.open("amira", f"/desk/requests/{made['requestId']}?queue=triage")
    page.locator("#triage-product").select_option(label="Verwarming of koeling doet het niet")
    page.locator("#triage-questions input[type=radio]").first.check()
    page.get_by_role("button", name="Accepteren en starten").click()
    expect(page.locator(".dossier-head")).to_contain_text("In behandeling")
    expect(page.locator("#orders-heading")).to_be_visible()


def test_two_agents_who_change_the_same_are_told(desk: Desk, report: Report) -> None:
    made = report("sanne", "Mag er een extra stopcontact komen?")
    path = f"/desk/requests/{made['requestId']}"
    first, second = desk.open("amira", path), desk.open("joost", path)
    for page, reason in ((first, "Dat doen wij niet."), (second, "Te duur.")):
        page.locator("summary", has_text="Afwijzen").click()
        page.locator("#reject-reason").fill(reason)
    first.get_by_role("button", name="Afwijzen", exact=True).click()
    expect(first.locator(".dossier-head")).to_contain_text("Afgewezen")
    second.get_by_role("button", name="Afwijzen", exact=True).click()
    expect(second.get_by_role("alert").first).to_be_visible()
    expect(second.locator(".dossier-head")).to_contain_text("Afgewezen")


def test_the_list_is_walked_with_j_and_k_and_opened_with_enter(desk: Desk, report: Report) -> None:
    for number in range(3):
        report("sanne", f"Lamp {number} is kapot.")
    page = desk.open("amira", "/desk?queue=all")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("#list .row").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#dossier h1")).to_be_visible()
    expect(page.locator("#list .row").first).to_have_attribute("aria-current", "true")


def test_the_palette_goes_anywhere(desk: Desk, report: Report) -> None:
    made = report("sanne", "De zonwering zakt niet meer.")
    page = desk.open("amira", "/desk")
    page.keyboard.press("Control+k")
    page.keyboard.type(made["reference"])
    expect(page.locator(".palette-results a", has_text=made["reference"])).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/requests/{made['requestId']}")


def test_without_scripts_the_desk_works(desk: Desk, report: Report) -> None:
    report("sanne", "Zonder script is de kraan ook kapot.")
    page = desk.open("amira", "/desk?queue=all", java_script_enabled=False)
    page.locator("#list .row", has_text="Zonder script").first.click()
    expect(page.locator("#dossier h1")).to_contain_text("Zonder script")
    page.locator("summary", has_text="Notitie").click()
    page.locator("#note-text").fill("Gebeld.")
    page.get_by_role("button", name="Notitie toevoegen").click()
    expect(page.locator(".timeline")).to_contain_text("Gebeld.")
