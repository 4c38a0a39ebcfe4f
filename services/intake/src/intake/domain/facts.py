"""What others are told about a request: the data of each intake.* event, as contracts/intake describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain.approval import Approver, approved_cents
from intake.domain.corrections import Correction
from intake.domain.plans import is_planned
from intake.domain.request_states import State
from intake.domain.values import By, ProductRef, Wanted

if TYPE_CHECKING:
    from intake.domain.requests import Request
    from intake.domain.work_orders import WorkOrder

Data = dict[str, Any]
_ASSESSED = (State.TRIAGE, State.AWAITING_APPROVAL)


def received(request: Request) -> Data:
    place = request.location
    return {
        "request_id": request.request_id,
        "sequence": request.version,
        "reference": request.reference,
        "kind": request.kind,
        "priority": request.priority,
        "channel": request.channel,
        "summary": request.summary,
        "text": request.text,
        "received_at": request.received_at,
        "location": place if place and place.location_id else None,
        "object": request.object,
        "asset": request.asset,
        "requester": request.requester,
        "requested_for": request.requested_for,
        "on_site": request.on_site,
        "cost_centre": request.cost_centre,
        "promise": request.promise,
        "notify": request.notify,
        "customer_id": request.customer_id,
    }


def accepted(request: Request) -> Data:
    return {
        **received(request),
        "accepted_at": request.accepted_at,
        "round": request.round,
        "standard": request.standard,
        "product": request.product,
        "answers": request.answers,
        "quantity": request.quantity,
        "wanted": wanted(request.wanted),
        "stops": request.stops,
        "named_provider": request.named_provider,
        "planned": is_planned(request.created_by),
        "approved_cents": approved_cents(request.approval),
    }


def waiting(request: Request) -> Data:
    held = request.waiting
    assert held is not None
    return {
        **_which(request),
        "since": held.since,
        "reason": held.reason,
        "counterparty": held.counterparty,
        "question": held.question,
        "requester": request.requester,
        "notify": request.notify,
    }


def approval_asked(request: Request, approvers: Sequence[Approver]) -> Data:
    """To these, who have not decided yet; also as a reminder."""
    approval = request.approval
    assert approval is not None
    return {
        **_which(request),
        "summary": request.summary,
        "requester": request.requester,
        "product": request.product,
        "estimate_cents": approval.estimate_cents,
        "note": approval.note,
        "reminder": approval.reminders,
        "approvers": approvers,
        "extra_work_by": (approval.more or {}).get("provider"),
    }


def extra_decided(
    request: Request, more: Mapping[str, Any], outcome: str, reason: str | None, at: datetime, by: By
) -> Data:
    """`more`: which order asked, and the how manieth of its questions this answers."""
    return {
        **_which(request),
        "work_order_id": more["work_order_id"],
        "number": more["question"],
        "outcome": outcome,
        "reason": reason,
        "at": at,
        "by": by,
    }


def resumed(request: Request, at: datetime) -> Data:
    return {**_which(request), "at": at}


def priority_changed(request: Request, at: datetime, by: By) -> Data:
    return {
        **_which(request),
        "at": at,
        "priority": request.priority,
        "danger": request.danger is not None,
        "promise": request.promise,
        "by": by,
    }


def updated(request: Request, text: str, at: datetime, by: By) -> Data:
    return {**_which(request), "at": at, "text": text, "by": by, **_whom(request)}


def part_done(request: Request, at: datetime) -> Data:
    return {**_which(request), "at": at}


def promise_made(
    request: Request, what: str, until: datetime, text: str | None, at: datetime, by: By
) -> Data:
    return {
        **_which(request),
        "what": what,
        "until": until,
        "text": text,
        "at": at,
        "by": by,
        **_whom(request),
    }


def appointment_proposed(request: Request, order: WorkOrder, fact: Mapping[str, Any], at: datetime) -> Data:
    """`fact`: dispatch.work_order_changed."""
    return {
        **_which(request),
        "at": at,
        "work_order_id": order.work_order_id,
        "order_sequence": fact["sequence"],
        "title": order.title,
        "provider": fact["provider"]["name"],
        "windows": fact["appointment"]["windows"],
        **_whom(request),
    }


def ready(request: Request, text: str | None) -> Data:
    return {
        **_which(request),
        "round": request.round,
        "ready_at": request.ready_at,
        "closes_at": request.closes_at,
        **_whom(request),
        **_said(request, text),
    }


def reopened(request: Request, at: datetime, reason: str, by: By) -> Data:
    return {
        **_which(request),
        "round": request.round,
        "reopened_at": at,
        "reason": reason,
        "by": by,
        **_whom(request),
    }


def closed(request: Request, words: str | None, by: By) -> Data:
    return {
        **_which(request),
        "closed_at": request.closed_at,
        "resolution": request.resolution,
        "answer": words,
        "by": by,
        **_whom(request),
        **({"unheard": True} if request.complaint and request.complaint.unheard else {}),
    }


def overruled(request: Request, rule: str, reason: str, product: ProductRef, at: datetime, by: By) -> Data:
    """`product` as it is ordered; the request may not have it yet."""
    names = {"product_id": product.product_id, "version": product.version, "name": product.name}
    return {**_which(request), "rule": rule, "reason": reason, "product": names, "at": at, "by": by}


def wanted(window: Wanted | None) -> Data | None:
    return {"from": window.start, "until": window.end} if window else None


def _said(request: Request, text: str | None) -> Data:
    """What was done. A complaint does not close by itself."""
    complaint = request.complaint
    if complaint:
        return {"needs_word": True, "text": complaint.remedy}
    return {"text": text} if text else {}


def corrected(request: Request, correction: Correction) -> Data:
    """As it is now. Without a product while it is assessed: nothing is to be done until it is accepted."""
    given = correction.after
    return {
        **accepted(request),
        "product": None if request.state in _ASSESSED else request.product,
        "correction": {
            "correction_id": correction.correction_id,
            "what": correction.what,
            "effect": correction.effect,
            "cause": correction.cause,
            "note": correction.note,
            "work_order_id": correction.work_order_id,
            "provider_id": given.get("provider_id"),
            "cost_cents": given.get("cost_cents"),
            "told_anew": correction.told_anew or None,
            "keeps": list(correction.keeps),
            "at": correction.at,
            "by": correction.by,
        },
    }


def _which(request: Request) -> Data:
    return {"request_id": request.request_id, "sequence": request.version, "reference": request.reference}


def _whom(request: Request) -> Data:
    return {"requester": request.requester, "notify": request.notify, "summary": request.summary}
