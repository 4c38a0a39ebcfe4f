"""What happens at the counter: things go out and come back, parcels and visitors come and go."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from servicekit.errors import Conflict, Invalid, NotFound, Stale
from servicekit.receipts import Receipts

from intake.domain import ledger
from intake.domain.errors import Wrong
from intake.domain.ledger import Entry, Signature, Whom
from intake.domain.ledger_lives import Action, Kind
from intake.handlers import ledger_items, ledger_telling
from intake.handlers import ledger_views as views
from intake.storage.ledger import OVER, Wanted
from intake.storage.unit_of_work import IntakeWork

View = views.View
Given = dict[str, Any]
# What can be said with an action, besides a remark. What is said and does not fit is refused, not dropped.
FITS: dict[Action, frozenset[str]] = {
    Action.EXTEND: frozenset({"due_on"}),
    Action.TAKE_BACK: frozenset({"signature", "signed_by"}),
    Action.COLLECT: frozenset({"person_id", "name", "signature", "signed_by"}),
    Action.CLAIM: frozenset({"person_id", "name"}),
    Action.TELL: frozenset({"person_id"}),
}
SAID = ("person_id", "name", "due_on", "signature", "signed_by")
HANDED_OVER = frozenset({Action.CLAIM, Action.COLLECT})


def get_counter(work: IntakeWork) -> View:
    """How many there are in each list."""
    return {"counts": work.ledger.counts(), "today": work.today}


def list_entries(work: IntakeWork, cursor: str | None, limit: int, **wanted: Any) -> View:
    rows, next_cursor = work.ledger.page(Wanted(**wanted), cursor, limit)
    return {"items": [views.entry(row, work.today) for row in rows], "next_cursor": next_cursor}


def get_entry(work: IntakeWork, entry_id: UUID) -> View:
    row = work.ledger.one(entry_id)
    if row is None:
        raise _unknown()
    lines = [views.line(each) for each in work.ledger.lines(entry_id)]
    return {**views.entry(row, work.today), "lines": lines}


def get_signature(work: IntakeWork, entry_id: UUID, sequence: int) -> View:
    """Where the bytes of a drawn one are."""
    found = work.ledger.signature(entry_id, sequence)
    if not found or not found["file"]:
        raise NotFound("no_such_signature", "There is no drawn signature here (any more).")
    file: View = found["file"]
    return file


def find_people(work: IntakeWork, q: str, limit: int) -> View:
    """Who is meant at the counter: name and department, no number nor address of theirs."""
    rows, _ = work.relations.page(q, None, limit)
    named = ("person_id", "name", "department")
    return {"items": [{name: getattr(row, name) for name in named} for row in rows]}


# --- beginning ---------------------------------------------------------------------------------------------


def hand_out_item(
    work: IntakeWork, receipts: Receipts, item_id: UUID, version: int, due_on: date | None, **given: Any
) -> View:
    """Of two at once exactly one succeeds. Raises Stale, and Conflict for what is out, lost or withdrawn."""
    item = work.ledger.lock_item(item_id)
    if item is None:
        raise ledger_items.unknown()
    if item.withdrawn:
        raise Conflict("not_allowed", "It was withdrawn from the counter. Take it up again first.")
    if work.ledger.open_of(item_id):
        raise Stale("stale", "It is handed out already. Look at it again.")
    work.ledger.change_item(item_id, version)
    kind = Kind(item.kind)
    entry = _begin(work, kind, item.name, given)
    entry.item_id, entry.due_on = item_id, ledger.due(kind, work.today, due_on)
    said = {"due_on": entry.due_on.isoformat(), "remark": given["remark"]}
    entry.act(Action.HAND_OUT, work.now, work.by, **said)
    ledger.tell_first(entry, work.today, ledger_telling.working_day(work))
    return _added(work, entry, _signed(work, receipts, given))


def receive_parcel(work: IntakeWork, what: str, place: str | None, **given: Any) -> View:
    """Its addressee is told at once when the house knows them."""
    entry = _begin(work, Kind.PARCEL, what, given)
    entry.place, entry.due_on = place, work.today
    entry.act(Action.RECEIVE, work.now, work.by, remark=given["remark"])
    ledger_telling.tell_arrival(work, entry)
    return _added(work, entry)


def keep_found(work: IntakeWork, what: str, place: str | None, remark: str | None) -> View:
    """`remark`: where and when it was found, and by whom."""
    entry = _entry(work, Kind.FOUND, what, Whom())
    entry.place = place
    entry.due_on = ledger.due(Kind.FOUND, work.today, None)
    entry.act(Action.FIND, work.now, work.by, remark=remark)
    return _added(work, entry)


def welcome_visitor(work: IntakeWork, **given: Any) -> View:
    """Somebody who was not announced: they come in at once, and the host is told."""
    entry = _visit(work, given, given["host_id"])
    entry.due_on = work.today
    entry.act(Action.ARRIVE, work.now, work.by, remark=given["remark"])
    ledger_telling.tell(work, entry, "visitor")
    return _added(work, entry)


def announce_visitor(work: IntakeWork, zone: str, own: bool, **given: Any) -> View:
    """`own`: by their host, who sees no more of it than that."""
    host_id = _myself(work) if own else given["host_id"]
    entry = _visit(work, given, host_id)
    entry.expected_at = given["expected_at"]
    try:
        day = entry.expected_at.astimezone(ZoneInfo(zone)).date()
        entry.due_on = ledger.due(Kind.VISITOR, work.today, day)
    except Wrong as error:
        raise Invalid("invalid", str(error), {"expected_at": [str(error)]}) from error
    entry.act(Action.ANNOUNCE, work.now, work.by, remark=given.get("remark"))
    made = _added(work, entry)
    return get_own_entry(work, entry.entry_id) if own else made


# --- going on ----------------------------------------------------------------------------------------------


def act_on_entry(
    work: IntakeWork, receipts: Receipts, entry_id: UUID, version: int, action: str, **given: Any
) -> View:
    doing = Action(action)
    _check_fits(doing, given)
    entry = to_change(work, entry_id, version)
    ledger.check_keeping(entry, doing, work.today)
    if given["person_id"] or given["name"]:
        if doing is Action.COLLECT and entry.kind is not Kind.FOUND:
            raise _wrong("name", "It is known for whom it is. Write who signs for it instead.")
        entry.whom = _whom(work, given)
    _do(work, entry, doing, given)
    _saved(work, entry, _signed(work, receipts, given))
    return get_entry(work, entry_id)


def _do(work: IntakeWork, entry: Entry, doing: Action, given: Given) -> None:
    said: Given = {"remark": given["remark"]}
    if doing is Action.EXTEND:
        if given["due_on"] is None:
            raise _wrong("due_on", "Say until when.")
        entry.due_on = ledger.due(entry.kind, work.today, given["due_on"])
        said["due_on"] = entry.due_on.isoformat()
    if entry.kind is Kind.FOUND and doing in HANDED_OVER and not entry.whom.known:
        raise _wrong("name", "Say whose it is.")
    entry.act(doing, work.now, work.by, **said)
    if doing is Action.EXTEND:
        ledger.tell_first(entry, work.today, ledger_telling.working_day(work))
    elif doing is Action.RELEASE:
        entry.whom = Whom()
    elif doing is Action.LOSE:
        entry.told_on = None
    elif doing is Action.TELL and entry.kind is Kind.PARCEL:
        ledger_telling.tell_by_hand(work, entry)
    elif doing is Action.ARRIVE:
        entry.due_on = work.today
        ledger_telling.tell(work, entry, "visitor")


def to_change(work: IntakeWork, entry_id: UUID, version: int) -> Entry:
    """Locked. Raises NotFound and Stale."""
    entry = work.ledger.lock(entry_id)
    if entry is None:
        raise _unknown()
    if entry.version != version:
        raise Stale("stale", f"The entry is at version {entry.version} now. Look at it again.")
    return entry


# --- one's own ---------------------------------------------------------------------------------------------


def list_own_entries(work: IntakeWork, over: bool, cursor: str | None, limit: int) -> View:
    """What one has, what waits for one, and one's visitors."""
    wanted = Wanted(OVER if over else "open", own=tuple(work.own_ids))
    rows, next_cursor = work.ledger.page(wanted, cursor, limit) if wanted.own else ((), None)
    return {"items": [views.own(row, work.today) for row in rows], "next_cursor": next_cursor}


