"""Opens the pages of the running desk as their people and takes their pictures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from servicekit.embedded.programs import EmbeddedError

from deskcli import control
from deskcli.layout import DESK_STATE, ROOT, Layout
from deskcli.pictures.subjects import SUBJECTS, Subject
from deskcli.secret_store import load_or_make
from deskcli.walk.stage import Stage

PICTURES = ROOT / "docs/pictures"
SETTLE_MILLISECONDS = 700


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=PICTURES, help="The folder they go to.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", help="Of the pages.")
@click.option("--only", help="The name of one picture.")
def command(out: Path, language: str, only: str | None) -> None:
    """Take pictures of the pages of the running demo."""
    layout = Layout(DESK_STATE)
    try:
        address = control.ask(layout.run, "status")["url"]
    except EmbeddedError as error:
        raise click.ClickException(str(error)) from error
    stage = Stage(address=address, password=load_or_make(layout.secrets, (), ()).demo_password)
    ids = _ids(stage)
    out.mkdir(parents=True, exist_ok=True)
    with _browser() as browser:
        for subject in SUBJECTS:
            if only in (None, subject.name):
                _take(browser, stage, subject, ids, language, out)
                click.echo(out / f"{subject.name}.png")


def _ids(stage: Stage) -> dict[str, str]:
    """What stands in the addresses; made when the demo has none of it yet."""
    from deskcli.walk.chapters.fault import answers_for

    product = stage.product("heating-fault")
    body = {"channel": "site", "text": "De radiator op kamer 3.12 blijft koud, ook op stand 5."}
    sanne = stage.person("sanne")
    fault = sanne.post(
        "/requests", {**body, "productId": product["productId"], "answers": answers_for(product)}
    )
    triage = sanne.post("/requests", {"channel": "site", "text": "Kan er een bankje bij de ingang komen?"})
    stage.until(fault["requestId"], "an order", lambda it: it["orders"])
    orders = stage.person("tom").get("/work-orders", limit=1)["items"]
    return {
        "request": fault["requestId"],
        "triage": triage["requestId"],
        "order": orders[0]["workOrderId"] if orders else "",
    }


def _take(
    browser: Any, stage: Stage, subject: Subject, ids: dict[str, str], language: str, out: Path
) -> None:
    width, height = subject.size
    context = browser.new_context(
        base_url=stage.address, viewport={"width": width, "height": height}, color_scheme=subject.theme,
        locale=language, device_scale_factor=1,
    )  # fmt: skip
    page = context.new_page()
    page.goto("/sign-in")
    if subject.who:
        person = stage.person(subject.who)
        page.locator("#email").fill(person.email)
        page.locator("#password").fill(stage.password)
        page.locator("main form button").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto("/style")
    page.locator("details.menu > summary").last.click()
    page.locator(f"form[action='/likings'] input[name=language][value={language}]").check(force=True)
    page.locator("form[action='/likings'] button").click()
    page.goto(subject.path.format(**ids))
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    page.screenshot(path=out / f"{subject.name}.png")
    context.close()


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from deskcli.testing.chromium import ARGUMENTS, find_or_unpack

    found = find_or_unpack(click.echo)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(found.program), args=list(ARGUMENTS), env={**os.environ, **found.environment}
        )
        yield browser
        browser.close()
