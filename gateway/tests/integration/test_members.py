"""Who is in a team, as accounts say, and who may see it."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.accounts.administration import Links
from gateway.house import House
from gateway.testing import FakeTransport
from werkzeug.test import Client

TEAM, OTHERS = "01926f00-4000-7a01-8e44-8f9a0b1c2d01", "01926f00-4000-7a01-8e44-8f9a0b1c2d02"
AN_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
PASSWORD = "long enough 1"


def account(name: str, *roles: str, team: str = "td") -> dict[str, Any]:
    made = {"name": name, "email": f"{name.lower()}@x.example", "roles": list(roles), "password": PASSWORD}
    return made | ({"provider_slug": team} if team else {})


PEOPLE = [
    account("Tom", "team", "team_lead"),
    account("Bas", "team"),
    account("Petra", "team", team="hd"),
    account("Amira", "agent", team=""),
    {"name": "Robot", "roles": ["team"], "provider_slug": "td"},
]


@pytest.fixture
def ids(house: House) -> dict[str, str]:
    """By name."""
    made = house.administration.create(PEOPLE, Links({}, {"td": TEAM, "hd": OTHERS}))
    return {one.name: str(one.account_id) for one, _ in made}


def signed(client: Client, name: str, **more: str) -> dict[str, str]:
    body = {"email": f"{name.lower()}@x.example", "password": PASSWORD}
    return {"Authorization": f"Bearer {client.post('/v1/sessions', json=body).json['token']}", **more}


def test_a_team_sees_its_own_people_and_no_programs(client: Client, ids: dict[str, str]) -> None:
    answer = client.get(f"/v1/providers/{TEAM}/members", headers=signed(client, "Bas"))
    assert answer.json["items"] == [
        {"accountId": ids["Bas"], "name": "Bas", "leads": False},
        {"accountId": ids["Tom"], "name": "Tom", "leads": True},
    ]
    assert client.get(f"/v1/providers/{OTHERS}/members", headers=signed(client, "Bas")).status_code == 404
    of_desk = client.get(f"/v1/providers/{OTHERS}/members", headers=signed(client, "Amira"))
    assert [one["name"] for one in of_desk.json["items"]] == ["Petra"]


def test_an_order_goes_to_a_colleague_by_the_name_of_the_account(
    client: Client, ids: dict[str, str], transport: FakeTransport
) -> None:
    transport.answers["dispatch.assign_work_order"] = {"version": 5}
    headers = signed(client, "Tom", **{"If-Match": '"4"'})
    path = f"/v1/work-orders/{AN_ID}/assign"
    assert client.post(path, json={"accountId": ids["Bas"]}, headers=headers).status_code == 200
    assert transport.asked("dispatch.assign_work_order") == {
        "work_order_id": AN_ID, "version": 4, "account_id": ids["Bas"], "name": "Bas",
    }  # fmt: skip
    refused = client.post(path, json={"accountId": ids["Petra"]}, headers=headers)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["accountId"])