def get_own_entry(work: IntakeWork, entry_id: UUID) -> View:
    """Another's does not exist."""
    row = work.ledger.one(entry_id)
    if row is None or not {row.person_id, row.host_id} & set(work.own_ids):
        raise _unknown()
    return views.own(row, work.today)


def cancel_visit(work: IntakeWork, entry_id: UUID, version: int) -> View:
    """By the host, while the visitor has not come."""
    get_own_entry(work, entry_id)
    entry = to_change(work, entry_id, version)
    if entry.kind is not Kind.VISITOR or entry.host_id not in work.own_ids:
        raise _unknown()
    entry.act(Action.CANCEL, work.now, work.by)
    _saved(work, entry)
    return get_own_entry(work, entry_id)


# --- parts -------------------------------------------------------------------------------------------------


def _begin(work: IntakeWork, kind: Kind, what: str, given: Given) -> Entry:
    return _entry(work, kind, what, _whom(work, given))


def _entry(work: IntakeWork, kind: Kind, what: str, whom: Whom) -> Entry:
    return Entry(work.new_id(), work.ledger.next_number(), kind, what, work.now, whom=whom)


def _visit(work: IntakeWork, given: Given, host_id: UUID) -> Entry:
    host = work.relations.person(host_id)
    if host is None:
        raise _wrong("host_id", "This person is not known. Choose whom they visit.")
    whom = Whom(None, given["name"], given["company"])
    visit = _entry(work, Kind.VISITOR, given["what"] or "", whom)
    visit.host_id, visit.plate = host_id, given["plate"]
    return visit


