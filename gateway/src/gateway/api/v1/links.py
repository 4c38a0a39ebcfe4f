"""Links between requests, and word to all that hang together."""

from __future__ import annotations

from typing import Any

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.links import NewLink, Update
from gateway.api.schemas.request_views import Informed, RequestSummary
from gateway.clients import Json

resources = Resources()

PATH = "/v1/requests/<uuid:request_id>"
CHANGE: dict[str, Any] = {"permission": "requests.triage", "answer": RequestSummary, "versioned": True}


@resources.route("POST", f"{PATH}/links", body=NewLink, idempotent=True, **CHANGE)
def link_requests(call: Call, request_id: str) -> Json:
    """Link a request to another: as its child, as caused by it, as a complaint about it, or as the same.

    Circles are refused. The links of a request stand in its dossier, for the desk."""
    body = dict(call.body)
    return call.services.intake.link_requests(request_id, call.version, body.pop("request_id"), **body)


@resources.route(
    "DELETE",
    f"{PATH}/links/<any(child_of,caused_by,complaint_about,duplicate_of):kind>/<uuid:other_id>",
    **CHANGE,
)
def unlink_requests(call: Call, request_id: str, kind: str, other_id: str) -> Json:
    """Remove a link, from the end at which it was made. What it held up goes on."""
    return call.services.intake.unlink_requests(request_id, call.version, other_id, kind)


@resources.route(
    "POST",
    f"{PATH}/updates",
    permission="requests.direct",
    body=Update,
    answer=Informed,
    idempotent=True,
    versioned=True,
)
def post_update(call: Call, request_id: str) -> Json:
    """Tell the requester how it stands, or all who wait for the same, each in their own dossier and mail."""
    return call.services.intake.post_update(request_id, call.version, **call.body)
