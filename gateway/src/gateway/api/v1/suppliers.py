"""Letting suppliers in and shutting them out.

Nothing here takes an Idempotency-Key: answers hold secrets, which are kept nowhere. An invitation whose
answer was lost is made again; the credential that nobody saw ends with it.
"""

from __future__ import annotations

from gateway.api.call import Answer, Call
from gateway.api.operation import Resources
from gateway.api.schemas import suppliers as shapes
from gateway.api.schemas.base import Body
from gateway.clients import Json

resources = Resources()

PATH = "/v1/suppliers/<uuid:provider_id>/access"


@resources.route(
    "GET", "/v1/suppliers", permission="suppliers.access", query=Body, answer=shapes.AccessPage, paged=True
)
def list_supplier_access(call: Call) -> Json:
    """All suppliers, and whether they are let in."""
    return call.services.dispatch.list_supplier_access()


@resources.route("GET", PATH, permission="suppliers.access", answer=shapes.AccessView)
def get_supplier_access(call: Call, provider_id: str) -> Json:
    """Whether one supplier is let in, since when, by whom, and what it has open now."""
    return call.services.dispatch.get_supplier_access(provider_id)


@resources.route(
    "POST", PATH, permission="suppliers.access", body=shapes.Invitation, answer=shapes.InvitedView, status=201
)
def invite_supplier(call: Call, provider_id: str) -> Answer:
    """Let a supplier in, or give it new credentials: the old ones end. They are shown this once."""
    invited = call.services.dispatch.invite_supplier(provider_id, **call.body)
    accounts = call.house.supplier_accounts
    accounts.let_in(str(provider_id))
    credential = invited["credential"]
    if invited["delivery"] != "rpc":
        token, expires = accounts.new_token(str(provider_id), invited["name"])
        credential = {**(credential or {}), "token": token, "token_expires_at": expires}
    return Answer({**invited, "credential": credential})


@resources.route("DELETE", PATH, permission="suppliers.access", answer=shapes.AccessView)
def revoke_supplier(call: Call, provider_id: str) -> Json:
    """Shut a supplier out: connections, sessions and tokens of it end."""
    revoked = call.services.dispatch.revoke_supplier(provider_id)
    call.house.supplier_accounts.shut_out(str(provider_id))
    return revoked


@resources.route("POST", f"{PATH}/resume", permission="suppliers.access", answer=shapes.AccessView)
def resume_supplier(call: Call, provider_id: str) -> Json:
    """Let a supplier in again after a suspension, with the credentials that it has."""
    return call.services.dispatch.resume_supplier(provider_id)
