"""The desk, as an agent works with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from .conftest import Desk

Report = Callable[..., dict[str, Any]]


def test_a_call_is_registered_with_the_keyboard_alone_within_half_a_minute(desk: Desk) -> None:
    page = desk.open("amira", "/desk")
    began = time.monotonic()
    page.keyboard.press("c")
    page.wait_for_url("**/desk/new")
    page.keyboard.type("daan mit")
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
    expect(page.locator("#orders-heading")).to_be_visible(timeout=15_000)


def test_a_note_is_seen_at_once_by_whoever_has_the_dossier_open(desk: Desk, report: Report) -> None:
    made = report("sanne", "De deur klemt bij de ingang.")
    path = f"/desk/requests/{made['requestId']}"
    amira, joost = desk.open("amira", path), desk.open("joost", path)
    expect(joost.locator(".live-state")).to_have_attribute("data-state", "live")
    amira.locator("summary", has_text="Vragen").click()
    amira.locator("#question-text").fill("Welke deur precies?")
    began = time.monotonic()
    amira.get_by_role("button", name="Vraag versturen").click()
    expect(joost.locator(".timeline")).to_contain_text("Welke deur precies?", timeout=3_000)
    assert time.monotonic() - began < 3


def test_who_writes_is_not_disturbed_by_what_changes(desk: Desk, report: Report) -> None:
    made = report("sanne", "Het ruikt vreemd in de gang.")
    page = desk.open("amira", f"/desk/requests/{made['requestId']}")
    expect(page.locator(".live-state")).to_have_attribute("data-state", "live")
    page.locator("summary", has_text="Notitie").click()
    page.locator("#note-text").fill("Ik ga eerst zelf ruiken.")
    desk.stage.person("sanne").post(f"/requests/{made['requestId']}/replies", {"text": "Het is nu weg."})
    page.wait_for_timeout(1500)
    expect(page.locator("#note-text")).to_have_value("Ik ga eerst zelf ruiken.")


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


def test_a_connection_that_breaks_says_so_and_catches_up(desk: Desk, report: Report) -> None:
    made = report("sanne", "De printer knippert.")
    page = desk.open("amira", f"/desk/requests/{made['requestId']}")
    expect(page.locator(".live-state")).to_have_attribute("data-state", "live")
    desk.stage.control("stop", name="gateway")
    expect(page.locator(".live-state")).to_have_attribute("data-state", "lost")
    desk.stage.control("start", name="gateway")
    expect(page.locator(".live-state")).to_have_attribute("data-state", "live", timeout=20_000)
    desk.stage.person("sanne").post(f"/requests/{made['requestId']}/replies", {"text": "Nu brandt hij rood."})
    expect(page.locator(".timeline")).to_contain_text("Nu brandt hij rood.", timeout=5_000)
    assert all("net::ERR" in complaint for complaint in desk.complaints)
    desk.complaints.clear()  # that nobody answered for a while is what this was about


def test_signing_out_ends_the_live_stream(desk: Desk) -> None:
    page = desk.open("amira", "/desk")
    expect(page.locator(".live-state")).to_have_attribute("data-state", "live")
    other = page.context.new_page()
    other.goto("/desk/new")
    other.locator("details.menu > summary").last.click()
    other.locator("form[action='/sign-out'] button").click()
    expect(page.locator(".live-state")).to_have_text("Afgemeld", timeout=15_000)
