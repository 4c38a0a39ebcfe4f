"""The repair list over all services, asked at the same time."""

from __future__ import annotations

from functools import partial
from typing import Any

import eventlet
from servicekit.errors import ServiceError

from gateway.clients import SERVICES, Json, Services
from servicekit import logs

log = logs.logger("repairing")


def overview(services: Services, **filters: Any) -> Json:
    """The causes, most frequent first, and the services that did not answer."""
    asked = {name: eventlet.spawn(partial(_causes, services, name, filters)) for name in SERVICES}
    found = {name: greenlet.wait() for name, greenlet in asked.items()}
    causes = [cause for each in found.values() if each is not None for cause in each]
    return {
        "items": sorted(causes, key=lambda cause: (-cause["count"], cause["service"], cause["cause"])),
        "total": sum(cause["count"] for cause in causes),
        "unavailable": [name for name, each in found.items() if each is None],
    }


def _causes(services: Services, service: str, filters: Json) -> list[Json] | None:
    try:
        causes: list[Json] = services.recovery(service).count_failures(**filters)["items"]
    except ServiceError as error:
        log.warning("a repair list could not be read", of=service, error=error.code)
        return None
    return causes
