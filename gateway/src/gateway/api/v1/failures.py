"""The repair list of what failed anywhere: by cause, to be tried again or set aside."""

from __future__ import annotations

from gateway.api import repairing
from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import failures as shapes
from gateway.clients import SERVICES, Json

resources = Resources()

PATH = f"/v1/failures/<any({', '.join(SERVICES)}):service>"


@resources.route(
    "GET", "/v1/failures", permission="failures.read", query=shapes.CauseFilter, answer=shapes.FailureOverview
)
def list_causes(call: Call) -> Json:
    """What failed, over all services, by cause, with how many each."""
    return repairing.overview(call.services, **call.query)


@resources.route(
    "GET", PATH, permission="failures.read", query=shapes.FailureFilter, answer=shapes.FailurePage, paged=True
)
def list_failures(call: Call, service: str) -> Json:
    """What failed in one service, newest first."""
    return call.services.recovery(service).list_failures(**call.query)


@resources.route(
    "GET", f"{PATH}/preview", permission="failures.read", query=shapes.OneCause, answer=shapes.FailurePreview
)
def preview_failures(call: Call, service: str) -> Json:
    """What replaying or setting aside a whole cause would touch: how many, and the oldest of them."""
    return call.services.recovery(service).preview_failures(**call.query)


@resources.route("GET", f"{PATH}/<uuid:failure_id>", permission="failures.read", answer=shapes.FailureView)
def get_failure(call: Call, service: str, failure_id: str) -> Json:
    """One of them, with what was decided about it, and of a message its content as far as it may be seen."""
    return call.services.recovery(service).get_failure(failure_id)


@resources.route(
    "POST", f"{PATH}/replay", permission="failures.repair", body=shapes.Which, answer=shapes.FailureOutcomes,
    idempotent=True,
)  # fmt: skip
def replay_failures(call: Call, service: str) -> Json:
    """Try again. Answers what came of each: one that is refused does not hold up the others.

    A message is handled once, however often it is replayed.
    """
    return call.services.recovery(service).replay_failures(**call.body)


@resources.route(
    "POST", f"{PATH}/set-aside", permission="failures.repair", body=shapes.SetAside,
    answer=shapes.FailureOutcomes, idempotent=True,
)  # fmt: skip
def set_aside_failures(call: Call, service: str) -> Json:
    """Decide that these need not be done, and why. What fails anew is open again."""
    return call.services.recovery(service).set_aside_failures(**call.body)
