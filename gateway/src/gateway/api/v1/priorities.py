"""How pressing: of one request, and by which matrix."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.priorities import MatrixView, NewMatrix, NewPriority
from gateway.api.schemas.request_views import RequestSummary
from gateway.clients import Json

resources = Resources()


@resources.route(
    "POST",
    "/v1/requests/<uuid:request_id>/priority",
    permission="requests.direct",
    body=NewPriority,
    answer=RequestSummary,
    idempotent=True,
    versioned=True,
)
def set_priority(call: Call, request_id: str) -> Json:
    """Say how pressing a request is: by whom it touches and how badly, or by a priority with the reason.

    The promise and the clocks are computed anew from the moment of receipt; what paused stays paused."""
    return call.services.intake.set_priority(request_id, call.version, **call.body)


@resources.route("GET", "/v1/priority-matrix", permission="priorities.read", answer=MatrixView)
def get_priority_matrix(call: Call) -> Json:
    """Which priority impact and urgency come to."""
    return call.services.intake.get_priority_matrix()


@resources.route(
    "PUT",
    "/v1/priority-matrix",
    permission="priorities.write",
    body=NewMatrix,
    answer=MatrixView,
    versioned=True,
)
def set_priority_matrix(call: Call) -> Json:
    """Set the matrix. It holds for what is weighed from now on."""
    return call.services.intake.set_priority_matrix(call.version, call.body["cells"])
