"""How items and entries of the counter's ledger look to the counter, and to whom they name."""

from __future__ import annotations

from datetime import date
from typing import Any

from intake.domain.ledger import LATE_STATES, reference
from intake.domain.ledger_lives import Kind, State, offered

View = dict[str, Any]


def item(row: Any) -> View:
    """`out`: the entry that is open, when it is not in its place."""
    names = ("item_id", "version", "kind", "number", "name", "place", "withdrawn", "changed_at", "changed_by")
    return {**{name: getattr(row, name) for name in names}, "out": _out(row) if row.entry_id else None}


def _out(row: Any) -> View:
    whom = row.person_name or row.outsider
    return {"entry_id": row.entry_id, "state": row.state, "due_on": row.due_on, "whom": whom}


def entry(row: Any, today: date) -> View:
    names = ("entry_id", "version", "plate", "place", "request_id")
    return {
        **own(row, today),
        **{name: getattr(row, name) for name in names},
        "host": _named(row.host_id, row.host_name),
        "actions": [each.value for each in offered(Kind(row.kind), State(row.state))],
    }


def own(row: Any, today: date) -> View:
    """What whoever it names sees of it: nothing of who stood at the counter, nor what was remarked."""
    names = (
        "entry_id",
        "version",
        "kind",
        "state",
        "what",
        "expected_at",
        "due_on",
        "opened_at",
        "closed_at",
    )
    item = {"item_id": row.item_id, "number": row.item_number} if row.item_id else None
    return {
        **{name: getattr(row, name) for name in names},
        "reference": reference(row.number),
        "item": item,
        "whom": _whom(row),
        "overdue": row.state in LATE_STATES and row.due_on is not None and row.due_on < today,
    }


def line(row: Any) -> View:
    signature = row.signature
    return {
        "sequence": row.sequence,
        "action": row.action,
        "at": row.at,
        "by": row.by,
        "due_on": row.data.get("due_on"),
        "remark": row.data.get("remark"),
        "signed_by": signature["name"] if signature else None,
        "drawn": bool(signature and signature["file"]),
    }


def _whom(row: Any) -> View | None:
    """None for what nobody has claimed, and once the name of somebody from outside was removed."""
    if row.person_id is None and row.name is None:
        return None
    name = row.person_name or row.name
    return {"person_id": row.person_id, "name": name, "company": row.company}


def _named(person_id: Any, name: str | None) -> View | None:
    return {"person_id": person_id, "name": name} if person_id else None
