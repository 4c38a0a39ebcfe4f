"""Confidential requests: only their requester, their named readers and who carries them out read them."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import confiding as shapes
from gateway.api.schemas.request_views import RequestSummary
from gateway.clients import Json

resources = Resources()
CONFIDANTS = "/v1/confidants"


@resources.route(
    "POST", "/v1/requests/<uuid:request_id>/confidential", permission="requests.direct",
    body=shapes.NewReaders, answer=RequestSummary, idempotent=True, versioned=True,
)  # fmt: skip
def confide_request(call: Call, request_id: str) -> Json:
    """Make a request confidential, or name who reads one that is. It stays confidential.

    To everybody else it does not exist; what was kept of its words elsewhere is put away."""
    readers = [str(each) for each in call.body["reader_ids"]]
    return call.services.intake.confide_request(request_id, call.version, readers)


@resources.route("GET", CONFIDANTS, permission="requests.read_all", answer=shapes.ConfidantList)
def list_confidants(call: Call) -> Json:
    """Who reads what is reported in confidence."""
    return call.services.intake.list_confidants()


@resources.route(
    "POST",
    CONFIDANTS,
    permission="confidants.write",
    body=shapes.NewConfidants,
    answer=shapes.ConfidantList,
    idempotent=True,
)
def save_confidants(call: Call) -> Json:
    """Name who reads what is reported in confidence from now on, in place of who did."""
    return call.services.intake.save_confidants([str(each) for each in call.body["person_ids"]])
