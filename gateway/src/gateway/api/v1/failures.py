"""The repair list of what failed inside the system: by cause, to be replayed or set aside."""

from __future__ import annotations

from functools import partial

import eventlet
from servicekit.errors import ServiceError

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import failures as shapes
from gateway.clients import SERVICES, Json

resources = Resources()

PATH = f"/v1/failures/<any({', '.join(SERVICES)}):service>"


@resources.route("GET", "/v1/failures", permission="failures.read", answer=shapes.FailureOverview)
def list_causes(call: Call) -> Json:
    """The causes of what waits for repair, over all services, with how many each."""
    asked = {name: eventlet.spawn(partial(_causes, call, name)) for name in SERVICES}
    found = {name: greenlet.wait() for name, greenlet in asked.items()}
    return {
        "items": [cause for causes in found.values() if causes is not None for cause in causes],
        "unavailable": [name for name, causes in found.items() if causes is None],
    }


@resources.route(
    "GET", PATH, permission="failures.read", query=shapes.FailureFilter, answer=shapes.FailurePage, paged=True
)
def list_failures(call: Call, service: str) -> Json:
    """The messages that one service could not handle, newest first."""
    return call.services.recovery(service).list_failures(**call.query)


@resources.route("GET", f"{PATH}/<uuid:message_id>", permission="failures.read", answer=shapes.FailureView)
def get_failure(call: Call, service: str, message_id: str) -> Json:
    """One of them, with its content as far as it may be seen."""
    return call.services.recovery(service).get_failure(message_id)


@resources.route(
    "POST", f"{PATH}/replay", permission="failures.repair", body=shapes.Which, answer=shapes.Replayed,
    idempotent=True,
)  # fmt: skip
def replay_failures(call: Call, service: str) -> Json:
    """Have them handled again."""
    return call.services.recovery(service).replay_failures(**call.body)


@resources.route(
    "POST", f"{PATH}/set-aside", permission="failures.repair", body=shapes.SetAside, answer=shapes.Decided,
    idempotent=True,
)  # fmt: skip
def set_aside_failures(call: Call, service: str) -> Json:
    """Decide that they need not be handled, and why."""
    return call.services.recovery(service).set_aside_failures(**call.body)


def _causes(call: Call, service: str) -> list[Json] | None:
    try:
        groups = call.services.recovery(service).list_failures(limit=1)["groups"]
    except ServiceError:
        return None
    return [{"service": service, **group} for group in groups]
