"""Being somebody else: in the demo, as the people of the demo, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from gateway.assembly import assemble
from gateway.clients import SERVICES
from gateway.house import House
from gateway.http.health import Readiness
from gateway.pages import cookies
from gateway.testing import FakeTransport
from werkzeug.test import Client, TestResponse

PEOPLE: list[dict[str, Any]] = [
    {"name": "Sanne", "email": "sanne@x.example", "roles": ["requester"], "password": "long enough 1"},
    {"name": "Karin", "email": "karin@x.example", "roles": ["manager"], "password": "long enough 2"},
]
REAL = {"name": "Real", "email": "real@x.example", "roles": ["administrator"]}
PLACE = {"base_url": "https://desk.example"}


@pytest.fixture
def demo(build: Callable[..., House]) -> House:
    """A desk in demo mode; one of its accounts is no demo account."""
    house = build(demo_mode=True)
    from gateway.accounts.administration import Links

    house.administration.create([*PEOPLE, REAL], Links({}, {}))
    return house


def visitor(house: House) -> Client:
    return Client(assemble(house, Readiness(FakeTransport(), SERVICES, lambda: {"ready": True})))


def mark(client: Client) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/style", **PLACE).text)
    assert found
    return found[1]


def become(client: Client, login: str, **more: str) -> TestResponse:
    return client.post("/demo/become", data={"csrf": mark(client), "login": login, **more}, **PLACE)


def name_of(client: Client) -> str | None:
    found = re.search(
        r'<p><strong>([^<]+)</strong></p>\s*<p class="small soft">', client.get("/style", **PLACE).text
    )
    return found[1] if found else None


def test_a_stranger_becomes_a_person_of_the_demo_without_a_password(demo: House) -> None:
    client = visitor(demo)
    assert name_of(client) is None
    answer = become(client, "karin@x.example")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/manage")
    assert name_of(client) == "Karin"


def test_the_session_before_ends(demo: House) -> None:
    client = visitor(demo)
    become(client, "sanne@x.example")
    cookie = client.get_cookie(cookies.SESSION, domain="desk.example")
    assert cookie
    become(client, "karin@x.example", next="/desk")
    demo.gate._remembered.clear()
    other = visitor(demo)
    other.set_cookie(cookies.SESSION, cookie.value, domain="desk.example", secure=True)
    assert name_of(other) is None


@pytest.mark.parametrize("login", ["real@x.example", "program:bootstrap", "nobody@x.example", ""])
def test_nobody_becomes_who_is_not_of_the_demo(login: str, demo: House) -> None:
    client = visitor(demo)
    assert become(client, login).status_code == 404
    assert name_of(client) is None


def test_outside_demo_mode_there_is_no_such_address_and_no_such_code(
    demo: House, build: Callable[..., House]
) -> None:
    real = build(demo_mode=False)
    assert real.becoming is None
    assert become(visitor(real), "sanne@x.example").status_code == 404


def test_becoming_leads_to_no_other_site(demo: House) -> None:
    answer = become(visitor(demo), "sanne@x.example", next="//evil.example")
    assert answer.headers["Location"] == "/"
