"""What holds for every page: no barrier, no sideways scrolling, light enough, in every theme and language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import DESKTOP, PHONE, Desk, order_of
from .pages import PAGES

THEMES = ("light", "dark", "contrast")
FIRST_LOAD = 100 * 1024


@pytest.fixture(scope="module")
def ids(running: Desk) -> dict[str, str]:
    """What stands for {request}, {triage} and the like in the table of pages."""
    from deskcli.walk.chapters.fault import answers_for

    sanne, product = running.stage.person("sanne"), running.stage.product("heating-fault")
    body = {"channel": "site", "text": "De radiator op 3.12 blijft koud.", "productId": product["productId"]}
    request = sanne.post("/requests", {**body, "answers": answers_for(product)})
    triage = sanne.post("/requests", {"channel": "site", "text": "Kan er een bankje bij de ingang komen?"})
    running.stage.until(request["requestId"], "an order", lambda it: it["orders"])
    order, portal = (order_of(running, slug)["workOrderId"] for slug in ("lamp-broken", "extra-cleaning"))
    return {
        "request": request["requestId"],
        "triage": triage["requestId"],
        "order": order,
        "product": product["productId"],
        "portal": portal,
        "provider": running.stage.person("karin").get("/providers")["items"][0]["providerId"],
        "link": running.stage.person("amira").get(f"/work-orders/{portal}/link")["path"],
    }


def windows(desk: Desk, who: str | None, theme: str, **options: Any) -> Any:
    page = desk.open(who, "/style", **options)
    page.locator("details.menu > summary").last.click()
    page.locator(f"form[action='/likings'] input[name=theme][value={theme}]").check(force=True)
    page.locator("form[action='/likings'] button").click()
    page.wait_for_load_state()
    return page


@pytest.mark.timeout(600)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1440", "320"])
@pytest.mark.parametrize("theme", THEMES)
def test_no_page_has_a_barrier(theme: str, size: dict[str, int], desk: Desk, ids: dict[str, str]) -> None:
    """axe-core finds nothing, and nothing has to be scrolled sideways."""
    found: list[str] = []
    axe, pages = Axe(), {}
    for who, path in PAGES:
        if who not in pages:
            pages[who] = windows(desk, who, theme, viewport=size)
        page = pages[who]
        page.goto(path.format(**ids))
        for violation in axe.run(page).response["violations"]:
            where = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
            found.append(f"{path}: {violation['id']}: {where}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{path}: {wide} pixels too wide")
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("who", sorted({who for who, _ in PAGES if who}))
def test_the_first_load_is_light(who: str, desk: Desk, ids: dict[str, str]) -> None:
    """Everything that a page brings the first time, as it goes over the wire."""
    for path in [path for each, path in PAGES if each == who]:
        page = desk.open(who)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        sizes: list[int] = []
        session.on(
            "Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"])
        )
        page.goto(path.format(**ids))
        page.wait_for_load_state("load")
        assert 0 < sum(sizes) <= FIRST_LOAD, f"{path}: {sum(sizes)} bytes"
        desk.close_windows()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_in_the_language_that_was_chosen(
    language: str, desk: Desk, ids: dict[str, str], report: Callable[..., dict[str, Any]]
) -> None:
    for who in sorted({who for who, _ in PAGES if who}):
        page = desk.open(who, "/style")
        page.locator("details.menu > summary").last.click()
        page.locator(f"form[action='/likings'] input[name=language][value={language}]").check(force=True)
        page.locator("form[action='/likings'] button").click()
        for path in [path for each, path in PAGES if each == who]:
            page.goto(path.format(**ids))
            assert page.locator("html").get_attribute("lang") == language
