"""Who may open which page: the table of permissions, role by role."""

from __future__ import annotations

from collections.abc import Callable

import deskcontracts
import pytest
from gateway.pages.page import PUBLIC, Page
from gateway.pages.site_map import all_pages
from servicekit.errors import Forbidden

from .conftest import Browser
from .test_guard import address

ROLES = ("requester", "agent", "team", "supplier", "manager", "product_owner", "operator", "administrator")
CLOSED = [page for page in all_pages() if page.permission != PUBLIC]
FOR_EVERYBODY = {
    "GET /sign-in", "POST /sign-in", "POST /likings", "GET /style", "GET /",
    "GET /products/<which>", "GET /report", "GET /report/<which>", "GET /o/<code>", "GET /norms",
    "GET /orders/<signed>", "GET /orders/<signed>/files/<uuid:file_id>",
    "POST /orders/<signed>/<action>",
    "POST /orders/<signed>/visit/<action>",
    "GET /approve/<token>", "POST /approve/<token>",
    "POST /follow/<token>/appointment", "POST /follow/<token>/check", "GET /follow/<token>",
    "POST /follow/<token>/reply", "POST /follow/<token>/confirm",
    "POST /follow/<token>/reopen", "GET /follow/<token>/attachments/<uuid:attachment_id>",
    "POST /begun",
    "POST /articles/<uuid:article_id>/helped", "POST /articles/<uuid:article_id>/report",
}  # fmt: skip


def test_what_is_for_everybody_is_known_one_by_one() -> None:
    assert {
        page.name for page in all_pages() if page.permission == PUBLIC and not page.demo_only
    } == FOR_EVERYBODY


@pytest.mark.parametrize("page", CLOSED, ids=lambda page: page.name)
def test_every_page_asks_for_a_permission_of_the_table(page: Page) -> None:
    assert page.permission in deskcontracts.permissions()
    assert page.about, f"{page.name} does not say what it is for"


@pytest.mark.parametrize("page", CLOSED, ids=lambda page: page.name)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_without_the_permission_is_refused(
    page: Page, role: str, browser: Callable[..., Browser]
) -> None:
    if role in deskcontracts.permissions()[page.permission]:
        return
    visitor = browser(role)
    visitor.get("/style")
    path = address(page.path)
    response = visitor.get(path) if page.method == "GET" else visitor.post(path)
    assert response.status_code == 403
    assert Forbidden.__name__ not in response.text


@pytest.mark.parametrize(
    "page", [page for page in CLOSED if page.method == "GET"], ids=lambda page: page.path
)
def test_a_stranger_is_sent_to_sign_in_and_comes_back(page: Page, browser: Callable[..., Browser]) -> None:
    response = browser().get(address(page.path))
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/sign-in?next=/")


def test_what_a_stranger_sends_is_kept_for_after_signing_in(browser: Callable[..., Browser]) -> None:
    stranger = browser()
    stranger.get("/sign-in")
    response = stranger.post("/desk/new", {"text": "The lift stands still with people in it."})
    assert response.status_code == 401
    assert 'name="resume" value="' in response.text
    assert 'name="resume" value=""' not in response.text


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(path: str, browser: Callable[..., Browser]) -> None:
    assert f'name="next" value="{path}"' not in browser().get(f"/sign-in?next={path}").text


def test_what_is_not_there_is_said_in_one_language(browser: Callable[..., Browser]) -> None:
    said = browser().get("/nothing-here")
    assert said.status_code == 404
    assert "There is nothing" not in said.text
    assert "Hier is niets" in said.text
