"""What the desk and the requester decide about a request."""

from __future__ import annotations

from typing import Any

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.request_views import RequestSummary
from gateway.api.schemas.requests import DeskAnswer, JoinOther, Question, Reason, Reply, Triage, Words
from gateway.clients import Json

resources = Resources()

PATH = "/v1/requests/<uuid:request_id>"
CHANGE: dict[str, Any] = {"answer": RequestSummary, "idempotent": True, "versioned": True}
ADDITION: dict[str, Any] = {"answer": RequestSummary, "idempotent": True}


@resources.route("POST", f"{PATH}/triage", permission="requests.triage", body=Triage, **CHANGE)
def triage_request(call: Call, request_id: str) -> Json:
    """Map a request to a product, whose process then starts."""
    return call.services.intake.triage_request(request_id, call.version, **call.body)


@resources.route("POST", f"{PATH}/answer", permission="requests.answer", body=DeskAnswer, **CHANGE)
def answer_request(call: Call, request_id: str) -> Json:
    """Answer a request at the desk, which closes it."""
    return call.services.intake.answer_request(request_id, call.version, **call.body)


@resources.route("POST", f"{PATH}/reject", permission="requests.triage", body=Reason, **CHANGE)
def reject_request(call: Call, request_id: str) -> Json:
    """Reject a request, with the reason that its requester gets to read."""
    return call.services.intake.reject_request(request_id, call.version, call.body["reason"])


@resources.route("POST", f"{PATH}/join", permission="requests.triage", body=JoinOther, **CHANGE)
def join_request(call: Call, request_id: str) -> Json:
    """Let a request go along with another about the same. What becomes of that one reaches its requester."""
    return call.services.intake.join_request(request_id, call.version, call.body["request_id"])


@resources.route("POST", f"{PATH}/split", permission="requests.triage", **CHANGE)
def split_request(call: Call, request_id: str) -> Json:
    """Let a request stand by itself again, to be assessed."""
    return call.services.intake.split_request(request_id, call.version)


@resources.route("POST", f"{PATH}/questions", permission="requests.direct", body=Question, **CHANGE)
def ask_requester(call: Call, request_id: str) -> Json:
    """Ask the requester something; the request waits for the answer."""
    return call.services.intake.ask_requester(request_id, call.version, call.body["question"])


@resources.route("POST", f"{PATH}/replies", permission="requests.reply", body=Reply, **ADDITION)
def reply_to_desk(call: Call, request_id: str) -> Json:
    """Reply to the desk."""
    return call.services.intake.reply_to_desk(request_id, **call.body)


@resources.route("POST", f"{PATH}/notes", permission="requests.direct", body=Words, **ADDITION)
def add_note(call: Call, request_id: str) -> Json:
    """Add a note that only the desk reads."""
    return call.services.intake.add_note(request_id, **call.body)


@resources.route("POST", f"{PATH}/confirm", permission="requests.own_decision", **CHANGE)
def confirm_request(call: Call, request_id: str) -> Json:
    """Confirm that it is solved, which closes the request."""
    return call.services.intake.confirm_request(request_id, call.version)


@resources.route("POST", f"{PATH}/reopen", permission="requests.own_decision", body=Reason, **CHANGE)
def reopen_request(call: Call, request_id: str) -> Json:
    """Say that it is not solved, and why; new work orders are made."""
    return call.services.intake.reopen_request(request_id, call.version, call.body["reason"])


@resources.route("POST", f"{PATH}/withdraw", permission="requests.own_decision", body=Reason, **CHANGE)
def withdraw_request(call: Call, request_id: str) -> Json:
    """Withdraw a request; its open work orders are cancelled."""
    return call.services.intake.withdraw_request(request_id, call.version, call.body["reason"])
