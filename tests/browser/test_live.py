"""Open pages follow what happens: at once, with nothing lost between the page and its stream, and after it
broke.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from deskcli.backlog import Backlog
from deskcli.system import System
from playwright.sync_api import Page, Route, expect

from .conftest import PATIENCE_MILLISECONDS, Desk

Report = Callable[..., dict[str, Any]]
# What a browser says when nobody answers, or a house that starts says that it can't yet.
NO_ANSWER = ("net::ERR", "status of 502", "status of 503", "htmx:sendError")

AT_ONCE = 3.0  # seconds
# What a browser does when another tab covers the page.
LOOK = """Object.defineProperty(document, "hidden", {{ value: {hidden}, configurable: true }});
document.dispatchEvent(new Event("visibilitychange"));"""


def reply(desk: Desk, made: dict[str, Any], text: str) -> None:
    desk.stage.person("sanne").post(f"/requests/{made['requestId']}/replies", {"text": text})


def expect_state(page: Page, state: str) -> None:
    expect(page.locator(".live-state")).to_have_attribute("data-state", state)


def wait_for(page: Page, held: list[Route]) -> None:
    """Until the page has asked for what is held up."""
    limit = time.monotonic() + PATIENCE_MILLISECONDS / 1000
    while not held:
        assert time.monotonic() < limit, "nothing was asked for"
        page.wait_for_timeout(50)


def forgive_no_answer(desk: Desk) -> None:
    """That nobody answered for a while is what the test was about."""
    assert [each for each in desk.complaints if not any(known in each for known in NO_ANSWER)] == []
    desk.complaints.clear()


def test_a_note_is_seen_at_once_by_whoever_has_the_dossier_open(desk: Desk, report: Report) -> None:
    made = report("sanne", "De deur klemt bij de ingang.")
    path = f"/desk/requests/{made['requestId']}"
    amira, joost = desk.open("amira", path), desk.open("joost", path)
    expect_state(joost, "live")
    amira.locator("summary", has_text="Vragen").click()
    amira.locator("#question-text").fill("Welke deur precies?")
    amira.get_by_role("button", name="Vraag versturen").click()
    expect(joost.locator(".timeline")).to_contain_text("Welke deur precies?")
    # A page that asked now and then would be late half of the time; a busy machine is late once.
    assert median(seconds_until_seen(desk, made, joost, f"Deur {n}.") for n in range(5)) < AT_ONCE


def seconds_until_seen(desk: Desk, made: dict[str, Any], page: Page, text: str) -> float:
    began = time.monotonic()
    reply(desk, made, text)
    expect(page.locator(".timeline")).to_contain_text(text)
    return time.monotonic() - began


def test_who_writes_is_not_disturbed_by_what_changes(desk: Desk, report: Report) -> None:
    made = report("sanne", "Het ruikt vreemd in de gang.")
    page = desk.open("amira", f"/desk/requests/{made['requestId']}")
    expect(page.locator(".live-state")).to_have_attribute("data-state", "live")
    page.locator("summary", has_text="Notitie").click()
    page.locator("#note-text").fill("Ik ga eerst zelf ruiken.")
    desk.stage.person("sanne").post(f"/requests/{made['requestId']}/replies", {"text": "Het is nu weg."})
    page.wait_for_timeout(1500)
    expect(page.locator("#note-text")).to_have_value("Ik ga eerst zelf ruiken.")


def test_a_click_that_was_begun_before_a_change_is_a_click(desk: Desk, report: Report) -> None:
    """Between the press and the release the part in which it is would be renewed."""
    made = report("sanne", "De lade klemt.")
    page = desk.open("amira", f"/desk/requests/{made['requestId']}")
    expect_state(page, "live")
    page.locator("summary", has_text="Notitie").hover()
    page.mouse.down()
    reply(desk, made, "Nu kan hij ook niet meer dicht.")
    page.wait_for_timeout(1500)
    page.mouse.up()
    expect(page.locator("#note-text")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    expect(page.locator(".timeline")).to_contain_text("Nu kan hij ook niet meer dicht.")


def test_what_is_typed_while_the_answer_is_on_its_way_stays(desk: Desk, report: Report) -> None:
    """The part was asked for before anybody wrote; its answer comes when somebody does."""
    made = report("sanne", "De klok op de gang staat stil.")
    page = desk.open("amira", f"/desk/requests/{made['requestId']}")
    expect_state(page, "live")
    held: list[Route] = []

    def hold(route: Route) -> None:  # Playwright marks what it is given, and can't mark `held.append`
        held.append(route)

    page.route(f"**/desk/requests/{made['requestId']}*", hold)
    reply(desk, made, "Hij loopt weer.")
    wait_for(page, held)
    page.locator("summary", has_text="Notitie").click()
    page.locator("#note-text").fill("Ik kijk even.")
    for route in held:
        route.continue_()
    page.wait_for_timeout(1000)
    expect(page.locator("#note-text")).to_have_value("Ik kijk even.")
    page.unroute_all()
    page.locator("#note-text").fill("")
    page.locator("h1").click()
    expect(page.locator(".timeline")).to_contain_text("Hij loopt weer.")


def test_what_happens_between_the_page_and_its_stream_is_shown(desk: Desk, report: Report) -> None:
    made, held = report("sanne", "Het raam sluit niet."), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page = desk.window()
    page.route("**/live?*", hold)
    desk.sign_in(page, "amira", f"/desk/requests/{made['requestId']}")
    wait_for(page, held)
    reply(desk, made, "Het tocht nu.")
    held[0].continue_()
    expect(page.locator(".timeline")).to_contain_text("Het tocht nu.")


def test_a_dossier_that_was_opened_from_the_list_is_live_too(desk: Desk, report: Report) -> None:
    made = report("sanne", "De schuifdeur piept.")
    page = desk.open("amira", f"/desk?q={made['reference']}")
    page.locator(f'#list .row[data-request="{made["requestId"]}"]').click()
    expect(page.locator("#dossier .reference").first).to_contain_text(made["reference"])
    reply(desk, made, "Vooral 's ochtends.")
    expect(page.locator(".timeline")).to_contain_text("Vooral 's ochtends.")


def test_nothing_is_asked_again_when_nothing_happened(desk: Desk, report: Report, system: System) -> None:
    path = f"/requests/{report('sanne', 'Mag de heg lager?')['requestId']}"
    page, asked = desk.window(), list[str]()
    with Backlog(system.urls) as backlog:
        backlog.wait()  # its clocks have begun, its mail is sent
    page.on("request", lambda request: asked.append(request.url))
    desk.sign_in(page, "sanne", path)
    expect_state(page, "live")
    page.wait_for_timeout(2_000)
    assert asked.count(desk.address + path) == 1


def test_a_part_without_an_answer_stays_and_asks_again(desk: Desk, report: Report) -> None:
    made, failed = report("sanne", "De deurbel doet het niet."), list[str]()

    def fail_once(route: Route) -> None:
        if "hx-request" in route.request.headers and not failed:
            failed.append(route.request.url)
            route.fulfill(status=503, content_type="text/html", body="<p>Not now</p>")
        else:
            route.continue_()

    page = desk.window()
    page.route("**/desk/requests/*", fail_once)
    desk.sign_in(page, "amira", f"/desk/requests/{made['requestId']}")
    expect_state(page, "live")
    reply(desk, made, "Alleen als het regent.")
    expect(page.locator(".timeline")).to_contain_text("Alleen als het regent.")
    assert failed
    forgive_no_answer(desk)


def test_a_part_that_is_renewed_takes_no_focus_and_closes_nothing(desk: Desk, report: Report) -> None:
    made = report("sanne", "De kapstok hangt los.")
    page = desk.open("amira", f"/desk/requests/{made['requestId']}")
    expect_state(page, "live")
    page.locator("summary", has_text="Notitie").click()
    expect(page.locator("#note-text")).to_be_focused()
    page.locator("summary", has_text="Vragen").focus()
    for text in ("Nu ligt hij op de grond.", "Iemand heeft hem weer opgehangen."):
        reply(desk, made, text)
        expect(page.locator(".timeline")).to_contain_text(text)
    expect(page.locator("summary", has_text="Vragen")).to_be_focused()
    expect(page.locator("#note-text")).to_be_visible()


def test_a_page_that_nobody_sees_gives_its_connection_back(desk: Desk, report: Report) -> None:
    made = report("sanne", "De klok loopt achter.")
    page = desk.window()
    page.clock.install()
    desk.sign_in(page, "amira", f"/desk/requests/{made['requestId']}")
    expect_state(page, "live")
    page.evaluate(LOOK.format(hidden="true"))
    page.clock.run_for(16_000)
    reply(desk, made, "Tien minuten al.")
    page.wait_for_timeout(500)
    expect(page.locator(".timeline")).not_to_contain_text("Tien minuten al.")
    page.evaluate(LOOK.format(hidden="false"))
    page.clock.resume()
    expect(page.locator(".timeline")).to_contain_text("Tien minuten al.")


def test_a_connection_that_breaks_says_so_and_catches_up(desk: Desk, report: Report) -> None:
    made = report("sanne", "De printer knippert.")
    page = desk.open("amira", f"/desk/requests/{made['requestId']}")
    expect_state(page, "live")
    desk.stage.control("stop", name="gateway")
    expect_state(page, "lost")
    desk.stage.control("start", name="gateway")
    reply(desk, made, "Nu brandt hij rood.")
    expect_state(page, "live")
    expect(page.locator(".timeline")).to_contain_text("Nu brandt hij rood.")
    reply(desk, made, "En nu is hij uit.")
    expect(page.locator(".timeline")).to_contain_text("En nu is hij uit.")
    forgive_no_answer(desk)


def test_signing_out_ends_the_live_stream(desk: Desk) -> None:
    page = desk.open("amira", "/desk")
    expect(page.locator(".live-state")).to_have_attribute("data-state", "live")
    other = page.context.new_page()
    other.goto("/desk/new")
    other.locator("details.menu > summary").last.click()
    other.locator("form[action='/sign-out'] button").click()
    expect(page.locator(".live-state")).to_have_text("Afgemeld")
