"""A request as a row, and back. Snapshots (requester, place, product) are JSON, so that lists need
no joins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from intake.domain.request_states import Resolution, State
from intake.domain.requests import Request
from intake.domain.values import Entry, Place, ProductRef, Promise, Requester, Waiting, Wanted
from intake.domain.work_orders import WorkOrder

Row = dict[str, Any]

# What is the same in the row and in the object.
PLAIN_FIXED = (
    "request_id", "number", "reference", "channel", "summary", "text", "received_at", "created_by",
    "quantity", "external_source", "external_key", "imported",
)  # fmt: skip
PLAIN_CHANGING = (
    "version", "kind", "priority", "standard", "notify", "customer_id", "answers", "answer", "round",
    "accepted_at", "ready_at", "closes_at", "closed_at", "updated_at", "signals", "reassignment_count",
    "reopen_count", "announced",
)  # fmt: skip


def changing(request: Request) -> Row:
    """The columns that a change of a request may touch."""
    row = {name: getattr(request, name) for name in PLAIN_CHANGING}
    product = request.product
    row |= {
        "state": request.state.value,
        "resolution": request.resolution and request.resolution.value,
        "product": asdict(product) if product else None,
        "product_id": _uuid(product.product_id) if product else None,
        "respond_by": request.promise.respond_by,
        "resolve_by": request.promise.resolve_by,
        "promised_at": request.promise.last,
        "waiting": asdict(request.waiting) if request.waiting else None,
        "attention": request.attention,
        "orders": {key: asdict(order) for key, order in request.orders.items()},
    }
    return row


def whole(request: Request) -> Row:
    """Every column, for a new request."""
    requester, place, wanted = request.requester, request.location, request.wanted
    row = {name: getattr(request, name) for name in PLAIN_FIXED}
    row |= {
        "requester": asdict(requester) if requester else None,
        "requester_id": _uuid(requester.person_id) if requester else None,
        "location": asdict(place) if place else None,
        "location_id": _uuid(place.location_id) if place and place.location_id else None,
        "wanted_from": wanted.start if wanted else None,
        "wanted_until": wanted.end if wanted else None,
    }
    return row | changing(request)


def to_request(row: Mapping[Any, Any]) -> Request:
    plain = {name: row[name] for name in (*PLAIN_FIXED, *PLAIN_CHANGING)}
    waiting = row["waiting"]
    return Request(
        **plain,
        state=State(row["state"]),
        resolution=Resolution(row["resolution"]) if row["resolution"] else None,
        promise=Promise(row["respond_by"], row["resolve_by"]),
        requester=Requester(**row["requester"]) if row["requester"] else None,
        location=Place(**row["location"]) if row["location"] else None,
        product=ProductRef(**row["product"]) if row["product"] else None,
        wanted=Wanted(row["wanted_from"], row["wanted_until"]) if row["wanted_from"] else None,
        waiting=Waiting(**{**waiting, "since": datetime.fromisoformat(waiting["since"])})
        if waiting
        else None,
        orders={key: WorkOrder(**order) for key, order in row["orders"].items()},
        loaded_version=row["version"],
    )


def entry_row(request_id: UUID, entry: Entry) -> Row:
    return {
        "request_id": request_id,
        "at": entry.at,
        "type": entry.type,
        "by": asdict(entry.by),
        "data": entry.data,
        "internal": entry.internal,
        "public": entry.public,
        "position": entry.position,
    }


def _uuid(text: str) -> UUID:
    return UUID(text)
