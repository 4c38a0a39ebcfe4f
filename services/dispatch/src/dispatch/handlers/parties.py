"""Whose order it is, and in whose hands an action lies."""

from __future__ import annotations

from uuid import UUID

from servicekit.actor import Actor

from dispatch.domain.providers import Kind, Provider
from dispatch.domain.work_order_states import Party
from dispatch.domain.work_orders import Author, WorkOrder

DESK_ROLES = ("agent", "manager", "operator")
TEAM_LEAD = "team_lead"
EXECUTOR_ROLES = ("team", TEAM_LEAD, "supplier")
PROCESS = frozenset(Party)  # what dispatch does by itself
EXECUTOR = frozenset({Party.EXECUTOR})
MEMBER = frozenset({Party.MEMBER})
CHECKER = frozenset({Party.CHECKER})
NOBODY: frozenset[Party] = frozenset()


def parties_of(actor: Actor, order: WorkOrder) -> frozenset[Party]:
    """Empty for somebody who only reads. The desk may also speak for a provider or a customer that
    telephones, and is the one who checks unless the step names another.
    """
    if actor.kind == "service":
        return PROCESS
    member = MEMBER if is_member(actor, order.provider) else NOBODY
    if actor.has_role(*DESK_ROLES):
        mine = member | {Party.DESK, Party.EXECUTOR, Party.CUSTOMER}
        return mine | CHECKER if _checks(actor, order) else mine
    if own_provider(actor) != order.provider.provider_id:
        return NOBODY
    leads = order.check_by == TEAM_LEAD and _checks(actor, order)
    return member | EXECUTOR | CHECKER if leads else member | EXECUTOR


def _checks(actor: Actor, order: WorkOrder) -> bool:
    return order.check_by != TEAM_LEAD or actor.can("work_orders.lead")


def is_member(actor: Actor, provider: Provider) -> bool:
    """One of the people of a team of our own; at a supplier who does it is not ours to say."""
    own = actor.provider_id == str(provider.provider_id)
    of_team = provider.kind is Kind.TEAM and actor.has_role("team", TEAM_LEAD)
    return own and actor.kind == "person" and of_team


def leads(actor: Actor, provider_id: UUID) -> bool:
    return actor.has_role(TEAM_LEAD) and actor.provider_id == str(provider_id)


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
