"""The secret address of a calendar, over HTTP, with a real database."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from gateway.accounts.administration import Links
from gateway.house import House
from gateway.storage.tables import accounts, calendar_addresses
from gateway.testing import FakeTransport
from werkzeug.test import Client

from servicekit import logs

TEAM = "01926f00-4000-7a01-8e44-8f9a0b1c2d01"
TOM = {"name": "Tom", "email": "tom@x.example", "roles": ["team"], "password": "long enough 1"}
MINE = "/v1/me/calendar-address"
OWN_WORK = "/v1/me/own-work-address"
ORDER: dict[str, Any] = {
    "work_order_id": "01926f00-5000-7a01-8e44-8f9a0b1c2d01",
    "number": "SD-26-000123-1",
    "version": 4,
    "state": "scheduled",
    "title": {"nl": "Lamp vervangen"},
    "planned_from": "2026-11-27T08:00:00Z",
    "planned_until": None,
    "created_at": "2026-11-25T08:00:00Z",
    "provider": {"name": "Technische Dienst"},
}


@pytest.fixture
def tom(house: House, client: Client, transport: FakeTransport) -> dict[str, str]:
    """Tom of the Technische Dienst, signed in."""
    house.administration.create([{**TOM, "provider_slug": "td"}], Links({}, {"td": TEAM}))
    transport.answers["dispatch.list_work_orders"] = {"items": [ORDER], "next_cursor": None}
    signed = client.post("/v1/sessions", json={"email": TOM["email"], "password": TOM["password"]})
    return {"Authorization": f"Bearer {signed.json['token']}"}


def secret_of(path: str) -> str:
    return path.removeprefix("/v1/calendars/").removesuffix(".ics")


def made(client: Client, tom: dict[str, str], of: str = MINE) -> str:
    answer = client.post(of, headers=tom)
    assert answer.status_code == 201
    return str(answer.json["path"])


def test_the_address_opens_the_work_of_the_team_without_signing_in(
    client: Client, tom: dict[str, str], transport: FakeTransport
) -> None:
    answer = client.get(made(client, tom))
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "Lamp vervangen (SD-26-000123-1)" in answer.text
    assert transport.asked("dispatch.list_work_orders")["provider_id"] == TEAM


def test_a_program_that_has_the_calendar_already_is_told_so(client: Client, tom: dict[str, str]) -> None:
    path = made(client, tom)
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.text) == (304, "")


def test_another_plan_is_another_calendar(
    client: Client, tom: dict[str, str], transport: FakeTransport
) -> None:
    path = made(client, tom)
    tag = client.get(path).headers["ETag"]
    moved = {**ORDER, "version": 5, "planned_from": "2026-11-28T08:00:00Z"}
    transport.answers["dispatch.list_work_orders"] = {"items": [moved], "next_cursor": None}
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_all_pages_of_the_work_are_in_it(
    client: Client, tom: dict[str, str], transport: FakeTransport
) -> None:
    def page(cursor: str | None = None, **_: Any) -> dict[str, Any]:
        end = "2" if cursor else "1"
        item = {**ORDER, "work_order_id": ORDER["work_order_id"][:-1] + end}
        return {"items": [item], "next_cursor": None if cursor else "more"}

    transport.answers["dispatch.list_work_orders"] = page
    assert client.get(made(client, tom)).text.count("BEGIN:VEVENT") == 2


def test_a_new_address_ends_the_one_before_and_a_withdrawn_one_opens_nothing(
    client: Client, tom: dict[str, str]
) -> None:
    assert client.get(MINE, headers=tom).json == {"madeAt": None}
    first, second = made(client, tom), made(client, tom)
    assert client.get(MINE, headers=tom).json["madeAt"]
    assert [client.get(path).status_code for path in (first, second)] == [404, 200]
    assert client.delete(MINE, headers=tom).status_code == 204
    assert client.get(second).status_code == 404
    assert client.get(MINE, headers=tom).json == {"madeAt": None}


def test_the_calendar_of_ones_own_orders_has_an_address_of_its_own(
    client: Client, tom: dict[str, str], transport: FakeTransport, house: House
) -> None:
    team, own = made(client, tom), made(client, tom, OWN_WORK)
    assert client.get(own).status_code == 200
    (asked,) = [call[1] for call in transport.calls if call[0] == "dispatch.list_work_orders"]
    assert asked["assignee"] == house.members.of(TEAM)[0].account_id
    assert client.delete(OWN_WORK, headers=tom).status_code == 204
    assert [client.get(path).status_code for path in (team, own)] == [200, 404]
    assert client.get(OWN_WORK, headers=tom).json == {"madeAt": None}


@pytest.mark.parametrize("change", [{"active": False}, {"roles": ["requester"]}, {"provider_id": None}])
def test_it_ends_with_the_account_the_role_or_the_team(
    change: dict[str, Any], client: Client, tom: dict[str, str], engine: sa.Engine
) -> None:
    path = made(client, tom)
    with engine.begin() as connection:
        connection.execute(sa.update(accounts).values(change))
    assert client.get(path).status_code == 404


def test_the_address_is_no_token_and_is_kept_nowhere(
    client: Client, tom: dict[str, str], engine: sa.Engine
) -> None:
    secret = secret_of(made(client, tom))
    assert client.get("/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    with engine.connect() as connection:
        (kept,) = connection.execute(sa.select(calendar_addresses)).all()
    assert secret not in repr(kept)


def test_the_address_is_in_no_line_of_the_log_also_when_something_breaks(
    client: Client, tom: dict[str, str], transport: FakeTransport
) -> None:
    with structlog.testing.capture_logs() as events:
        path = made(client, tom)
        assert client.get(path).status_code == 200
        transport.answers["dispatch.list_work_orders"] = {"items": [{}]}  # not what we can read
        assert client.get(path).status_code == 500
    lines = [logs._render(None, "", logs._without_values(None, "", event)) for event in events]
    assert any('"fault"' in line for line in lines)
    assert secret_of(path) not in "".join(lines)


def test_who_is_in_no_team_gets_none(client: Client, tom: dict[str, str], engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.update(accounts).values(provider_id=None))
    # The gate remembers who Tom was for a few seconds: he signs in anew.
    signed = client.post("/v1/sessions", json={"email": TOM["email"], "password": TOM["password"]})
    answer = client.post(MINE, headers={"Authorization": f"Bearer {signed.json['token']}"})
    assert (answer.status_code, answer.json["code"]) == (409, "no_team")
