"""The pages in a real browser, on the whole system as `./desk up` runs it.

`desk` is that system with its browser; `desk.open("amira")` is a window of somebody who has signed in.
Windows are closed at the end of each test, and whatever the browser complained about (a script error, a
blocked resource, a breach of the content policy) fails the test that opened them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from deskcli.system import System
from deskcli.testing.chromium import ARGUMENTS, find_or_unpack
from deskcli.testing.evidence import seen_by
from deskcli.testing.whole import whole_system
from deskcli.walk.stage import Stage
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    expect,
    sync_playwright,
)
from servicekit.embedded.programs import EmbeddedError

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 320, "height": 640}
DOMAIN = "meerwal.example"
# For a busy machine. A test says itself what has to come sooner.
PATIENCE_MILLISECONDS = 30_000
MOST_LETTERS = 3_000  # of a page, shown when a test fails
expect.set_options(timeout=PATIENCE_MILLISECONDS)


@dataclass
class Desk:
    """The running system and its browser."""

    address: str
    password: str
    browser: Browser
    stage: Stage
    _contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, who: str | None = None, path: str = "/", **options: Any) -> Page:
        """A window; `options` are Playwright's (viewport, java_script_enabled, color_scheme, locale)."""
        page = self.window(**options)
        if who:
            self.sign_in(page, who, path)
        else:
            page.goto(self.address + path)
        return page

    def window(self, **options: Any) -> Page:
        context = self.browser.new_context(base_url=self.address, **{"viewport": DESKTOP, **options})
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        return page

    def sign_in(self, page: Page, who: str, path: str = "/") -> None:
        page.goto(f"/sign-in?next={path}")
        page.locator("#email").fill(who if "@" in who else f"{who}@{DOMAIN}")
        page.locator("#password").fill(self.password)
        page.locator("main form button").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)

    def close_windows(self) -> None:
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def begin(self) -> None:
        """Windows are closed after each test."""

    def tell(self, folder: Path) -> str:
        """Where each window is, what stands there, and a picture of it."""
        found = [f"the browser complains: {each}" for each in self.complaints]
        for number, page in enumerate(page for context in self._contexts for page in context.pages):
            found.append(f"window {number}: {page.url}")
            with suppress(Error):  # one that is on its way elsewhere
                found.append(page.locator("main").first.inner_text(timeout=2_000)[:MOST_LETTERS])
                page.screenshot(path=folder / f"window-{number}.png", full_page=True, timeout=5_000)
        return "\n".join(found)

    def _heard(self, message: ConsoleMessage) -> None:
        # A form that comes back with what is wrong has a status that the browser calls a failure, and says
        # so.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    try:
        found = find_or_unpack(print)
    except EmbeddedError as error:
        pytest.skip(f"no browser: {error}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(found.program), args=list(ARGUMENTS), env={**os.environ, **found.environment}
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def system(chromium: Browser) -> Iterator[System]:
    with whole_system("browser", durable=False) as running:
        yield running


@pytest.fixture(scope="session")
def running(system: System, chromium: Browser) -> Iterator[Desk]:
    found = Desk(system.urls["gateway"], system.secrets.demo_password, chromium, Stage.of(system))
    with seen_by(found):
        yield found


def order_of(running: Desk, product: str, text: str = "Graag een keer langskomen.") -> dict[str, Any]:
    """A work order, just issued, of a request that Sanne makes of this product."""
    from deskcli.walk.chapters.fault import answers_for

    stage = running.stage
    sanne, known = stage.person("sanne"), stage.product(product)
    body = {"channel": "site", "text": text, "productId": known["productId"], "answers": answers_for(known)}
    made = sanne.post("/requests", body)
    dossier = stage.until(made["requestId"], "an order", lambda it: it["orders"])
    found: dict[str, Any] = dossier["orders"][0]
    return found


def faults_of(system: System) -> list[str]:
    """The last lines that the gateway called a fault: a page that failed says no more than that it did."""
    lines = (system.layout.logs / "gateway.log").read_text(encoding="utf-8").splitlines()
    return [line[-1500:] for line in lines if '"event":"fault"' in line][-2:]


@pytest.fixture
def desk(running: Desk, system: System) -> Iterator[Desk]:
    running.complaints.clear()
    yield running
    running.close_windows()
    if running.complaints:
        running.complaints += faults_of(system)
    assert not running.complaints, "\n" + "\n".join(running.complaints)


@pytest.fixture
def report(running: Desk) -> Callable[..., dict[str, Any]]:
    """report("sanne", "The tap drips.") makes a request through the API and answers it."""

    def make(who: str, text: str, product: str | None = None, **fields: Any) -> dict[str, Any]:
        from deskcli.walk.chapters.fault import answers_for

        body: dict[str, Any] = {"channel": "site", "text": text, **fields}
        if product:
            known = running.stage.product(product)
            body |= {"productId": known["productId"], "answers": answers_for(known)}
        made: dict[str, Any] = running.stage.person(who).post("/requests", body)
        return made

    return make
