"""Internal teams and suppliers."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.base import Body
from gateway.api.schemas.providers import NewProvider, ProviderPage, ProviderView
from gateway.clients import Json

resources = Resources()


@resources.route(
    "GET", "/v1/providers", permission="providers.read", query=Body, answer=ProviderPage, paged=True
)
def list_providers(call: Call) -> Json:
    """All teams and suppliers."""
    return call.services.dispatch.list_providers()


@resources.route(
    "POST", "/v1/providers", permission="providers.write", body=NewProvider, answer=ProviderView, status=201,
    idempotent=True,
)  # fmt: skip
def save_provider(call: Call) -> Json:
    """Save a team or supplier; the one with this slug, if it exists."""
    return call.services.dispatch.save_provider(**call.body)
