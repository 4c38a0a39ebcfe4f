"""What services answer about one product, one answer, one place and one request; and who asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport

from .conftest import Browser

REQUEST_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
PERSON_ID = "01926f00-3000-7a01-8e44-8f9a0b1c2d01"
PRODUCT: dict[str, Any] = {
    "product_id": "01926f00-5000-7a01-8e44-8f9a0b1c2d01",
    "version": 2,
    "slug": "heating-fault",
    "category": {"nl": "Reparaties", "en": "Repairs"},
    "name": {"nl": "Verwarming doet het niet", "en": "Heating does not work"},
    "description": {"nl": "Koud.", "en": "Cold."},
    "kind": "fault",
    "priority": "P3",
    "lead_time": {"amount": 2, "unit": "working_days"},
    "price": {"kind": "none", "amount_cents": None, "per": None},
    "questions": [
        {
            "key": "problem",
            "label": {"nl": "Wat merkt u?", "en": "What do you notice?"},
            "type": "choice",
            "required": True,
            "choices": [{"value": "cold", "label": {"nl": "Koud", "en": "Cold"}}],
        }
    ],
    "process": {
        "steps": [
            {"key": "mend", "provider": "vonk-val", "instructions": {"en": "Use the secret key cabinet."}}
        ]
    },
}
LUNCH: dict[str, Any] = {
    **PRODUCT,
    "slug": "meeting-lunch",
    "name": {"nl": "Meeting lunch", "en": "Meeting lunch"},
    "kind": "order",
    "questions": [],
}
ARTICLE: dict[str, Any] = {
    "article_id": "01926f00-6000-7a01-8e44-8f9a0b1c2d01",
    "version": 1,
    "slug": "heating-slow",
    "title": {"nl": "Mijn kamer wordt niet warm", "en": "My room does not get warm"},
    "body": {"nl": "Draai de knop op 3.", "en": "Turn the knob to 3."},
    "product_ids": [PRODUCT["product_id"]],
}
ROOM: dict[str, Any] = {
    "location_id": "01926f00-7000-7a01-8e44-8f9a0b1c2d01",
    "name": "3.12",
    "path": "De Sluis / 3.12",
}


def order(state: str, planned_from: str | None = None, planned_until: str | None = None) -> dict[str, Any]:
    return {
        "work_order_id": "01926f00-8000-7a01-8e44-8f9a0b1c2d01",
        "number": "WO-1",
        "title": {"nl": "Herstellen", "en": "Mend"},
        "provider": {"name": "Vonk & Val"},
        "state": state,
        "round": 1,
        "planned_from": planned_from,
        "planned_until": planned_until,
    }


def request(**changes: Any) -> dict[str, Any]:
    """As its requester gets it."""
    return {
        "request_id": REQUEST_ID,
        "reference": "SD-26-000123",
        "version": 7,
        "state": "in_progress",
        "resolution": None,
        "kind": "fault",
        "summary": "De radiator blijft koud",
        "text": "De radiator blijft koud",
        "requester": {"name": "Somebody", "person_id": PERSON_ID},
        "location": ROOM,
        "product": {"name": PRODUCT["name"]},
        "promise": {"respond_by": "2126-11-26T10:30:00Z", "resolve_by": "2126-11-27T16:30:00Z"},
        "received_at": "2026-11-25T10:00:00Z",
        "updated_at": "2026-11-25T10:00:00Z",
        "waiting": None,
        "attention": None,
        "answer": None,
        "quantity": 1,
        "wanted": None,
        "round": 1,
        "closes_at": None,
        "orders": [],
        "timeline": [],
        **changes,
    }


Browsers = Callable[..., Browser]
SANNE: dict[str, Any] = {"person_id": PERSON_ID, "language": "en"}
REPORT = {"answers.problem": "cold", "text": "It stays cold.", "location_id": ROOM["location_id"]}


def page(*items: Any) -> dict[str, Any]:
    return {"items": list(items), "next_cursor": None}


@pytest.fixture
def services(transport: FakeTransport) -> FakeTransport:
    transport.answers = {
        "catalog.list_products": page(PRODUCT),
        "catalog.list_articles": page(ARTICLE),
        "catalog.get_product": {**PRODUCT, "withdrawn_at": None},
        "intake.preview_promise": {
            "respond_by": "2126-11-26T10:30:00Z",
            "resolve_by": "2126-11-27T16:30:00Z",
        },
        "intake.list_requests": page(request()),
        "intake.get_request": request(),
        "intake.get_own_person": {"name": "Sanne", "location": ROOM},
        "intake.list_locations": page(),
        "intake.receive_request": {"request_id": REQUEST_ID, "reference": "SD-26-000123"},
        "monitoring.list_norms": page() | {"opening_hours": None},
    }
    return transport


def speaking_english(visitor: Browser) -> Browser:
    visitor.client.set_cookie(
        "__Host-desk-likings", "language=en&theme=system&density=comfortable&keys=on",
        domain="desk.example", secure=True,
    )  # fmt: skip
    return visitor
