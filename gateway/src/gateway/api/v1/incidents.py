"""Major incidents: many reports of one thing, answered together."""

from __future__ import annotations

from typing import Any

from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas.incidents import (
    ChangedIncident,
    IncidentFilter,
    IncidentList,
    MoreRequests,
    NewIncident,
    OneRequest,
    ToAll,
    WholeIncident,
)
from gateway.clients import Json

resources = Resources()

PATH = "/v1/incidents/<uuid:incident_id>"
CHANGE: dict[str, Any] = {
    "permission": "requests.triage",
    "answer": ChangedIncident,
    "idempotent": True,
    "versioned": True,
}


@resources.route(
    "POST",
    "/v1/incidents",
    permission="requests.triage",
    body=NewIncident,
    answer=ChangedIncident,
    status=201,
    idempotent=True,
)
def open_incident(call: Call) -> Answer:
    """Gather requests under a new major incident. Each stays a request of its own."""
    made = call.services.intake.open_incident(**call.body)
    return created(made, f"/v1/incidents/{made['incident_id']}")


@resources.route(
    "GET", "/v1/incidents", permission="requests.read_all", query=IncidentFilter, answer=IncidentList
)
def list_incidents(call: Call) -> Json:
    """Major incidents, the newest first."""
    return call.services.intake.list_incidents(**call.query)


@resources.route("GET", PATH, permission="requests.read_all", answer=WholeIncident)
def get_incident(call: Call, incident_id: str) -> Json:
    """One of them, with its requests and what was done."""
    return call.services.intake.get_incident(incident_id)


@resources.route("POST", f"{PATH}/requests", body=MoreRequests, **CHANGE)
def gather_requests(call: Call, incident_id: str) -> Json:
    """Gather more requests, each with what became of it."""
    return call.services.intake.gather_requests(incident_id, call.version, call.body["request_ids"])


@resources.route("POST", f"{PATH}/updates", body=ToAll, **{**CHANGE, "permission": "requests.direct"})
def tell_incident(call: Call, incident_id: str) -> Json:
    """Tell every reporter how it stands, each in their own dossier and by their own mail, once."""
    return call.services.intake.tell_incident(incident_id, call.version, call.body["text"])


@resources.route("POST", f"{PATH}/split", body=OneRequest, **CHANGE)
def split_from_incident(call: Call, incident_id: str) -> Json:
    """Let a request go on by itself."""
    return call.services.intake.split_from_incident(incident_id, call.version, call.body["request_id"])


@resources.route("POST", f"{PATH}/close", body=ToAll, **CHANGE)
def close_incident(call: Call, incident_id: str) -> Json:
    """Make all of them ready, so that each reporter decides. What has work of its own goes on with that."""
    return call.services.intake.close_incident(incident_id, call.version, call.body["text"])
