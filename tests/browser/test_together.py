"""Reports of the same on screen: pointed out while one types, gathered, told once, closed together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from .conftest import Desk

Report = Callable[..., dict[str, Any]]


def place(desk: Desk, name: str) -> str:
    found: str = desk.stage.person("amira").get("/locations", q=name)["items"][0]["locationId"]
    return found


def test_who_reports_what_is_known_goes_along_and_hears_what_the_desk_tells_all(
    desk: Desk, report: Report
) -> None:
    """From the words of a second reporter to one word to both, and both ready."""
    here = place(desk, "Koelcel")
    known = report("sanne", "De koelcel blijft te warm.", kind="fault", locationId=here)
    page = desk.open("daan", "/report")
    page.locator("#text").fill("De koelcel is veel te warm, de kaas zweet. In de Koelcel van De Kade.")
    # Their words name the place; once that is chosen, what is known there is pointed out.
    page.locator(f"#proposals input[name=location_id][value='{here}']").check()
    page.locator("#text").press_sequentially(" Graag snel.")
    along = page.locator("#proposals input[name=follows]").first
    expect(along).to_be_visible()
    along.check()
    page.locator("form#report footer button.main").click()
    page.wait_for_url("**/requests/*?new=1")
    his = page.url.partition("?")[0]

    other = report("sanne", "In de kantine is het vlees niet koud.", kind="fault", locationId=here)
    amira = desk.open("amira", "/desk?queue=all")
    amira.get_by_role("link", name="Meer tegelijk").click()
    for made in (known, other):
        amira.locator(f"input[name=request][value='{made['requestId']}']").check()
    amira.get_by_role("button", name="Bundelen onder een grote storing").click()
    amira.locator("#title").fill("Koeling De Kade uitgevallen")
    amira.locator("main form button.main").click()
    amira.wait_for_url("**/desk/incidents/*")
    expect(amira.locator("#members")).to_contain_text(known["reference"])
    expect(amira.locator("#members")).to_contain_text(other["reference"])

    amira.locator("summary", has_text="Alle melders inlichten").click()
    amira.locator("#text").fill("De monteur is er over een uur.")
    amira.get_by_role("button", name="Alle melders inlichten").click()
    expect(amira.locator("main")).to_contain_text("De monteur is er over een uur.")
    page.goto(his)
    expect(page.locator("#follow")).to_contain_text("De monteur is er over een uur.")
    expect(page.locator("#follow")).not_to_contain_text(known["reference"])

    amira.locator("summary", has_text="Samen afsluiten").click()
    amira.locator("#close-text").fill("De compressor is vervangen.")
    amira.get_by_role("button", name="Samen afsluiten").click()
    expect(amira.locator("main")).to_contain_text("De compressor is vervangen.")
    page.goto(his)
    expect(page.locator("form[action$='/confirm'] button")).to_be_visible()
    expect(page.locator("#follow")).to_contain_text("De compressor is vervangen.")


def test_one_is_split_off_and_goes_on_by_itself(desk: Desk, report: Report) -> None:
    first = report("sanne", "De deur van de hal klemt.", kind="fault")
    second = report("daan", "The lamp in the hall flickers.", kind="fault")
    ids = [first["requestId"], second["requestId"]]
    made = desk.stage.person("amira").post("/incidents", {"title": "De hal", "requestIds": ids})
    page = desk.open("amira", f"/desk/incidents/{made['incidentId']}")
    row = page.locator("#members li", has_text=second["reference"])
    row.get_by_role("button", name="Losmaken").click()
    expect(page.locator("#members")).not_to_contain_text(second["reference"])
    expect(page.locator("#members")).to_contain_text(first["reference"])


def test_danger_stands_on_top_and_its_reporter_reads_what_to_do(desk: Desk) -> None:
    page = desk.open("sanne", "/report")
    page.locator("#text").fill("Het ruikt naar gas in de hal.")
    expect(page.locator("#proposals [role=alert]")).to_contain_text("Bel eerst 112")
    page.locator("form#report footer button.main").click()
    page.wait_for_url("**/requests/*?new=1")
    expect(page.locator("#follow [role=alert]").first).to_contain_text("laat de deur open")
    amira = desk.open("amira", "/desk?queue=ready")
    expect(amira.locator("#list .pinned")).to_contain_text("ruikt naar gas")
