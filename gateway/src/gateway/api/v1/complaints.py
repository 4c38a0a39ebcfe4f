"""Complaints, from acknowledgement to the customer's word, or a close without it."""

from __future__ import annotations

from typing import Any

from gateway.api.call import Call
from gateway.api.figures import days
from gateway.api.operation import Resources
from gateway.api.schemas.complaints import (
    Acknowledge,
    Attempt,
    Cause,
    Chain,
    CloseUnheard,
    ComplaintFigures,
    Remedy,
    Settle,
)
from gateway.api.schemas.figures import PeriodFilter
from gateway.api.schemas.request_views import RequestSummary
from gateway.clients import Json

resources = Resources()

PATH = "/v1/requests/<uuid:request_id>/complaint"
CHANGE: dict[str, Any] = {
    "permission": "requests.direct",
    "answer": RequestSummary,
    "idempotent": True,
    "versioned": True,
}


@resources.route("POST", f"{PATH}/about", body=Chain, **CHANGE)
def chain_complaint(call: Call, request_id: str) -> Json:
    """Say what a complaint is about: the request, its order with the provider, the promise."""
    return call.services.intake.chain_complaint(request_id, call.version, call.body["about"])


@resources.route("POST", f"{PATH}/acknowledge", body=Acknowledge, **CHANGE)
def acknowledge_complaint(call: Call, request_id: str) -> Json:
    """Tell the customer who looks at it; that is the response that was promised."""
    return call.services.intake.acknowledge_complaint(request_id, call.version, call.body["text"])


@resources.route("POST", f"{PATH}/cause", body=Cause, **CHANGE)
def find_cause(call: Call, request_id: str) -> Json:
    """Say why it happened."""
    return call.services.intake.find_cause(request_id, call.version, **call.body)


@resources.route("POST", f"{PATH}/remedy", body=Remedy, **CHANGE)
def remedy_complaint(call: Call, request_id: str) -> Json:
    """Tell the customer what is done about it; then it is theirs to confirm or reopen.

    It never closes by silence alone: the desk is asked to telephone."""
    return call.services.intake.remedy_complaint(request_id, call.version, **call.body)


@resources.route("POST", f"{PATH}/settle", body=Settle, **CHANGE)
def settle_complaint(call: Call, request_id: str) -> Json:
    """Close it on the customer's spoken word, with whose it was and when."""
    return call.services.intake.settle_complaint(request_id, call.version, **call.body)


@resources.route("POST", f"{PATH}/attempts", body=Attempt, **CHANGE)
def note_attempt(call: Call, request_id: str) -> Json:
    """Note that the customer was tried to be reached for their word, how and when."""
    return call.services.intake.note_attempt(request_id, call.version, **call.body)


@resources.route("POST", f"{PATH}/close", body=CloseUnheard, **{**CHANGE, "permission": "complaints.close"})
def close_unheard(call: Call, request_id: str) -> Json:
    """Close it without the customer's word, and tell them why.

    Only after two attempts to reach them, and ten working days since they were told what is done about it."""
    return call.services.intake.close_unheard(request_id, call.version, call.body["reason"])


@resources.route(
    "GET",
    "/v1/complaints/figures",
    permission="figures.read",
    query=PeriodFilter,
    answer=ComplaintFigures,
)
def get_complaint_figures(call: Call) -> Json:
    """How many complaints came in about which provider and product, and why."""
    now, zone = call.house.demo_clock.now(), call.house.settings.zone
    period = days(call.query.get("from"), call.query.get("until"), now, zone)
    return call.services.intake.get_complaint_figures(period.first, period.last)
