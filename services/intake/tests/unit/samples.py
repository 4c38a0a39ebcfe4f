"""Requests and facts to test with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from intake.domain.requests import Request
from intake.domain.values import By, ProductRef, Promise, Requester

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SANNE = By("person", "Sanne")
AMIRA = By("person", "Amira")
RADIATOR = ProductRef("p1", 2, "verwarming-defect", {"nl": "Verwarming defect", "en": "Heating broken"})
ORDER = "01926f3a-0000-7000-8000-00000000000a"
TEAM = {"provider_id": "t1", "slug": "technische-dienst", "name": "Technische Dienst", "kind": "team"}


def after(minutes: int) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def a_request(**changes: Any) -> Request:
    values: dict[str, Any] = {
        "request_id": UUID(int=1),
        "number": 123,
        "reference": "SD-26-000123",
        "channel": "site",
        "priority": "P3",
        "summary": "Koud",
        "text": "Koud",
        "received_at": MONDAY,
        "promise": Promise(after(240), after(3000)),
        "requester": Requester("s1", "Sanne"),
        "notify": True,
        "created_by": {"kind": "person", "id": "1", "name": "Sanne"},
    }
    return Request(**{**values, **changes})


def in_triage(**changes: Any) -> Request:
    request = a_request(**changes)
    request.assess(MONDAY, SANNE)
    return request


def in_progress(**changes: Any) -> Request:
    request = a_request(**changes)
    request.accept(RADIATOR, {}, MONDAY, SANNE)
    return request


def is_ready(**changes: Any) -> Request:
    request = in_progress(**changes)
    request.complete(after(60), after(9000), AMIRA)
    return request


def is_closed(**changes: Any) -> Request:
    request = is_ready(**changes)
    request.confirm(after(90), SANNE)
    return request


def events(request: Request) -> list[str]:
    return [event for event, _ in request.facts]


def planned(order: str = ORDER, **changes: Any) -> dict[str, Any]:
    line: dict[str, Any] = {
        "work_order_id": order,
        "number": "SD-26-000123-1",
        "step": "repair",
        "title": {"nl": "Herstellen", "en": "Repair"},
        "provider": TEAM,
        "state": "issued",
        "depends_on": [],
        "replaces": None,
    }
    return {"round": 1, "orders": [{**line, **changes}]}


def changed(sequence: int, action: str, state: str, order: str = ORDER, **changes: Any) -> dict[str, Any]:
    fact: dict[str, Any] = {
        "work_order_id": order,
        "number": "SD-26-000123-1",
        "round": 1,
        "sequence": sequence,
        "action": action,
        "state": state,
        "provider": TEAM,
        "by": {"kind": "person", "name": "Tom"},
        "reason": None,
        "note": None,
        "planned_from": None,
        "planned_until": None,
        "cost_cents": None,
        "pause": None,
        "delivery": {"state": "none", "attempts": 0, "error": None, "next_attempt_at": None},
    }
    return {**fact, **changes}
