"""A request with what other services know about it, asked at the same time."""

from __future__ import annotations

from collections.abc import Callable

import eventlet
from servicekit.actor import Actor
from servicekit.errors import Forbidden, NotFound, ServiceError

from gateway.clients import Json, Services
from servicekit import logs

log = logs.logger("dossier")

Part = Callable[[], list[Json]]


def compose(services: Services, actor: Actor, request_id: str) -> Json:
    """Raises what intake raises: without the request there is no dossier, and whether one may see it is for
    intake to say. A part whose service is away is None and its service is named in `unavailable`; a part that
    this actor may not read is None."""
    parts: dict[str, tuple[str, str, Part]] = {
        "clocks": ("clocks.read", "monitoring", lambda: services.monitoring.get_clocks(request_id)["clocks"]),
        "messages": (
            "messages.read",
            "notifications",
            lambda: services.notifications.list_messages(request_id)["items"],
        ),
    }
    asked = {
        name: eventlet.spawn(_ask, part)
        for name, (permission, _, part) in parts.items()
        if actor.can(permission)
    }
    try:
        dossier = services.intake.get_request(request_id)
    except BaseException:
        for greenlet in asked.values():
            greenlet.kill()
        raise
    outcomes = {name: asked[name].wait() if name in asked else None for name in parts}
    away = [parts[name][1] for name, outcome in outcomes.items() if isinstance(outcome, ServiceError)]
    if away:
        log.warning("a dossier is not complete", unavailable=away)
    found = {
        name: None if isinstance(outcome, ServiceError) else outcome for name, outcome in outcomes.items()
    }
    return {**dossier, **found, "unavailable": away}


def _ask(part: Part) -> list[Json] | ServiceError | None:
    """What the service answers, None for what one may not see, or the error: then the part is not
    available."""
    try:
        return part()
    except NotFound:
        return []  # the fact that the request exists has not reached that service yet
    except Forbidden:
        return None
    except ServiceError as error:
        return error
