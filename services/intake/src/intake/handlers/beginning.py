"""Begun on the site, finished by phone or at the counter: one dossier, under a short code until then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Internal, Invalid, NotFound, RateLimited
from servicekit.ids import new_code
from servicekit.receipts import Receipts
from servicekit.worktime.period import Period

from intake.domain import begun
from intake.domain.begun import State
from intake.domain.requests import Request
from intake.domain.values import Attachment, By, Entry
from intake.handlers.attaching import to_attach
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
TRIES = 5
# So many may be begun within so long: by one person or from one address, and by all together who did not sign
# in. Who did is never shut out by those.
BEGINS_WITHIN, MOST_OWN, MOST_ALL = timedelta(hours=1), 20, 300
# So many wrong codes may be typed within so long; there are a hundred million.
GUESSES_WITHIN, MOST_WRONG = timedelta(minutes=15), 20
KEEP_WRONG = timedelta(days=1)


def begin_report(
    work: IntakeWork, receipts: Receipts, filled: Mapping[str, str], attachments: Sequence[str],
    origin: str | None,
) -> View:  # fmt: skip
    """Keeps what is typed, and says under which code. It need not be right yet."""
    if not begun.says_something(filled):
        text = "Write what it is about first."
        raise Invalid("invalid", text, {"filled": [text], "text": [text]})
    person_id = UUID(work.actor.person_id) if work.actor.person_id else None
    _check_room(work, person_id, origin)
    files = to_attach(work, receipts, attachments)
    row = {
        "begun_id": work.new_id(), "state": State.OPEN, "at": work.now, "ends_at": work.now + begun.KEPT,
        "filled": dict(filled), "files": [asdict(file) for file in files], "person_id": person_id,
        "by": {"kind": work.by.kind, "name": work.by.name}, "origin": origin,
    }  # fmt: skip
    for _try in range(TRIES):
        code = new_code(begun.LETTERS, begun.LENGTH)
        if work.begun.add({**row, "code": code}):
            return {"code": begun.shown(code), "until": row["ends_at"]}
    raise Internal("no_code", "No code was free.")


def _check_room(work: IntakeWork, person_id: UUID | None, origin: str | None) -> None:
    own, all_ = work.begun.count_since(work.now - BEGINS_WITHIN, person_id, origin)
    full = person_id is None and all_ >= MOST_ALL
    if full or ((person_id or origin) and own >= MOST_OWN):
        text = "That was often. Telephone the desk, or try again in an hour."
        raise RateLimited("rate_limited", text, retry_after=BEGINS_WITHIN.total_seconds())


def find_report(work: IntakeWork, code: str) -> View | None:
    """What was typed, or what became of it. None for a code that was never given: counted, so that nobody
    tries them one by one.
    """
    if work.begun.count_wrong(work.actor.id, work.now - GUESSES_WITHIN) >= MOST_WRONG:
        text = "Too many wrong codes. Wait a quarter of an hour."
        raise RateLimited("too_many_codes", text, retry_after=GUESSES_WITHIN.total_seconds())
    known = begun.plain(code)
    row = work.begun.by_code(known) if known else None
    if row is None:
        work.begun.note_wrong(work.actor.id, work.now)
        return None
    return _view(work, row)


def unknown() -> NotFound:
    text = "This code is not known. It has six letters and digits, such as KX7-4QF; let it be read again."
    return NotFound("no_such_code", text)


def _view(work: IntakeWork, row: Any) -> View:
    state = _state(work, row)
    request = {"request_id": row.request_id, "reference": row.reference} if row.request_id else None
    view = {"begun_id": row.begun_id, "code": begun.shown(row.code), "state": state, "at": row.at,
            "until": row.ends_at, "request": request, "filled": {}, "files": [], "person": None,
            "location": None}  # fmt: skip
    if state is State.OPEN:
        view |= {"filled": row.filled, "files": [each["name"] for each in row.files]}
        view |= {"person": _person(work, row), "location": _location(work, row.filled)}
    return view


def _location(work: IntakeWork, filled: Mapping[str, str]) -> View | None:
    try:
        place = work.locations.by_id(UUID(filled.get("location_id", "")))
    except ValueError:  # words, or nothing
        return None
    return {"location_id": place.location_id, "path": place.path} if place else None


def _state(work: IntakeWork, row: Any) -> State:
    """What is too old has expired, also when nobody has tidied up yet."""
    return State.EXPIRED if row.state == State.OPEN and row.ends_at <= work.now else State(row.state)


def _person(work: IntakeWork, row: Any) -> View | None:
    known = work.relations.person(row.person_id) if row.person_id else None
    return {"person_id": known.person_id, "name": known.name} if known else None


def expire_reports(work: IntakeWork) -> int:
    work.begun.forget_wrong(work.now - KEEP_WRONG)
    return work.begun.expire(work.now)


# --- finishing ---------------------------------------------------------------------------------------------


def to_finish(work: IntakeWork, begun_id: UUID) -> Any:
    """Raises NotFound, and Conflict once it has been finished or has expired."""
    row = work.begun.to_finish(begun_id)
    if row is None:
        raise NotFound("no_such_code", "There is no such report that was begun.")
    state = _state(work, row)
    if state is State.FINISHED:
        raise Conflict("code_used", "Somebody has finished this report already.")
    if state is State.EXPIRED:
        raise Conflict("code_expired", "This code has expired. What was typed is gone; ask what it is about.")
    return row


def requester_of(work: IntakeWork, row: Any) -> UUID | None:
    """Who began it, as far as that is somebody we know."""
    person = _person(work, row)
    return person["person_id"] if person else None


def files_of(row: Any) -> list[Attachment]:
    """None when nothing was begun; so below."""
    return [Attachment(**each) for each in row.files] if row else []


def finish(request: Request, row: Any) -> None:
    """One dossier: it began on the site, then; and was finished over the channel that its receipt says."""
    if row is None:
        return
    name = row.by["name"] if row.person_id or request.requester is None else request.requester.name
    began = Entry(row.at, "begun", By(row.by["kind"], name), {"channel": begun.CHANNEL})
    request.entries.insert(0, began)
    request.channel = begun.CHANNEL


def finished(work: IntakeWork, request: Request, row: Any, over: str) -> None:
    if row is not None:
        work.begun.finish(row.begun_id, request.request_id, over, work.now)


def figures(work: IntakeWork, period: Period) -> View:
    """Of what was begun in the period, what became of it so far."""
    return dict(work.begun.count(period, work.now)._asdict())
