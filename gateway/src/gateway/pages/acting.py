"""Calling services in the name of somebody else than who looks at the page."""

from __future__ import annotations

from servicekit.actor import Actor

from gateway.clients import Caller, Services
from gateway.pages.visit import Visit


def as_actor(visit: Visit, actor: Actor) -> Services:
    key = visit.form.get("key", "") or None
    return Services(Caller(visit.house.transport, actor, visit.correlation_id, key))