def _whom(work: IntakeWork, given: Given) -> Whom:
    """A person of relations or a name, one of the two. Raises Invalid."""
    person_id, name = given["person_id"], given["name"]
    if (person_id is None) == (name is None):
        raise _wrong("name", "Say who: choose a person, or write the name of somebody from outside.")
    if person_id and work.relations.person(person_id) is None:
        raise _wrong("person_id", "This person is not known. Choose another, or write a name.")
    return Whom(person_id, name, given.get("company"))


def _signed(work: IntakeWork, receipts: Receipts, given: Given) -> Signature | None:
    """Drawn or typed; a drawing says whose it is by the name beside it."""
    if given["signature"] is None:
        return Signature(given["signed_by"]) if given["signed_by"] else None
    if not given["signed_by"]:
        raise _wrong("signed_by", "Write the name of who signed.")
    try:
        file = receipts.read(given["signature"], work.actor.id)
    except Invalid as error:
        raise _wrong("signature", "This signature is not here (any more). Draw it again.") from error
    ledger.check_signature(file)
    return Signature(given["signed_by"], asdict(file))


def _check_fits(doing: Action, given: Given) -> None:
    fits = FITS.get(doing, frozenset())
    for name in SAID:
        if given[name] is not None and name not in fits:
            raise _wrong(name, "This does not go with what you do. Leave it out.")


def _myself(work: IntakeWork) -> UUID:
    if work.actor.person_id is None:
        raise Conflict("not_allowed", "Your account belongs to no person, so nobody can visit you.")
    return UUID(work.actor.person_id)


def _added(work: IntakeWork, entry: Entry, signature: Signature | None = None) -> View:
    work.ledger.add(entry, signature, work.today)
    touched(work, entry)
    return get_entry(work, entry.entry_id)


def _saved(work: IntakeWork, entry: Entry, signature: Signature | None = None) -> None:
    work.ledger.save(entry, signature, work.today)
    if entry.item_id:
        work.ledger.touch_item(entry.item_id)
    touched(work, entry)


def touched(work: IntakeWork, entry: Entry) -> None:
    """Open pages of the counter show it."""
    work.signal("counter_touched", {"entry_id": str(entry.entry_id)})


def _unknown() -> NotFound:
    return NotFound("no_such_entry", "There is no such entry at the counter.")


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
