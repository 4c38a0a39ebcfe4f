"""One person at the desk: how to reach them, what is kept of them, and every contact with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound, Stale

from intake.domain.contacts import Line
from intake.handlers import merging
from intake.handlers.access import READ_ALL
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
Kept = Sequence[dict[str, Any]]
KEEP = "relations.keep"
PLAIN = ("person_id", "key", "name", "language", "department", "customer", "customer_id",
         "department_id", "personnel_number")  # fmt: skip


def get_person(work: IntakeWork, person_id: UUID) -> View:
    """Whole. Notes only for those who keep them; how it stands with their requests for who may read those."""
    ids = _known(work, person_id)
    found = work.people.whole(ids)
    first = found[ids[0]]
    view = {name: getattr(first, name) for name in PLAIN}
    view |= {"place": first.path, "contacts_version": first.contacts_version}
    view |= _reached([found[each] for each in ids])
    view["ids"] = ids
    view["merged"] = [merging.view(row) for row in work.merges.of(ids)]
    view["notes"] = notes(work.contacts.notes_of_people(ids)) if work.actor.can(KEEP) else []
    view["customer_notes"] = _of_customer(work, first.customer_id)
    if work.actor.can(READ_ALL):
        view["open"], view["closed"] = work.people.counts(ids)
        coming = work.people.next_promise(ids)
        view["next_promise"] = _promise(coming) if coming else None
    return view


def _known(work: IntakeWork, person_id: UUID) -> list[UUID]:
    ids = work.people.same(person_id)
    if not ids:
        raise NotFound("no_such_person", "There is no such person.")
    return ids


def _reached(rows: Sequence[Any]) -> View:
    """Each number and address once, those of the organisation's own list first. `kept`: the desk's own."""
    listed = [
        *({"number": each, "label": None, "kept": False} for row in rows for each in row.phones),
        *({**each, "kept": True} for row in rows for each in row.contacts.get("phones", ())),
    ]
    emails = [
        *({"address": row.email, "label": None, "kept": False} for row in rows if row.email),
        *({**each, "kept": True} for row in rows for each in row.contacts.get("emails", ())),
    ]
    return {
        "phones": _once(listed, "number"),
        "emails": _once(emails, "address"),
        "addresses": [each for row in rows for each in row.contacts.get("addresses", ())],
    }


def _once(items: Kept, name: str) -> list[View]:
    return list({str(each[name]).lower(): each for each in reversed(items)}.values())[::-1]


def _of_customer(work: IntakeWork, customer_id: UUID | None) -> list[View]:
    if customer_id is None or not work.actor.can(KEEP):
        return []
    return notes(work.contacts.notes_of_customer(customer_id))


def _promise(row: Any) -> View:
    which = {name: getattr(row, name) for name in ("request_id", "reference", "summary")}
    return {**which, "until": row.next_until, "what": row.next_what}


def notes(rows: Sequence[Any]) -> list[View]:
    return [{"note_id": row.note_id, "text": row.text, "at": row.at, "by": row.by["name"]} for row in rows]


def save_contacts(
    work: IntakeWork, person_id: UUID, version: int, phones: Kept, emails: Kept, addresses: Kept
) -> View:
    """Whole: what is left out is gone. What the organisation's own list says of them stays as it is."""
    ids = _known(work, person_id)
    contacts = {
        "phones": _once(phones, "number"), "emails": _once(emails, "address"), "addresses": list(addresses)
    }  # fmt: skip
    if not work.people.save_contacts(ids[0], contacts, version):
        raise Stale("stale", "Somebody else changed these numbers and addresses. Look at them again.")
    return get_person(work, person_id)


# --- notes -------------------------------------------------------------------------------------------------


def add_note(work: IntakeWork, person_id: UUID | None, customer_id: UUID | None, text: str) -> View:
    """For the desk alone: the person never sees it."""
    if person_id:
        person_id = _known(work, person_id)[0]
    elif customer_id and not work.relations.has_customer(customer_id):
        raise NotFound("no_such_customer", "There is no such customer.")
    note = {
        "note_id": work.new_id(), "person_id": person_id, "customer_id": customer_id, "text": text,
        "at": work.now, "by": {"kind": work.by.kind, "name": work.by.name},
    }  # fmt: skip
    work.contacts.add_note(note)
    return {"note_id": note["note_id"], "text": text, "at": work.now, "by": work.by.name}


def remove_note(work: IntakeWork, note_id: UUID) -> View:
    if not work.contacts.remove_note(note_id):
        raise NotFound("no_such_note", "There is no such note (any more).")
    return {"note_id": note_id}


# --- contact moments ---------------------------------------------------------------------------------------


def list_moments(work: IntakeWork, person_id: UUID, cursor: str | None, limit: int) -> View:
    """Every contact over every channel, the newest first."""
    rows, next_cursor = work.contacts.page(_known(work, person_id), work.actor.person_id, cursor, limit)
    return {"items": [_moment(row) for row in rows], "next_cursor": next_cursor}


def note_contact(
    work: IntakeWork, person_id: UUID, request_id: UUID | None, channel: str, direction: str, text: str,
    at: datetime | None,
) -> View:  # fmt: skip
    """What was said on the telephone, say, and changes no request."""
    ids = _known(work, person_id)
    if at and at > work.now:
        raise _wrong("at", "This moment is still to come.")
    request = work.requests.find(request_id) if request_id else None
    if request_id and (request is None or not _is_of(request, ids)):
        raise _wrong("request_id", "This person has no such request.")
    moment = {
        "moment_id": work.new_id(), "person_id": ids[0], "request_id": request_id, "at": at or work.now,
        "channel": channel, "direction": direction, "text": text,
        "by": {"kind": work.by.kind, "name": work.by.name},
    }  # fmt: skip
    work.contacts.add(moment)
    about = {"request_id": request_id, "reference": request.reference if request else None}
    return {**moment, **about, "type": "noted", "moment_id": str(moment["moment_id"]), "by": work.by.name}


def _is_of(request: Any, ids: Sequence[UUID]) -> bool:
    return request.requester is not None and UUID(request.requester.person_id) in ids


def _moment(row: Any) -> View:
    view = {name: getattr(row, name) for name in ("moment_id", "at", "request_id", "reference", "summary")}
    view["by"] = None if row.by["kind"] == "service" else row.by["name"]
    if row.type is None:
        return {**view, "type": "noted", "channel": row.channel, "direction": row.direction, "text": row.text}
    line = Line(row.type, row.data, row.channel, row.notify, row.summary)
    return {
        **view, "type": row.type, "channel": line.over, "direction": line.direction, "text": line.said
    }  # fmt: skip


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
