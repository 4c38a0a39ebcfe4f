"""Accounts made by an administrator, tokens for programs, and the first administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from gateway.accounts import bootstrap
from gateway.house import House
from gateway.settings import GatewaySettings
from gateway.storage.tables import accounts
from gateway.testing import FakeTransport
from servicekit.errors import Unauthenticated
from servicekit.settings import SettingsError
from werkzeug.test import Client

TOKEN = "a bootstrap token that nobody can guess"
PERSON = "01926f00-3000-7a01-8e44-8f9a0b1c2d01"
PROVIDER = "01926f00-4000-7a01-8e44-8f9a0b1c2d01"


@pytest.fixture
def headers(house: House, transport: FakeTransport) -> dict[str, str]:
    """Of the first administrator."""
    bootstrap.prepare(house.work, TOKEN, demo_mode=False)
    transport.answers["intake.list_people"] = {"items": [{"key": "p-1", "person_id": PERSON}]}
    transport.answers["dispatch.list_providers"] = {
        "items": [{"slug": "huisdienst", "provider_id": PROVIDER}]
    }
    return {"Authorization": f"Bearer {TOKEN}"}


def make(client: Client, headers: dict[str, str], *items: dict[str, Any]) -> Any:
    return client.post("/v1/accounts", headers=headers, json={"items": list(items)})


SANNE = {"email": "Sanne@x.example", "name": "Sanne", "roles": ["requester"], "password": "long enough 1"}
PETRA = {"email": "petra@x.example", "name": "Petra", "roles": ["team"], "providerSlug": "huisdienst"}


def test_accounts_are_made_once_and_linked_to_their_person_and_provider(
    client: Client, headers: dict[str, str]
) -> None:
    answer = make(client, headers, {**SANNE, "personKey": "p-1", "language": "en"}, PETRA)
    assert answer.status_code == 201
    sanne, petra = answer.json["items"]
    assert (sanne["login"], sanne["personId"], sanne["language"]) == ("sanne@x.example", PERSON, "en")
    assert (petra["providerId"], petra["kind"], petra["created"]) == (PROVIDER, "person", True)
    again = make(client, headers, {**SANNE, "name": "Somebody else"}, PETRA)
    assert (again.json["created"], again.json["existing"]) == (0, 2)
    assert again.json["items"][0]["name"] == "Sanne"
    assert again.json["items"][0]["accountId"] == sanne["accountId"]


def test_passwords_are_in_no_answer(client: Client, headers: dict[str, str]) -> None:
    assert "assword" not in make(client, headers, SANNE).text


WRONG = [
    ({**SANNE, "password": "short"}, "items.0.password"),
    ({"name": "crm", "roles": ["program"], "password": "long enough 1"}, "items.0.password"),
    ({**SANNE, "roles": ["team"]}, "items.0.providerSlug"),
    ({**SANNE, "roles": ["supplier"]}, "items.0.providerSlug"),
    ({**SANNE, "roles": ["supplier", "agent"], "providerSlug": "huisdienst"}, "items.0.roles"),
    ({**SANNE, "providerSlug": "unknown"}, "items.0.providerSlug"),
    ({**SANNE, "personKey": "unknown"}, "items.0.personKey"),
    ({**SANNE, "roles": ["king"]}, "items.0.roles.0"),
    ({**SANNE, "roles": []}, "items.0.roles"),
    ({**SANNE, "email": "not an address"}, "items.0.email"),
]


@pytest.mark.parametrize(("item", "field"), WRONG)
def test_a_wrong_account_is_refused_with_all_the_others(
    item: dict[str, Any], field: str, client: Client, headers: dict[str, str], engine: sa.Engine
) -> None:
    answer = make(client, headers, item, PETRA)
    assert answer.status_code == 422
    assert field in answer.json["errors"]
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(accounts)) == 1


def test_a_program_gets_a_token_with_its_own_roles(client: Client, headers: dict[str, str]) -> None:
    (crm,) = make(client, headers, {"name": "CRM", "roles": ["program"]}).json["items"]
    assert (crm["kind"], crm["login"]) == ("program", "program:crm")
    body = {"accountId": crm["accountId"], "name": "nightly", "days": 30}
    issued = client.post("/v1/tokens", headers=headers, json=body)
    assert issued.status_code == 201
    me = client.get("/v1/me", headers={"Authorization": f"Bearer {issued.json['token']}"})
    assert (me.json["name"], me.json["kind"], me.json["roles"]) == ("CRM", "program", ["program"])


def test_a_person_gets_no_token(client: Client, headers: dict[str, str]) -> None:
    (sanne,) = make(client, headers, SANNE).json["items"]
    answer = client.post("/v1/tokens", headers=headers, json={"accountId": sanne["accountId"], "name": "x"})
    assert answer.status_code == 422


def test_a_token_for_nobody_is_not_found(client: Client, headers: dict[str, str]) -> None:
    assert (
        client.post("/v1/tokens", headers=headers, json={"accountId": PERSON, "name": "x"}).status_code == 404
    )


def test_the_bootstrap_token_can_be_brought_in_again_and_again(house: House, engine: sa.Engine) -> None:
    for _ in range(3):
        bootstrap.prepare(house.work, TOKEN, demo_mode=False)
    assert house.gate.actor_of(TOKEN).roles == frozenset({"administrator"})
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(accounts)) == 1


@pytest.mark.parametrize("now", ["", "another token, quite as hard to guess"])
def test_a_bootstrap_token_that_is_no_longer_set_stops_working(now: str, build: Callable[..., House]) -> None:
    bootstrap.prepare(build().work, TOKEN, demo_mode=False)
    bootstrap.prepare(build().work, now, demo_mode=False)
    with pytest.raises(Unauthenticated):
        build().gate.actor_of(TOKEN)


def settings(**given: Any) -> GatewaySettings:
    return GatewaySettings(database_url="", amqp_url="", actor_secret="", **given)


def test_a_short_bootstrap_token_is_refused_outside_the_demo() -> None:
    with pytest.raises(SettingsError, match="32 characters"):
        settings(bootstrap_token="short")
    settings(bootstrap_token="short", demo_mode=True)
    settings(bootstrap_token="x" * 32)


def test_demo_accounts_never_run_outside_the_demo(
    build: Callable[..., House], transport: FakeTransport
) -> None:
    demo = build(demo_mode=True)
    from gateway.accounts.administration import Links

    item = {"email": "sanne@x.example", "name": "Sanne", "roles": ["requester"], "password": "meerwal1"}
    ((made, _),) = demo.administration.create([item], Links({}, {}))
    assert made.demo
    bootstrap.prepare(demo.work, "", demo_mode=True)
    with pytest.raises(SettingsError, match="demo accounts"):
        bootstrap.prepare(build().work, "", demo_mode=False)
