"""A small sound record: one fault that went to the supplier and was done; one question, asked back about."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from deskcli.faults.checks.clocks import order_facts, request_facts
from deskcli.faults.evidence import Evidence
from deskcli.faults.ledger import Deed, Ledger
from monitoring.domain.agreements import Agreements, NamedCalendar
from monitoring.domain.contract import Contract
from monitoring.domain.levels import Level
from servicekit.worktime import Calendar, Term

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FAULT, QUESTION, ORDER, PRODUCT = (UUID(int=n) for n in range(1, 5))
RECEIPT, READY, ASKED_RECEIPT, ASKED = (UUID(int=n) for n in range(11, 15))
SUPPLIER = "supplier_vonk_val"
HOURS = {
    day: [{"from": "07:30", "until": "17:30"}]
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
}


def at(minutes: int) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def deed(action: str, subject: UUID, marker: str = "", status: int = 200, **about: Any) -> Deed:
    return Deed(action, "sanne", f"key {action} {subject.int}", str(subject), status, marker, about=about)


def ledger() -> Ledger:
    return Ledger(
        [
            deed("create", FAULT, "[sanne-1]", 201, product=str(PRODUCT)),
            deed("create", QUESTION, "[daan-1]", 201),
            Deed("create", "sanne", "key refused", "", 422, "[sanne-2]"),
            deed("ask", QUESTION, "[amira-1]"),
        ]
    )


def agreements() -> Agreements:
    calendar = Calendar.from_dict({"zone": "Europe/Amsterdam", "weekly": HOURS})
    terms = {
        name: Term.from_dict({"amount": 240, "unit": "working_minutes"}) for name in ("respond", "resolve")
    }
    contract = Contract(UUID(int=30), 1, "DVO", "customer", None, "organisation", (Level(**terms),))
    named = NamedCalendar(UUID(int=31), "organisation", 1, calendar, MONDAY)
    return Agreements(1, (contract,), {"organisation": named})


def evidence() -> Evidence:
    """All of it agrees with itself and with the ledger."""
    found = Evidence(now=at(600), agreements=agreements())
    found.requests = [_fault(), _question()]
    found.timeline = [*_timeline()]
    found.products = [
        {"product_id": PRODUCT, "version": 1, "steps": [{"key": "repair", "provider": "vonk-val"}]}
    ]
    found.processes = [_process()]
    found.orders, found.history = [_order()], [*_history()]
    found.deliveries = [
        {"work_order_id": ORDER, "state": "delivered", "errand": "order", "error": None, "attempts": 1}
    ]
    found.supplier = {
        "SD-26-000001-1": {"order_id": str(ORDER), "offer": 1, "stage": "done", "slug": "vonk-val"}
    }
    found.taken = {("SD-26-000001-1", "accepted"): 1}
    found.messages = [
        _message(RECEIPT, FAULT, "receipt", "1"),
        _message(READY, FAULT, "ready", "1"),
        _message(ASKED_RECEIPT, QUESTION, "receipt", "1"),
        _message(ASKED, QUESTION, "question", "2"),
    ]
    found.mails = {
        f"<{row['message_id']}@desk>": {
            "message_id": f"<{row['message_id']}@desk>",
            "subject": row["subject"],
        }
        for row in found.messages
    }
    _clocks(found)
    # intake tells 2 + 2 facts; dispatch a planning, 4 changes and a completion.
    found.inboxes = {"dispatch": 1, "monitoring": 9, "notifications": 4, "intake": 6}
    return found


def _fault() -> dict[str, Any]:
    mirrored = {"state": "technically_complete", "sequence": 5, "seen": [2, 3, 4, 5]}
    return _request(FAULT, 1, "[sanne-1]") | {
        "state": "ready",
        "standard": True,
        "kind": "fault",
        "product": {"product_id": str(PRODUCT), "version": 1},
        "accepted_at": at(0),
        "round": 1,
        "orders": {str(ORDER): mirrored},
    }


def _question() -> dict[str, Any]:
    return _request(QUESTION, 2, "[daan-1]")


def _request(request_id: UUID, number: int, marker: str) -> dict[str, Any]:
    return {
        "request_id": request_id,
        "number": number,
        "reference": f"SD-26-00000{number}",
        "text": f"Het is koud. {marker}",
        "state": "triage",
        "resolution": None,
        "round": 0,
        "version": 2,
        "standard": False,
        "kind": None,
        "priority": "P3",
        "product": None,
        "answer": None,
        "notify": True,
        "received_at": at(0),
        "accepted_at": None,
        "orders": {},
    }


def _timeline() -> list[dict[str, Any]]:
    lines = (
        (FAULT, "received", 0, {}),
        (FAULT, "accepted", 0, {}),
        (QUESTION, "received", 0, {}),
        (QUESTION, "to_triage", 0, {}),
        (QUESTION, "asked", 30, {"question": "Welke kant? [amira-1]"}),
        (FAULT, "orders_planned", 1, {}),
        (FAULT, "ready", 50, {}),
    )
    return [
        {
            "request_id": request,
            "entry_id": n,
            "type": type_,
            "at": at(minutes),
            "data": data,
            "internal": None,
        }
        for n, (request, type_, minutes, data) in enumerate(lines)
    ]


def _process() -> dict[str, Any]:
    return {
        "request_id": FAULT,
        "reference": "SD-26-000001",
        "planned_round": 1,
        "completed_round": 1,
        "last_serial": 1,
        "waiting_since": None,
    }


def _order() -> dict[str, Any]:
    return {
        "work_order_id": ORDER,
        "request_id": FAULT,
        "number": "SD-26-000001-1",
        "round": 1,
        "step": "repair",
        "state": "technically_complete",
        "version": 5,
        "created_at": at(1),
        "replaces": None,
        "replaced_by": None,
        "slug": "vonk-val",
        "kind": "supplier",
        "address": SUPPLIER,
    }


def _history() -> list[dict[str, Any]]:
    states = ("issued", "accepted", "scheduled", "in_progress", "technically_complete")
    actions = ("accept", "schedule", "start", "complete")
    return [
        {
            "work_order_id": ORDER,
            "version": n + 2,
            "action": action,
            "previous_state": states[n],
            "state": states[n + 1],
            "at": at(2 + 12 * n),
            "by_kind": "supplier",
            "by_id": SUPPLIER,
            "offer": 1,
            "details": {},
        }
        for n, action in enumerate(actions)
    ]


def _message(message_id: UUID, request_id: UUID, template: str, occasion: str) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "request_id": request_id,
        "template": template,
        "occasion": occasion,
        "address": "sanne@meerwal.example",
        "subject": f"{template} {request_id.int}",
        "state": "sent",
        "reason": None,
        "error": None,
    }


def _clocks(found: Evidence) -> None:
    """As monitoring would keep them."""
    for request in found.requests:
        key = str(request["request_id"])
        facts = [*request_facts(request, found.timelines()[key])]
        if request["request_id"] == FAULT:
            facts += order_facts(found.orders, found.histories())
        clocks = found.agreements.assess(facts, None, found.now).clocks
        found.timed.append(
            {
                "request_id": request["request_id"],
                "customer_id": None,
                "facts": json.loads(json.dumps([fact.to_dict() for fact in facts])),
                "told": {clock.clock: [None, None] for clock in clocks},
                "problem": None,
            }
        )
        names = (
            "clock", "state", "started_at", "due_at", "stopped_at", "breached_at", "term_minutes",
            "elapsed_minutes", "paused_minutes", "attribution",
        )  # fmt: skip
        found.clocks += [
            {"request_id": request["request_id"], **{name: getattr(clock, name) for name in names}}
            for clock in clocks
        ]
