"""Events as intake and dispatch send them, made from the examples of their contracts, told to monitoring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import deskcontracts
from monitoring import messages
from monitoring.handlers import facts
from servicekit.ids import new_id

from servicekit import json

from ..samples import WORKDAYS, at  # noqa: TID252  samples of this service alone

HOURS = {
    "zone": "Europe/Amsterdam",
    "weekly": {day: [{"from": "07:30", "until": "17:30"}] for day in WORKDAYS},
    "country": "NL",
    "optional_holidays": ["Good Friday"],
    "closings": [],
}


def working(hours: int) -> dict[str, Any]:
    return {"amount": hours * 60, "unit": "working_minutes"}


LEVELS: list[dict[str, Any]] = [
    {
        "priority": "P1",
        "respond": {"amount": 15, "unit": "minutes"},
        "resolve": {"amount": 1440, "unit": "minutes"},
    },
    {"priority": "P3", "respond": working(4), "restore": working(20), "resolve": working(50)},
    {"kind": "wish"},
]

SCHEMAS = {
    "intake.request_received": (messages.RequestReceived, facts.request_received),
    "intake.request_accepted": (messages.RequestAccepted, facts.request_accepted),
    "intake.request_waiting": (messages.RequestWaiting, facts.request_waiting),
    "intake.request_resumed": (messages.RequestResumed, facts.request_resumed),
    "intake.request_ready": (messages.RequestReady, facts.request_ready),
    "intake.request_reopened": (messages.RequestReopened, facts.request_reopened),
    "intake.request_closed": (messages.RequestClosed, facts.request_closed),
    "intake.request_updated": (messages.RequestUpdated, facts.request_updated),
    "intake.promise_made": (messages.PromiseMade, facts.request_updated),
    "intake.priority_changed": (messages.PriorityChanged, facts.priority_changed),
    "dispatch.work_orders_planned": (messages.WorkOrdersPlanned, facts.work_orders_planned),
    "dispatch.work_order_changed": (messages.WorkOrderChanged, facts.work_order_changed),
}
WHEN = {
    "intake.request_received": "received_at",
    "intake.request_accepted": "accepted_at",
    "intake.request_waiting": "since",
    "intake.request_resumed": "at",
    "intake.request_ready": "ready_at",
    "intake.request_reopened": "reopened_at",
    "intake.request_closed": "closed_at",
    "intake.request_updated": "at",
    "intake.promise_made": "at",
    "intake.priority_changed": "at",
    "dispatch.work_orders_planned": "planned_at",
    "dispatch.work_order_changed": "at",
}

Event = tuple[str, dict[str, Any]]


class Story:
    """One request; each call makes the next event of it. Received on Monday 2 March 2026 at 09:00."""

    def __init__(self, received_at: str = "Mon 09:00") -> None:
        self.request_id: UUID = new_id()
        self.received_at = at(received_at)
        self._sequence = 0

    def __call__(self, event: str, when: str | datetime | None = None, **data: Any) -> Event:
        if event.startswith("intake") and "sequence" not in data:
            self._sequence += 1
            data["sequence"] = self._sequence
        moment = at(when) if isinstance(when, str) else when or self.received_at
        example = deskcontracts.example(event)
        made = {**example, "request_id": self.request_id, WHEN[event]: moment, **data}
        if "received_at" in example:
            made["received_at"] = self.received_at
        return event, json.plain(made)

    def received(self, **data: Any) -> Event:
        return self("intake.request_received", **{"kind": "fault", **data})

    def accepted(self, when: str | None = None, **data: Any) -> Event:
        return self("intake.request_accepted", when, **data)

    def order(self, sequence: int, state: str, when: str, previous: str = "prepared", **data: Any) -> Event:
        told = {"sequence": sequence, "state": state, "previous_state": previous, **data}
        return self("dispatch.work_order_changed", when, **told)


def tell(work: Callable[..., Any], *events: Event, now: str | None = None) -> None:
    """Each event in a transaction of its own, at the moment it tells of. Checked against its contract."""
    for name, data in events:
        assert deskcontracts.violations(name, 1, data) == []
        schema, handle = SCHEMAS[name]
        with work(now=at(now) if now else datetime.fromisoformat(data[WHEN[name]])) as w:
            handle(w, schema().load(data))
