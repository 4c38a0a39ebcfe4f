"""Keys, badges and what is lent, each with a number on its tag."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound

from intake.domain.ledger import number_of
from intake.domain.ledger_lives import State
from intake.handlers import ledger_views as views
from intake.storage.unit_of_work import IntakeWork

View = views.View


def list_items(work: IntakeWork, cursor: str | None, limit: int, **wanted: Any) -> View:
    rows, next_cursor = work.ledger.items(**wanted, cursor=cursor, limit=limit)
    return {"items": [views.item(row) for row in rows], "next_cursor": next_cursor}


def get_item(work: IntakeWork, item_id: UUID) -> View:
    row = work.ledger.item(item_id)
    if row is None:
        raise unknown()
    return views.item(row)


def find_item(work: IntakeWork, number: str) -> View:
    """By what stands on its tag, in any spelling: what a scanner types."""
    kept = number_of(number)
    row = work.ledger.item_numbered(kept) if kept else None
    if row is None:
        raise unknown()
    return get_item(work, row.item_id)


def find_tag(work: IntakeWork, number: str) -> View:
    """What anybody reads who scans its tag. Not what it opens, where it hangs or who had it: whoever found a
    key need not know. Raises NotFound.
    """
    found = find_item(work, number)
    return {name: found[name] for name in ("number", "kind")}


def add_item(work: IntakeWork, kind: str, number: str, name: str, place: str | None) -> View:
    if work.ledger.item_numbered(number):
        text = "There is something with this number already. Choose another number."
        raise Invalid("invalid", text, {"number": [text]})
    item_id = work.new_id()
    said = {"number": number, "name": name, "place": place}
    work.ledger.add_item(
        item_id=item_id,
        version=1,
        kind=kind,
        withdrawn=False,
        changed_at=work.now,
        changed_by=_by(work),
        **said,
    )
    return get_item(work, item_id)


def change_item(
    work: IntakeWork, item_id: UUID, version: int, name: str, place: str | None, withdrawn: bool
) -> View:
    """What is handed out can't be withdrawn; what is lost can. Raises Stale."""
    if work.ledger.lock_item(item_id) is None:
        raise unknown()
    opened = work.ledger.open_of(item_id)
    if withdrawn and opened and opened.state == State.OUT:
        raise Conflict("not_allowed", "It is handed out. Take it back first, or say that it is lost.")
    changed = {"changed_at": work.now, "changed_by": _by(work)}
    work.ledger.change_item(item_id, version, name=name, place=place, withdrawn=withdrawn, **changed)
    return get_item(work, item_id)


def unknown() -> NotFound:
    return NotFound("no_such_item", "There is no such thing at the counter.")


def _by(work: IntakeWork) -> View:
    return {"kind": work.by.kind, "name": work.by.name}
