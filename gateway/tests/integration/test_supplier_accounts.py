"""What a supplier comes in with over HTTP follows its access: given once, renewed, ended."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.accounts import bootstrap
from gateway.house import House
from gateway.testing import FakeTransport
from servicekit.errors import Conflict
from werkzeug.test import Client

ADMINISTRATOR = "a bootstrap token that nobody can guess"
LEPEL = "01926f00-4000-7a01-8e44-8f9a0b1c2d01"
BEZEM = "01926f00-4000-7a01-8e44-8f9a0b1c2d02"
PASSWORD = "long enough for anybody"


@pytest.fixture
def desk(house: House, client: Client, transport: FakeTransport) -> Client:
    """With an administrator, and dispatch that agrees with whatever is asked about suppliers."""
    bootstrap.prepare(house.work, ADMINISTRATOR, demo_mode=False)
    transport.answers["dispatch.list_providers"] = {
        "items": [{"slug": "lepel-lade", "provider_id": LEPEL}, {"slug": "bezemwijs", "provider_id": BEZEM}]
    }

    def agree(provider_id: str, **_: Any) -> dict[str, Any]:
        secret = {"signing_secret": "whsec_x"} if provider_id == LEPEL else None
        delivery = "webhook" if provider_id == LEPEL else "portal"
        return {"provider_id": provider_id, "name": "L", "delivery": delivery, "credential": secret}

    transport.answers["dispatch.invite_supplier"] = agree
    transport.answers["dispatch.revoke_supplier"] = {"standing": "revoked"}
    return client


def as_administrator(desk: Client, method: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {ADMINISTRATOR}", "Idempotency-Key": "the same"}
    return desk.open(f"/v1{path}", method=method, headers=headers, json=body)


def invite(desk: Client, provider: str = LEPEL) -> dict[str, Any]:
    answer = as_administrator(desk, "POST", f"/suppliers/{provider}/access", {})
    assert answer.status_code == 201
    credential: dict[str, Any] = answer.json["credential"]
    return credential


def who(desk: Client, token: str) -> Any:
    return desk.get("/v1/me", headers={"Authorization": f"Bearer {token}"})


def test_a_webhook_supplier_gets_a_signing_secret_and_a_token_for_its_own_orders(desk: Client) -> None:
    credential = invite(desk)
    assert credential["signingSecret"] == "whsec_x"
    me = who(desk, credential["token"]).json
    assert (me["roles"], me["providerId"], me["kind"]) == (["supplier"], LEPEL, "supplier")


def test_the_same_idempotency_key_gives_another_credential_and_none_is_kept(desk: Client) -> None:
    assert invite(desk)["token"] != invite(desk)["token"]


def test_a_new_invitation_ends_the_token_before_it(desk: Client) -> None:
    first, second = invite(desk)["token"], invite(desk)["token"]
    assert (who(desk, first).status_code, who(desk, second).status_code) == (401, 200)


def test_a_revocation_ends_tokens_and_sessions_of_that_supplier_and_nobody_signs_in_for_it(
    desk: Client,
) -> None:
    people = [
        {"email": "l@x.example", "name": "L", "roles": ["supplier"], "providerSlug": "lepel-lade"},
        {"email": "b@x.example", "name": "B", "roles": ["supplier"], "providerSlug": "bezemwijs"},
    ]
    made = as_administrator(
        desk, "POST", "/accounts", {"items": [{**one, "password": PASSWORD} for one in people]}
    )
    assert made.status_code == 201
    tokens = [invite(desk)["token"], _sign_in(desk, "l@x.example").json["token"]]
    others = [invite(desk, BEZEM)["token"], _sign_in(desk, "b@x.example").json["token"]]
    assert as_administrator(desk, "DELETE", f"/suppliers/{LEPEL}/access").json["standing"] == "revoked"
    assert [who(desk, token).status_code for token in tokens] == [401, 401]
    assert [who(desk, token).status_code for token in others] == [200, 200]
    assert _sign_in(desk, "l@x.example").status_code == 401
    invite(desk)
    assert _sign_in(desk, "l@x.example").status_code == 201


def test_what_dispatch_refuses_gives_no_token(desk: Client, transport: FakeTransport) -> None:
    transport.answers["dispatch.invite_supplier"] = Conflict("webhook_master_missing", "Give one.")
    answer = as_administrator(desk, "POST", f"/suppliers/{LEPEL}/access", {})
    assert (answer.status_code, answer.json["code"]) == (409, "webhook_master_missing")
    assert "sdp_" not in answer.text


def _sign_in(desk: Client, email: str) -> Any:
    return desk.post("/v1/sessions", json={"email": email, "password": PASSWORD})
