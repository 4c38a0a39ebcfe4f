"""The service site, as somebody uses it who has a cold room: find, report, follow, confirm or reopen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import PHONE, Desk

Report = Callable[..., dict[str, Any]]
NUMBER = re.compile(r"SD-\d\d-\d{6}")
TEXT = "De radiator op mijn kamer blijft koud."


def report_radiator(page: Page) -> None:
    """From the search box to the number, with the words of the page alone."""
    page.goto("/")
    page.get_by_role("searchbox").fill("radiator koud")
    if page.evaluate("document.documentElement.dataset.script") != "on":
        page.get_by_role("button", name="Zoeken").click()
    page.locator("#found a.product").filter(has_text="Verwarming of koeling").click()
    expect(page.get_by_text("Als u het nu verstuurt")).to_be_visible()
    page.get_by_role("link", name="Dit melden").click()
    page.get_by_role("radio", name="Het wordt niet warm").check()
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/requests/*")


def ready(desk: Desk, report: Report) -> str:
    """The id of a request whose work has been reported done."""
    made = report("sanne", TEXT, "lamp-broken")
    dossier = desk.stage.until(made["requestId"], "an order", lambda it: it["orders"])
    amira = desk.stage.person("amira")
    for order in dossier["orders"]:
        path = f"/work-orders/{order['workOrderId']}"
        for action in ("accept", "start", "complete", "check"):
            found = amira.get(path)
            if action in found["actions"]:
                amira.post(f"{path}/{action}", {}, version=found["version"])
    desk.stage.until(made["requestId"], "ready", lambda it: it["state"] == "ready")
    return str(made["requestId"])


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_broken_radiator_is_reported_and_followed(script: bool, desk: Desk) -> None:
    page = desk.open("sanne", "/", java_script_enabled=script, locale="nl-NL")
    report_radiator(page)
    expect(page.get_by_text(re.compile("Ontvangen. Uw nummer is SD-"))).to_be_visible()
    expect(page.locator(".reference").first).to_have_text(NUMBER)
    expect(page.locator(".promise")).to_contain_text("Uiterlijk")
    expect(page.locator("[aria-current=step]")).to_be_visible()
    page.get_by_role("link", name="Mijn aanvragen").click()
    expect(page.get_by_role("link", name=re.compile(TEXT)).first).to_be_visible()


def test_who_has_it_appears_while_one_looks(desk: Desk) -> None:
    page = desk.open("sanne", "/", locale="nl-NL")
    report_radiator(page)
    expect(page.locator("#who + ol")).to_contain_text("Vonk & Val")


def test_it_can_be_done_with_the_keyboard_alone(desk: Desk) -> None:
    page = desk.open("sanne", "/report", locale="nl-NL")
    page.locator("#text").focus()
    page.keyboard.type("De deur van de kast klemt.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/requests/*")
    expect(page.locator("h1")).to_have_text("De deur van de kast klemt.")
    page.locator("#reply-text").focus()
    page.keyboard.type("Het is de linkerdeur.")
    page.keyboard.press("Tab")  # to the choice of files, and on
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".timeline")).to_contain_text("Het is de linkerdeur.")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_photo_goes_along_and_a_bad_file_costs_nothing(script: bool, desk: Desk) -> None:
    page = desk.open("sanne", "/report", java_script_enabled=script, locale="nl-NL")
    page.locator("#text").fill("De wand is nat.")
    photo = {"name": "wand.png", "mimeType": "image/png", "buffer": picture()}
    tool = {"name": "tool.exe", "mimeType": "image/png", "buffer": b"MZ\x90\x00"}
    page.locator("#attachments").set_input_files([photo, tool])
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("#attachments-wrong")).to_contain_text("tool.exe")
    expect(page.locator("#text")).to_have_value("De wand is nat.")
    expect(page.get_by_label("wand.png")).to_be_checked()
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/requests/*")
    expect(page.locator(".attachments")).to_contain_text("wand.png")
    if script:
        page.wait_for_function("document.querySelector('.attachments img').naturalWidth === 8")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


def test_a_stranger_reads_and_signs_in_only_to_send(desk: Desk) -> None:
    page = desk.open(None, "/?q=radiator", locale="nl-NL")
    page.locator(".answer summary").first.click()
    expect(page.get_by_text("Draai de knop op stand 3")).to_be_visible()
    page.get_by_role("button", name="Toch melden").click()
    page.wait_for_url("**/report/**")
    expect(page.locator("#text")).to_have_value("radiator")
    page.get_by_role("radio", name="Het wordt niet warm").check()
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="Versturen").click()
    page.locator("#email").fill("daan@meerwal.example")
    page.locator("#password").fill(desk.password)
    page.locator("main form button").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    page.locator("main form button").click()
    page.wait_for_url("**/requests/*")
    expect(page.locator("h1")).to_have_text(TEXT)


def test_an_answer_that_helped_needs_no_report(desk: Desk) -> None:
    page = desk.open(None, "/?q=wifi", locale="nl-NL")
    page.locator(".answer summary").first.click()
    page.get_by_role("button", name="Dit hielp mij").first.click()
    expect(page.get_by_role("status").filter(has_text="U hoeft niets te melden")).to_be_visible()


def test_what_is_done_is_confirmed(desk: Desk, report: Report) -> None:
    page = desk.open("sanne", f"/requests/{ready(desk, report)}", locale="nl-NL")
    page.get_by_role("button", name="Het werkt weer").click()
    expect(page.locator("#now")).to_have_text("Het is opgelost en afgesloten.")


def test_what_is_not_solved_is_taken_up_again(desk: Desk, report: Report) -> None:
    page = desk.open("sanne", f"/requests/{ready(desk, report)}", viewport=PHONE, locale="nl-NL")
    page.get_by_text("Het is niet opgelost").click()
    page.locator("#reopen-reason").fill("De lamp knippert nog steeds.")
    page.get_by_role("button", name="Versturen, en ga ermee verder").click()
    expect(page.locator(".timeline")).to_contain_text("De lamp knippert nog steeds.")
    expect(page.locator("#now")).not_to_contain_text("Het is klaar")


def test_the_link_in_the_mail_opens_the_request_without_signing_in(desk: Desk, report: Report) -> None:
    request_id = ready(desk, report)
    link = link_in_mail(desk, request_id)
    page = desk.open(None, link, locale="nl-NL")
    expect(page.locator("#now")).to_contain_text("Het is klaar")
    assert page.get_by_role("link", name="Aanmelden").count()
    page.get_by_role("button", name="Het werkt weer").click()
    expect(page.locator("#now")).to_have_text("Het is opgelost en afgesloten.")


def link_in_mail(desk: Desk, request_id: str) -> str:
    """The path in the newest mail about the request, from the demo's mailbox."""
    reference = desk.stage.person("sanne").get(f"/requests/{request_id}")["reference"]
    amira = desk.stage.person("amira")

    def mails() -> list[str]:
        items = amira.get("/demo/mailbox")["items"]
        return [str(mail) for mail in items if reference in str(mail)]

    desk.stage.until(request_id, "a mail", lambda _it: mails())
    (link, *_others) = re.findall(r"/follow/[\w.-]{60,}", mails()[0])
    return str(link)


@pytest.mark.parametrize(
    ("language", "question"), [("nl", "Wat kunnen wij voor u doen?"), ("en", "What can we do for you?")]
)
def test_the_site_speaks_the_language_of_the_browser(desk: Desk, language: str, question: str) -> None:
    page = desk.open(None, "/", locale=language)
    expect(page.get_by_role("heading", level=1)).to_have_text(question)
