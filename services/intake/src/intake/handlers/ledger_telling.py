"""What is told about the counter: that a parcel came, a visitor is there, something should be back. And what
the timers do: remind, close what nobody came for, and forget names.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from intake.domain import ledger
from intake.domain.ledger import Entry, WorkingDay
from intake.domain.ledger_lives import Action, Kind, State
from intake.domain.values import By
from intake.storage.unit_of_work import ZONE, IntakeWork

HOUSE = By("service", "intake")
NEWS = {Kind.PARCEL: "parcel", Kind.VISITOR: "visitor"}
OVERDUE = "overdue"


def working_day(work: IntakeWork) -> WorkingDay:
    """On the organisation's calendar, asked for when it is needed."""

    def after(day: date, days: int) -> date:
        closes = work.lookups.calendar(ZONE).closing_time(day, days)
        return closes.astimezone(ZoneInfo(ZONE)).date()

    return after


def tell(work: IntakeWork, entry: Entry, news: str, item_number: str | None = None) -> bool:
    """Whether there is somebody to tell it to; notifications sees to who has no address."""
    person = work.relations.person(entry.person_id) if entry.person_id else None
    if person is None:
        return False
    visitor = {"name": entry.whom.name, "company": entry.whom.company} if entry.host_id else None
    names = ("person_id", "name", "email", "language")
    told: dict[str, Any] = {
        "entry_id": entry.entry_id,
        "reference": ledger.reference(entry.number),
        "sequence": entry.version,
        "kind": entry.kind.value,
        "news": news,
        "what": entry.what,
        "item_number": item_number,
        "place": entry.place,
        "due_on": entry.due_on,
        "reminder": entry.reminders,
        "visitor": visitor,
        "person": {name: getattr(person, name) for name in names},
    }
    work.publish("counter_told", told)
    return True


def tell_arrival(work: IntakeWork, entry: Entry) -> None:
    """Of a parcel that has just come, when the house knows for whom it is."""
    if tell(work, entry, NEWS[Kind.PARCEL]):
        entry.act(Action.TELL, work.now, HOUSE)
        ledger.tell_first(entry, work.today, working_day(work))


def tell_by_hand(work: IntakeWork, entry: Entry) -> None:
    """Somebody of the counter said for whom it is, or telephoned."""
    if tell(work, entry, NEWS[Kind.PARCEL]):
        ledger.tell_first(entry, work.today, working_day(work))


# --- timers ------------------------------------------------------------------------------------------------


def to_remind(work: IntakeWork, most: int) -> list[UUID]:
    return work.ledger.to_tell(most)


def remind(work: IntakeWork, entry_id: UUID) -> None:
    """Of what is still out, or waits; looked at again under lock."""
    entry = work.ledger.lock(entry_id)
    if entry is None or not ledger.reminded(entry, work.today, working_day(work)):
        return
    entry.act(Action.REMIND, work.now, HOUSE)
    row = work.ledger.one(entry_id)
    tell(work, entry, NEWS.get(entry.kind, OVERDUE), row.item_number)
    work.ledger.save(entry, None, work.today)
    work.signal("counter_touched", {"entry_id": str(entry_id)})


def not_come(work: IntakeWork, most: int) -> list[UUID]:
    return work.ledger.not_come(most)


def close_not_come(work: IntakeWork, entry_id: UUID) -> None:
    entry = work.ledger.lock(entry_id)
    if entry and entry.state is State.ANNOUNCED:
        entry.act(Action.MISS, work.now, HOUSE)
        work.ledger.save(entry, None, work.today)
        work.signal("counter_touched", {"entry_id": str(entry_id)})


def forget(work: IntakeWork, most: int) -> int:
    """Names of outsiders; also in the mails that told of them."""
    forgotten = work.ledger.forget(most)
    if forgotten:
        work.publish("counter_forgotten", {"entry_ids": forgotten, "at": work.now})
    return len(forgotten)
