"""Whose order it is, and in whose hands an action lies."""

from __future__ import annotations

from uuid import UUID

from servicekit.actor import Actor

from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import Party
from dispatch.domain.work_orders import Author

DESK_ROLES = ("agent", "manager", "operator")
EXECUTOR_ROLES = ("team", "supplier")
PROCESS = frozenset(Party)  # what dispatch does by itself
EXECUTOR = frozenset({Party.EXECUTOR})
NOBODY: frozenset[Party] = frozenset()


def parties_of(actor: Actor, provider: Provider) -> frozenset[Party]:
    """Empty for somebody who only reads. The desk may also speak for a provider or a customer that
    telephones.
    """
    if actor.kind == "service":
        return PROCESS
    if actor.has_role(*DESK_ROLES):
        return frozenset({Party.DESK, Party.EXECUTOR, Party.CUSTOMER})
    return EXECUTOR if own_provider(actor) == provider.provider_id else NOBODY


def own_provider(actor: Actor) -> UUID | None:
    """The only provider whose orders this actor may know of; None: no such limit.

    A team or supplier account without a provider sees nothing: it gets an identifier that no provider has.
    """
    if actor.kind == "service" or not actor.has_role(*EXECUTOR_ROLES) or actor.has_role(*DESK_ROLES):
        return None
    return UUID(actor.provider_id) if actor.provider_id else UUID(int=0)


def author(actor: Actor) -> Author:
    return Author(actor.kind, actor.name or None, actor.id)


def supplier(provider: Provider) -> Author:
    """A supplier that spoke over the broker, where it has no person's name."""
    return Author("supplier", provider.name, provider.address or provider.slug)
