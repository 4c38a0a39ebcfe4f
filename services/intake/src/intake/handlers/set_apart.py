"""Two persons who look alike and are not one: said once, not proposed again, and taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound

from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]


def set_apart(work: IntakeWork, person_id: UUID, other_id: UUID) -> View:
    """By whoever counts for each of them now."""
    roots = work.merges.root_of(person_id), work.merges.root_of(other_id)
    for root, field in zip(roots, ("person_id", "other_id"), strict=True):
        if root is None:
            raise _wrong(field, "This person is not known.")
    one, other = roots
    assert one is not None
    assert other is not None
    if one == other:
        raise _wrong("other_id", "These two are one already.")
    work.set_apart.add(work.new_id(), (one, other), work.now, {"kind": work.by.kind, "name": work.by.name})
    return _view(work.set_apart.of((one, other)))


def list_set_apart(work: IntakeWork) -> View:
    """The newest first."""
    return {"items": [_view(row) for row in work.set_apart.latest()]}


def undo_set_apart(work: IntakeWork, pair_id: UUID) -> View:
    """They are proposed again, if they still look alike."""
    row = work.set_apart.remove(pair_id)
    if row is None:
        raise NotFound("no_such_pair", "There is no such pair that was set apart (any more).")
    return _view(row)


def _view(row: Any) -> View:
    people = [
        {"person_id": row.one_id, "name": row.one_name}, {"person_id": row.other_id, "name": row.other_name}
    ]  # fmt: skip
    return {"pair_id": row.pair_id, "people": people, "at": row.at, "by": row.by["name"]}


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
