"""A request as a row, and back. Snapshots (requester, place, product) are JSON, so that lists need
no joins.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from intake.domain.approval import Approval
from intake.domain.assets import AssetRef
from intake.domain.complaints import Complaint
from intake.domain.confidence import VEIL, WORDS, Reader, sealed
from intake.domain.involved import CostCentre, OnSite
from intake.domain.pledges import Pledge, following, unanswered
from intake.domain.priorities import Grade
from intake.domain.request_states import Resolution, State
from intake.domain.requests import Request
from intake.domain.values import Entry, Place, ProductRef, Promise, Requester, Waiting, Wanted
from intake.domain.work_orders import WorkOrder

Row = dict[str, Any]

# What is the same in the row and in the object.
PLAIN_FIXED = (
    "request_id", "number", "reference", "channel", "summary", "text", "received_at", "created_by",
    "external_source", "external_key", "imported", "stops", "named_provider",
)  # fmt: skip
PLAIN_CHANGING = (
    "version", "kind", "priority", "standard", "notify", "customer_id", "answers", "answer", "round",
    "accepted_at", "ready_at", "closes_at", "closed_at", "updated_at", "signals", "settled",
    "reassignment_count", "reopen_count", "announced", "follows", "followers", "object", "danger",
    "linked", "held", "incident_id", "theme_id", "quantity", "corrections",
    "units", "cancelled_late", "charges",
)  # fmt: skip


CHANGING = (
    *PLAIN_CHANGING, "requested_for", "requested_for_id", "on_site", "cost_centre",
    "location", "location_id", "asset", "asset_id", "wanted_from", "wanted_until",
    "complaint", "complained_provider_id", "impact", "urgency", "state", "resolution",
    "product", "product_id", "respond_by", "resolve_by", "promised_at", "waiting", "approval",
    "sealed", "readers",
    "approver_ids", "remind_at", "attention", "orders", "pledges", "next_until", "next_what",
)  # fmt: skip


def changing(request: Request) -> Row:
    """The columns that a change of a request may touch, as values that go into JSON."""
    row = {name: getattr(request, name) for name in PLAIN_CHANGING}
    place, wanted = request.location, request.wanted
    row |= {
        "requested_for": request.requested_for,
        "requested_for_id": request.requested_for.person_id if request.requested_for else None,
        "on_site": request.on_site,
        "cost_centre": request.cost_centre,
        "complaint": request.complaint,
        "complained_provider_id": request.complaint.provider_id if request.complaint else None,
        "location": place,
        "location_id": place.location_id if place else None,
        "asset": request.asset,
        "asset_id": request.asset.asset_id if request.asset else None,
        "wanted_from": wanted.start if wanted else None,
        "wanted_until": wanted.end if wanted else None,
        "impact": request.grade.impact,
        "urgency": request.grade.urgency,
        "state": request.state,
        "resolution": request.resolution,
        "product": request.product,
        "product_id": request.product.product_id if request.product else None,
        "respond_by": request.promise.respond_by,
        "resolve_by": request.promise.resolve_by,
        **_promised(request),
        "waiting": request.waiting,
        "approval": request.approval,
        **_awaited(request),
        "attention": request.attention,
        "orders": request.orders,
        "sealed": sealed(request),
        "readers": request.readers,
    }
    return row | veil(row) if request.confidential else row


def veil(row: Row) -> Row:
    """What stands in its row for the words of a confidential request."""
    return {name: kept for name, kept in WORDS.items() if name in row}


def _promised(request: Request) -> Row:
    """What lists sort on: the next promise, or one that was not kept and needs a word; else what was promised
    last. While the requester has the word there is no next one.
    """
    next_one, late = following(request.pledges), unanswered(request.pledges)
    pressing = [each.until for each in (*late, *([next_one] if next_one else []))]
    shown = next_one if next_one and request.waiting is None else None
    return {
        "pledges": request.pledges,
        "promised_at": min(pressing, default=request.promise.last),
        "next_until": shown.until if shown else None,
        "next_what": shown.what if shown else None,
    }


def pledge_rows(request: Request) -> list[Row]:
    """As they are counted and listed, beside the request that they are kept with."""
    return [
        {
            "request_id": request.request_id,
            "number": each.number,
            "what": each.what,
            "made_at": each.made_at,
            "made_by": None if each.made_by.kind == "service" else each.made_by.name,
            "until": each.until,
            "text": VEIL if request.confidential and each.text else each.text,
            "team": each.team,
            "state": each.state,
            "ended_at": each.ended_at,
            "answered_at": each.answered_at,
        }
        for each in request.pledges
    ]


def _awaited(request: Request) -> Row:
    """Whose word is waited for, and when they are reminded."""
    approval = request.approval
    if approval is None or not request.awaits_word:
        return {"approver_ids": [], "remind_at": None}
    return {"approver_ids": approval.deciders, "remind_at": approval.remind_at}


def whole(request: Request) -> Row:
    """Every column, for a new request."""
    requester = request.requester
    row = {name: getattr(request, name) for name in PLAIN_FIXED}
    row |= {
        "requester": requester,
        "requester_id": requester.person_id if requester else None,
    }
    return (row | veil(row) if request.confidential else row) | changing(request)


def to_request(row: Mapping[Any, Any]) -> Request:
    plain = {name: row[name] for name in (*PLAIN_FIXED, *PLAIN_CHANGING)} | (row["sealed"] or {})
    waiting = row["waiting"]
    return Request(
        **plain,
        readers=[Reader(**each) for each in row["readers"]] if row["readers"] is not None else None,
        complaint=_complaint(row),
        grade=Grade(row["impact"], row["urgency"]),
        state=State(row["state"]),
        resolution=Resolution(row["resolution"]) if row["resolution"] else None,
        promise=Promise(row["respond_by"], row["resolve_by"]),
        requester=Requester(**row["requester"]) if row["requester"] else None,
        requested_for=Requester(**row["requested_for"]) if row["requested_for"] else None,
        on_site=OnSite(**row["on_site"]) if row["on_site"] else None,
        cost_centre=CostCentre(**row["cost_centre"]) if row["cost_centre"] else None,
        location=Place(**row["location"]) if row["location"] else None,
        asset=AssetRef(**row["asset"]) if row["asset"] else None,
        product=ProductRef(**row["product"]) if row["product"] else None,
        wanted=Wanted(row["wanted_from"], row["wanted_until"]) if row["wanted_from"] else None,
        waiting=Waiting(**{**waiting, "since": datetime.fromisoformat(waiting["since"])})
        if waiting
        else None,
        approval=Approval.from_row(row["approval"]) if row["approval"] else None,
        orders={key: WorkOrder(**order) for key, order in row["orders"].items()},
        pledges=[Pledge.from_row(each) for each in row["pledges"]],
        stood=Promise(row["respond_by"], row["resolve_by"]),
        loaded_version=row["version"],
    )


def _complaint(row: Mapping[Any, Any]) -> Complaint | None:
    """One that came before complaints had a life of their own begins it when it is looked at."""
    if row["complaint"]:
        return Complaint.from_row(row["complaint"])
    return Complaint() if row["kind"] == "complaint" and row["state"] != State.CLOSED else None


def entry_row(request_id: UUID, entry: Entry) -> Row:
    return {
        "request_id": request_id,
        "at": entry.at,
        "type": entry.type,
        "by": entry.by,
        "data": entry.data,
        "internal": entry.internal,
        "public": entry.public,
        "position": entry.position,
    }
