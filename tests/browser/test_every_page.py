"""What holds for every page: no barrier, no sideways scrolling, light enough, in every theme and language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Page

from .conftest import DESKTOP, PHONE, Desk
from .pages import PAGES, ids_of

SIZES = (DESKTOP, PHONE)
THEMES = ("light", "dark", "contrast")
# The rules of axe-core whose answer depends on colours.
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """async options => (await axe.run(document, options)).violations.map(
    each => `${each.id}: ${each.nodes.slice(0, 3).map(node => node.target).join(", ")}`)"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FIRST_LOAD = 100 * 1024


@pytest.fixture(scope="module")
def ids(running: Desk) -> dict[str, str]:
    return ids_of(running.stage)


@dataclass
class Looked:
    """One page in a window: opened once, then seen in every theme and width."""

    page: Page
    sizes: list[int] = field(default_factory=list)  # bytes over the wire, of everything that the page brought

    @classmethod
    def by(cls, desk: Desk, who: str | None) -> Looked:
        found = cls(desk.open(who, "/style", viewport=DESKTOP, reduced_motion="reduce", locale="nl-NL"))
        session = found.page.context.new_cdp_session(found.page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.loadingFinished", lambda event: found.sizes.append(event["encodedDataLength"]))
        return found

    def open(self, path: str) -> None:
        self.sizes.clear()
        self.page.goto(path)
        self.page.wait_for_load_state("load")

    def barriers(self) -> Iterator[str]:
        """What axe-core finds. A theme changes colours and nothing else, so all rules are tried in one of
        them, and those about colours in the others.
        """
        self.page.evaluate(AXE)
        for size in SIZES:
            self.page.set_viewport_size(size)
            for theme in THEMES:
                self.page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
                rules = {} if theme == THEMES[0] else {"runOnly": {"type": "rule", "values": COLOURS}}
                for found in self.page.evaluate(RUN, {"resultTypes": ["violations"], **rules}):
                    yield f"{theme}, {size['width']}: {found}"
            if (wide := self.page.evaluate(TOO_WIDE)) > 0:
                yield f"{size['width']}: {wide} pixels too wide"
        self.page.set_viewport_size(DESKTOP)


@pytest.mark.parametrize("who", sorted({who for who, _ in PAGES}, key=str))
def test_no_page_has_a_barrier_or_is_heavy(who: str | None, desk: Desk, ids: dict[str, str]) -> None:
    """axe-core finds nothing, nothing has to be scrolled sideways, and a first visit brings little."""
    found: list[str] = []
    looked = Looked.by(desk, who)
    for path in dict.fromkeys(path for each, path in PAGES if each == who):
        looked.open(path.format(**ids))
        if not 0 < sum(looked.sizes) <= FIRST_LOAD:
            found.append(f"{path}: {sum(looked.sizes)} bytes")
        found += [f"{path}: {barrier}" for barrier in looked.barriers()]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_is_chosen_in_the_menu(theme: str, desk: Desk) -> None:
    page = desk.open(None, "/style", locale="nl-NL")
    choose(page, "theme", theme)
    assert page.locator("html").get_attribute("data-theme") == theme


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_in_the_language_that_was_chosen(
    language: str, desk: Desk, ids: dict[str, str]
) -> None:
    for who in sorted({who for who, _ in PAGES if who}):
        page = desk.open(who, "/style")
        choose(page, "language", language)
        for path in dict.fromkeys(path for each, path in PAGES if each == who):
            page.goto(path.format(**ids), wait_until="commit")
            assert page.locator("html").get_attribute("lang") == language


def choose(page: Page, name: str, value: str) -> None:
    page.locator("details.menu > summary").last.click()
    page.locator(f"form[action='/likings'] input[name={name}][value={value}]").check(force=True)
    with page.expect_navigation():
        page.locator("form[action='/likings'] button").click()
