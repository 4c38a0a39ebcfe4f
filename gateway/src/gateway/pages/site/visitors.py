"""On whose behalf the catalogue is asked: the visitor's own, or that of anybody who walks in.

Services answer signed actors only. For somebody who is not signed in the gateway signs one with the role
`visitor`, which permissions.json lets read what is published and nothing else. There is no account with that
role, so nobody can hold a token of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from servicekit.actor import Actor
from servicekit.errors import ServiceError

from gateway.clients import Json, Services
from gateway.offering import asker_of
from gateway.pages.visit import Visit

ROLE = "visitor"


def public_services(visit: Visit) -> Services:
    """For what everybody may read. A supplier's account, say, may read less than somebody who walks in."""
    if visit.can("catalog.read"):
        return visit.services
    stranger = Actor("anonymous", ROLE, roles=frozenset({ROLE}), language=visit.words.language)
    return visit.services_of(stranger)


def if_there(ask: Callable[[], Any]) -> Any:
    """The answer, or None when its service is away: a helpful part must not take the page along."""
    try:
        return ask()
    except ServiceError:
        return None


def items(ask: Callable[[], Any]) -> list[Json]:
    found = if_there(ask)
    return found["items"] if found else []


def own_id(visit: Visit) -> str | None:
    """The person who visits, when it is one who may have requests."""
    return visit.actor.person_id if visit.signed_in and visit.can("requests.read") else None


def offered_to(visit: Visit) -> dict[str, Any]:
    """For the catalogue: who asks, when that is a person; whoever just walks in sees everything."""
    if own_id(visit) is None:
        return {}
    asker = if_there(lambda: asker_of(visit.services))
    return {"offered_to": asker} if asker is not None else {}
