"""The page on which somebody of a team makes, renews and withdraws the address of their calendar."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from gateway.accounts.administration import Links
from gateway.house import House
from gateway.pages import cookies
from gateway.storage.tables import accounts
from gateway.testing import FakeTransport
from werkzeug.test import Client

TEAM = "01926f00-4000-7a01-8e44-8f9a0b1c2d01"
TOM = {"name": "Tom", "email": "tom@x.example", "roles": ["team"], "password": "long enough 1"}
PLACE = {"base_url": "https://desk.example"}
PAGE = "/team/calendar"


@pytest.fixture
def tom(house: House, client: Client, transport: FakeTransport) -> Client:
    """The browser of Tom, of a team, who reads English."""
    account = {**TOM, "provider_slug": "td", "language": "en"}
    house.administration.create([account], Links({}, {"td": TEAM}))
    transport.answers["dispatch.list_work_orders"] = {"items": [], "next_cursor": None}
    transport.answers["dispatch.get_work_list"] = {
        "provider_id": TEAM, "whose": "team", "order": "urgency", "places": [], "more": False, "items": [],
        "counts": {"mine": 0, "nobody": 0, "team": 0},
    }  # fmt: skip
    signed = client.post("/v1/sessions", json={"email": TOM["email"], "password": TOM["password"]})
    client.set_cookie(cookies.SESSION, signed.json["token"], domain="desk.example", secure=True)
    return client


def press(tom: Client, path: str) -> str:
    mark = re.search(r'name="csrf" value="([^"]+)"', tom.get(PAGE, **PLACE).text)
    assert mark
    answer = tom.post(path, data={"csrf": mark[1]}, **PLACE, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.text)


def address_on(page: str) -> str | None:
    found = re.search(r'value="(/v1/calendars/[^"]+)"', page)
    return found[1] if found else None


def test_an_address_is_shown_once_and_opens_the_calendar(tom: Client) -> None:
    assert "Make an address" in tom.get(PAGE, **PLACE).text
    path = address_on(press(tom, PAGE))
    assert path
    assert tom.get(path, **PLACE).text.startswith("BEGIN:VCALENDAR")
    later = tom.get(PAGE, **PLACE).text
    assert address_on(later) is None
    assert "Make a new address" in later


def test_it_is_made_anew_and_withdrawn(tom: Client) -> None:
    first, second = (address_on(press(tom, PAGE)) for _ in range(2))
    assert first
    assert second
    assert tom.get(first, **PLACE).status_code == 404
    assert "The address no longer works." in press(tom, f"{PAGE}/withdraw")
    assert tom.get(second, **PLACE).status_code == 404


def test_who_is_in_no_team_reads_why_there_is_nothing_to_make(
    tom: Client, engine: sa.Engine, house: House
) -> None:
    with engine.begin() as connection:
        connection.execute(sa.update(accounts).values(provider_id=None))
    house.gate.forget()
    page = tom.get(PAGE, **PLACE).text
    assert "belongs to no team" in page
    assert "Make an address" not in page


def test_the_work_list_leads_to_it(tom: Client) -> None:
    assert f'href="{PAGE}"' in tom.get("/team", **PLACE).text
