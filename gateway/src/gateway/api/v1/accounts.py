"""Accounts and tokens."""

from __future__ import annotations

from datetime import timedelta

from gateway.accounts.links import look_up
from gateway.api.call import Answer, Call
from gateway.api.operation import Resources
from gateway.api.schemas.accounts import CreatedAccounts, NewAccounts, NewToken, TokenView
from gateway.clients import Json
from gateway.storage.accounts import Account

resources = Resources()

USUAL_DAYS = 365


@resources.route(
    "POST", "/v1/accounts", permission="accounts.write", body=NewAccounts, answer=CreatedAccounts, status=201,
    max_body=1024 * 1024,
)  # fmt: skip
def create_accounts(call: Call) -> Json:
    """Make accounts, all or none. One whose e-mail address (or program name) exists already stays as it
    is."""
    items = call.body["items"]
    made = call.house.administration.create(items, look_up(call.services, items))
    new = sum(created for _, created in made)
    return {
        "items": [_describe(account, created) for account, created in made],
        "created": new,
        "existing": len(made) - new,
    }


@resources.route(
    "POST", "/v1/tokens", permission="tokens.write", body=NewToken, answer=TokenView, status=201,
    refuses=(404,),
)  # fmt: skip
def issue_token(call: Call) -> Answer:
    """Issue a token to a program. It is shown this once."""
    lifetime = timedelta(days=call.body.get("days", USUAL_DAYS))
    token, expires = call.house.administration.issue_token(
        call.body["account_id"], call.body["name"], lifetime
    )
    return Answer({"token": token, "expires_at": expires})


def _describe(account: Account, created: bool) -> Json:
    shown = ("account_id", "login", "kind", "name", "roles", "person_id", "provider_id", "language")
    return {**{name: getattr(account, name) for name in shown}, "created": created}
