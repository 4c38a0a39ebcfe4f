"""A product manager writes a product without code, and a customer orders it at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, Desk


def add(page: Page, what: str, number: int, **filled: str) -> None:
    """One more question or step, its fields filled in and kept."""
    page.locator(f"#{what} > form button").click()
    part = page.locator(f"#{what}-{number}")
    prefix = "questions" if what == "questions" else "process.steps"
    for name, value in filled.items():
        field = part.locator(f'[name="{prefix}.{number}.{name.replace("_", ".")}"]')
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    if number and what == "questions":
        part.locator("summary", has_text="na een bepaald antwoord").click()
        part.locator('[value$="=yes"]').check()
    if number and what == "steps":
        part.locator("[name$=depends_on]").first.check()
    part.locator("button[value=save]").click()
    expect(page.locator(".said")).to_contain_text("Bewaard")


def test_a_product_is_made_without_code_and_used_at_once(desk: Desk) -> None:
    page = desk.open("lars", "/manage/products")
    page.get_by_role("button", name="Nieuw concept").click()
    expect(page.locator("aside .wrong")).to_have_count(0)
    page.locator('[name="name.nl"]').fill("Plant op kamer")
    page.locator('[name="category.nl"]').fill("Schoonmaak")
    page.locator("#about button.main").click()
    expect(page.locator("#steps .wrong").first).to_contain_text("ten minste één stap")
    add(page, "questions", 0, label_nl="Is iemand allergisch?", type="boolean")
    add(page, "questions", 1, label_nl="Waarvoor?")
    add(page, "steps", 0, title_nl="Plant uitzoeken", provider="huisdienst")
    add(page, "steps", 1, title_nl="Plant neerzetten", provider="bezemwijs")
    draft = page.url.partition("#")[0]
    page.goto(draft.replace("/draft", "/preview"))
    expect(page.locator(".asked-if")).to_be_hidden()
    page.locator("[value=yes]").check()
    expect(page.locator(".asked-if")).to_be_visible()
    page.goto(draft)
    page.get_by_role("button", name="Nu publiceren").click()
    expect(page.locator("h1")).to_have_text("Plant op kamer")
    page = desk.open("sanne", "/report/plant-op-kamer")
    expect(page.locator("h1")).to_have_text("Plant op kamer")
    expect(page.locator(".asked-if")).to_be_hidden()
    page.get_by_role("button", name="Plaats de bestelling").or_(
        page.locator("button.main.large")
    ).first.click()
    page.wait_for_url("**/requests/**")


@pytest.mark.parametrize("path", ["", "/draft"])
def test_it_fits_on_a_telephone(path: str, desk: Desk) -> None:
    page = desk.open("lars", "/manage/products", viewport=PHONE)
    page.locator("tbody a").first.click()
    if path:
        page.locator(".actions .main").click()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{page.url} is {width} wide"
