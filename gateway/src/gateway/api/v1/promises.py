"""What requesters are promised."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.promises import NewPromise, PromiseFilter, PromisePage
from gateway.api.schemas.request_views import RequestSummary
from gateway.clients import Json

resources = Resources()


@resources.route(
    "POST",
    "/v1/requests/<uuid:request_id>/promises",
    permission="requests.direct",
    body=NewPromise,
    answer=RequestSummary,
    idempotent=True,
    versioned=True,
)
def make_promise(call: Call, request_id: str) -> Json:
    """Promise the requester anew by when they hear from the desk, or by when it is done."""
    return call.services.intake.make_promise(request_id, call.version, **call.body)


@resources.route(
    "GET", "/v1/promises", permission="requests.read_all", query=PromiseFilter, answer=PromisePage, paged=True
)
def list_promises(call: Call) -> Json:
    """Find promises over all requests, the first to pass first."""
    return call.services.intake.list_promises(**call.query)
