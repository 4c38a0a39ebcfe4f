"""Signing in and out."""

from __future__ import annotations

import deskcontracts
from servicekit.actor import Actor

from gateway.api.call import Answer, Call
from gateway.api.operation import PUBLIC, Resources
from gateway.api.schemas.accounts import Credentials, Me, SessionView
from gateway.clients import Json

resources = Resources()


@resources.route(
    "POST", "/v1/sessions", permission=PUBLIC, body=Credentials, answer=SessionView, status=201,
    refuses=(401, 429),
)  # fmt: skip
def sign_in(call: Call) -> Answer:
    """Sign in with e-mail address and password; the token goes into the Authorization header of what
    follows."""
    session = call.house.sign_in(call.body["email"], call.body["password"], call.address)
    body = {
        "token": session.token,
        "expires_at": session.expires_at,
        "account": describe(session.account.actor()),
    }
    return Answer(body, headers={"Location": "/v1/me"})


@resources.route("DELETE", "/v1/sessions/current", permission="sessions.own", status=204)
def sign_out(call: Call) -> None:
    """Sign out: the token stops working."""
    call.house.gate.end(call.token or "")


@resources.route("GET", "/v1/me", permission="sessions.own", answer=Me)
def who_am_i(call: Call) -> Json:
    """Who the token belongs to, and what that account may do."""
    return describe(call.actor)


def describe(actor: Actor) -> Json:
    return {
        "account_id": actor.id,
        "kind": actor.kind,
        "name": actor.name,
        "roles": sorted(actor.roles),
        "permissions": [name for name in deskcontracts.permissions() if actor.can(name)],
        "person_id": actor.person_id,
        "provider_id": actor.provider_id,
        "language": actor.language,
    }
