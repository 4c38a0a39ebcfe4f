"""Forms of other sites, and what stands on every page."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from gateway.pages.site_map import all_pages

from .conftest import Browser

UNSAFE = [page for page in all_pages() if page.method == "POST"]


def address(path: str) -> str:
    """With something in the place of each variable."""
    return "/".join(
        "01926f00-1000-7a01-8e44-8f9a0b1c2d01" if part.startswith("<uuid:") else part.strip("<>")
        for part in path.split("/")
    )


@pytest.mark.parametrize("page", UNSAFE, ids=lambda page: page.path)
def test_no_form_is_taken_without_its_mark(page: object, browser: Callable[..., Browser]) -> None:
    visitor = browser("agent", "team", "manager", "administrator", "supplier")
    visitor.get("/style")
    path = address(page.path)  # type: ignore[attr-defined]
    assert visitor.post(path, {"csrf": ""}).status_code == 403
    assert visitor.post(path, {"csrf": visitor.mark[::-1]}).status_code == 403


@pytest.mark.parametrize("page", UNSAFE, ids=lambda page: page.path)
def test_no_form_is_taken_from_another_site(page: object, browser: Callable[..., Browser]) -> None:
    visitor = browser("agent", "team", "manager", "administrator", "supplier")
    visitor.get("/style")
    path = address(page.path)  # type: ignore[attr-defined]
    assert visitor.post(path, Origin="https://evil.example").status_code == 403
    assert visitor.post(path, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_mark_belongs_to_its_session(browser: Callable[..., Browser]) -> None:
    agent, other = browser("agent"), browser("manager")
    agent.get("/style")
    other.mark = agent.mark
    assert other.post("/sign-out").status_code == 403


def test_a_mark_differs_each_time(browser: Callable[..., Browser]) -> None:
    visitor = browser("agent")
    visitor.get("/style")
    first = visitor.mark
    visitor.get("/style")
    assert visitor.mark != first


def test_only_scripts_with_this_pages_nonce_run(browser: Callable[..., Browser]) -> None:
    first, second = browser().get("/style"), browser().get("/style")
    policy = first.headers["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert first.text.count(f'nonce="{nonce}"') == first.text.count("<script")
    assert nonce not in second.headers["Content-Security-Policy"]
    assert " style=" not in first.text
    assert " onclick" not in first.text


def test_cookies_are_bound_to_this_host_and_out_of_reach_of_scripts(browser: Callable[..., Browser]) -> None:
    (cookie,) = browser().get("/style").headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_a_page_is_packed_for_who_can_unpack_it(browser: Callable[..., Browser]) -> None:
    plain = browser().get("/style")
    packed = browser().client.get("/style", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "<h1" in gzip.decompress(packed.data).decode()
    assert len(packed.data) < len(plain.data) / 2
