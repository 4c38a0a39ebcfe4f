"""Two persons who are one: proposing them, showing what goes along, merging, and undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound

from intake.domain.doubles import Because, Known, reasons
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
MOST = 100


def list_doubles(work: IntakeWork, person_id: UUID | None) -> View:
    """Pairs who may be the same, the likeliest first: of one person, or of all."""
    if person_id is None:
        pairs = _of_all(work)
    else:
        ids = work.people.same(person_id)
        if not ids:
            raise _unknown("person_id")
        pairs = _of_one(work, ids)
    apart = work.set_apart.pairs()
    pairs = [pair for pair in pairs if _ids(pair) not in apart]
    likely = sorted(pairs, key=lambda pair: [list(Because).index(each) for each in pair[2]])[:MOST]
    shown = work.people.whole(list({UUID(each.person_id) for pair in likely for each in pair[:2]}))
    return {
        "items": [
            {"people": [_line(shown[UUID(each.person_id)]) for each in pair[:2]], "because": pair[2]}
            for pair in likely
        ]
    }


Pair = tuple[Known, Known, list[Because]]


def _ids(pair: Pair) -> tuple[UUID, UUID]:
    one, other = sorted(UUID(each.person_id) for each in pair[:2])
    return one, other


def _of_one(work: IntakeWork, ids: Sequence[UUID]) -> list[Pair]:
    one = work.doubles.known(ids[:1])[ids[0]]
    others = work.doubles.known(work.doubles.around(ids, one.name)).values()
    return [(one, other, because) for other in others if (because := reasons(one, other))]


def _of_all(work: IntakeWork) -> list[Pair]:
    groups = work.doubles.groups()
    known = work.doubles.known({each for group in groups for each in group})
    pairs = {pair for group in groups for pair in combinations(sorted(group), 2)}
    found = [(known[one], known[other]) for one, other in sorted(pairs)]
    return [(one, other, because) for one, other in found if (because := reasons(one, other))]


def _line(row: Any) -> View:
    plain = ("person_id", "key", "name", "email", "department", "customer", "personnel_number")
    return {**{name: getattr(row, name) for name in plain}, "phone": row.phones[0] if row.phones else None}


def preview_merge(work: IntakeWork, person_id: UUID, into_id: UUID) -> View:
    """Both, and what goes along with the one that is merged. Nothing is kept."""
    root_id = _check(work, person_id, into_id)
    shown = work.people.whole([person_id, root_id])
    ids = work.people.same(person_id)
    return {
        "person": _line(shown[person_id]),
        "into": _line(shown[root_id]),
        "moves": work.merges.counted(person_id),
        "along": len(ids) - 1,
    }


def merge_people(work: IntakeWork, person_id: UUID, into_id: UUID, reason: str | None) -> View:
    work.merges.hold()
    root_id = _check(work, person_id, into_id)
    merge_id = work.new_id()
    merge = {
        "merge_id": merge_id, "person_id": person_id, "into_id": root_id, "reason": reason,
        "at": work.now, "by": {"kind": work.by.kind, "name": work.by.name},
    }  # fmt: skip
    work.merges.add(merge)
    _tell(work, work.merges.point(person_id, root_id, root_id))
    return _shown(work, merge_id)


def _check(work: IntakeWork, person_id: UUID, into_id: UUID) -> UUID:
    """Who counts for both then. Raises for somebody who is not known, or merged already."""
    root_id, own = work.merges.root_of(into_id), work.merges.root_of(person_id)
    if root_id is None:
        raise _unknown("into_id")
    if own is None:
        raise _unknown("person_id")
    if own == root_id:
        raise Conflict("same_person", "These two are one already.")
    if own != person_id:
        raise Conflict("merged_already", "This person was merged with another meanwhile. Look again.")
    return root_id


def undo_merge(work: IntakeWork, merge_id: UUID) -> View:
    """As it was. What came since stays with whom it names: who is not found any more is not chosen at the
    desk, so that is the one who counted, or the other when they said it themselves.
    """
    work.merges.hold()
    merge = work.merges.find(merge_id)
    if merge is None:
        raise NotFound("no_such_merge", "There is no such merge.")
    if merge.undone_at is not None:
        raise Conflict("undone_already", "This was undone already.")
    work.merges.undo(merge_id, work.now, {"kind": work.by.kind, "name": work.by.name})
    _tell(work, work.merges.point(merge.person_id, None, merge.person_id))
    return _shown(work, merge_id)


def _tell(work: IntakeWork, changed: Sequence[Any]) -> None:
    """Others ask whether a request is somebody's own."""
    told = [
        {"person_id": row.person_id, "surviving_id": row.root_id, "sequence": row.merge_version}
        for row in changed
    ]
    work.publish("people_merged", {"people": told, "at": work.now})


def list_merges(work: IntakeWork, cursor: str | None, limit: int) -> View:
    """The newest first, those that were undone too."""
    rows, next_cursor = work.merges.page(cursor, limit)
    return {"items": [view(row) for row in rows], "next_cursor": next_cursor}


def _shown(work: IntakeWork, merge_id: UUID) -> View:
    return view(work.merges.named(merge_id))


def view(row: Any) -> View:
    plain = ("merge_id", "person_id", "into_id", "reason", "at", "undone_at", "name", "key", "into_name")
    undone_by = row.undone_by["name"] if row.undone_by else None
    return {**{name: getattr(row, name) for name in plain}, "by": row.by["name"], "undone_by": undone_by}


def _unknown(field: str) -> Invalid:
    text = "This person is not known."
    return Invalid("invalid", text, {field: [text]})
