"""Items and entries of the counter's ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Stale

from intake.domain.ledger import LATE_STATES, Entry, Line, Signature, Whom
from intake.domain.ledger_lives import LIVES, Kind, State
from intake.storage import pages
from intake.storage.ledger_tables import LEDGER_NUMBERS, ledger_entries, ledger_items, ledger_lines
from intake.storage.pages import Rows
from intake.storage.relation_tables import people

_i, _e, _l = ledger_items.c, ledger_entries.c, ledger_lines.c
_REFERENCE = re.compile(r"\s*b[\s-]*0*(\d{1,9})\s*", re.IGNORECASE)
# What an entry is kept as, besides whom it names.
KEPT = (
    "entry_id", "number", "version", "kind", "state", "item_id", "what", "host_id", "plate", "place",
    "expected_at", "due_on", "told_on", "reminders", "request_id", "opened_at", "closed_at",
)  # fmt: skip
_holder, _host = people.alias("holder"), people.alias("host")
_given, _given_host = people.alias("given"), people.alias("given_host")
# With names as they are now, of whoever counts for the persons that are named.
LINE = (
    sa.select(
        ledger_entries,
        _i.number.label("item_number"),
        _holder.c.name.label("person_name"),
        _host.c.name.label("host_name"),
    )
    .outerjoin(ledger_items, _i.item_id == _e.item_id)
    .outerjoin(_given, _given.c.person_id == _e.person_id)
    .outerjoin(_holder, _holder.c.person_id == _given.c.root_id)
    .outerjoin(_given_host, _given_host.c.person_id == _e.host_id)
    .outerjoin(_host, _host.c.person_id == _given_host.c.root_id)
)
# The lists of the counter, by their word.
STATES: dict[str, tuple[State, ...]] = {
    "out": (State.OUT,),
    "lost": (State.LOST,),
    "waiting": (State.RECEIVED, State.TOLD, State.KEPT, State.CLAIMED),
    "expected": (State.ANNOUNCED,),
    "inside": (State.INSIDE,),
}
OVERDUE, OPEN, OVER = "overdue", "open", "over"
COUNTED = (*STATES, OVERDUE)
LISTS = (*COUNTED, OPEN, OVER)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries. `own`: those of these persons alone."""

    which: str | None = None
    kind: str | None = None
    item_id: UUID | None = None
    person_id: UUID | None = None
    q: str | None = None
    own: tuple[UUID, ...] | None = None


class Ledger:
    def __init__(self, connection: sa.Connection, today: date) -> None:
        self._connection = connection
        self._today = today

    # --- items ---

    def items(
        self, q: str | None, kind: str | None, withdrawn: bool | None, cursor: str | None, limit: int
    ) -> tuple[Rows, str | None]:
        """By number, each with the entry that is open, if any."""
        words = sa.func.concat_ws(" ", _i.number, _i.name, _i.place)
        query = self._items().where(*(words.icontains(each, autoescape=True) for each in (q or "").split()))
        if kind is not None:
            query = query.where(_i.kind == kind)
        if withdrawn is not None:
            query = query.where(_i.withdrawn == withdrawn)
        return pages.page(self._connection, query, [_i.number], cursor, limit)

    def item(self, item_id: UUID) -> Any:
        return self._connection.execute(self._items().where(_i.item_id == item_id)).first()

    def item_numbered(self, number: str) -> Any:
        return self._connection.execute(sa.select(ledger_items).where(_i.number == number)).first()

    def lock_item(self, item_id: UUID) -> Any:
        query = sa.select(ledger_items).where(_i.item_id == item_id).with_for_update()
        return self._connection.execute(query).first()

    def open_of(self, item_id: UUID) -> Any:
        query = sa.select(ledger_entries).where(_e.item_id == item_id, _e.closed_at.is_(None))
        return self._connection.execute(query).first()

    def add_item(self, **values: Any) -> None:
        self._connection.execute(sa.insert(ledger_items).values(**values))

    def change_item(self, item_id: UUID, version: int, **values: Any) -> None:
        """Raises Stale when somebody was first."""
        one = sa.and_(_i.item_id == item_id, _i.version == version)
        changed = sa.update(ledger_items).where(one).values(version=version + 1, **values)
        if self._connection.execute(changed).rowcount != 1:
            raise Stale("stale", "Somebody else changed this meanwhile. Look at it again.")

    def touch_item(self, item_id: UUID) -> None:
        """It went out or came back, which whoever hands it out must have seen."""
        changed = sa.update(ledger_items).where(_i.item_id == item_id)
        self._connection.execute(changed.values(version=_i.version + 1))

    def _items(self) -> sa.Select[Any]:
        opened = ledger_entries.alias("opened")
        return (
            sa.select(
                ledger_items,
                opened.c.entry_id,
                opened.c.state,
                opened.c.due_on,
                opened.c.name.label("outsider"),
                _holder.c.name.label("person_name"),
            )
            .outerjoin(opened, sa.and_(opened.c.item_id == _i.item_id, opened.c.closed_at.is_(None)))
            .outerjoin(_given, _given.c.person_id == opened.c.person_id)
            .outerjoin(_holder, _holder.c.person_id == _given.c.root_id)
        )

    # --- entries ---

    def page(self, wanted: Wanted, cursor: str | None, limit: int) -> tuple[Rows, str | None]:
        """What is open the oldest first, else the newest first."""
        query = LINE.where(*self._conditions(wanted))
        backwards = wanted.which in (None, OVER)
        return pages.page(self._connection, query, [_e.number], cursor, limit, backwards)

    def counts(self) -> dict[str, int]:
        """How many there are in each list of what is open."""
        open_ = _e.closed_at.is_(None)
        counted = [sa.func.count().filter(*self._conditions(Wanted(which))).label(which) for which in COUNTED]
        row = self._connection.execute(sa.select(*counted).select_from(ledger_entries).where(open_)).one()
        return dict(row._asdict())

    def one(self, entry_id: UUID) -> Any:
        return self._connection.execute(LINE.where(_e.entry_id == entry_id)).first()

    def lines(self, entry_id: UUID) -> Rows:
        query = sa.select(ledger_lines).where(_l.entry_id == entry_id).order_by(_l.sequence)
        return self._connection.execute(query).all()

    def lock(self, entry_id: UUID) -> Entry | None:
        query = sa.select(ledger_entries).where(_e.entry_id == entry_id).with_for_update()
        row = self._connection.execute(query).first()
        return _entry_of(row) if row else None

    def next_number(self) -> int:
        return int(self._connection.scalar(sa.select(LEDGER_NUMBERS.next_value())) or 0)

    def add(self, entry: Entry, signature: Signature | None, zone_day: date) -> None:
        self._connection.execute(sa.insert(ledger_entries).values(**_values(entry, zone_day)))
        self._write(entry, signature)

    def save(self, entry: Entry, signature: Signature | None, zone_day: date) -> None:
        one = _e.entry_id == entry.entry_id
        self._connection.execute(sa.update(ledger_entries).where(one).values(**_values(entry, zone_day)))
        self._write(entry, signature)

    def _write(self, entry: Entry, signature: Signature | None) -> None:
        """The signature is with the first of the new lines."""
        for line in entry.lines:
            self._connection.execute(sa.insert(ledger_lines).values(**_line(entry.entry_id, line, signature)))
            signature = None
        entry.lines = []

    def signature(self, entry_id: UUID, sequence: int) -> Any:
        query = sa.select(_l.signature).where(_l.entry_id == entry_id, _l.sequence == sequence)
        return self._connection.scalar(query)

    def known_files(self, digests: Sequence[str]) -> set[str]:
        wanted = sa.select(_l.digest).where(
            _l.digest == sa.func.any(sa.cast(list(digests), sa.ARRAY(sa.Text)))
        )
        return set(self._connection.scalars(wanted))

    # --- what the timers do ---

    def to_tell(self, most: int) -> list[UUID]:
        query = sa.select(_e.entry_id).where(_e.told_on.is_not(None), _e.told_on <= self._today)
        return list(self._connection.scalars(query.order_by(_e.told_on).limit(most)))

    def not_come(self, most: int) -> list[UUID]:
        """Visitors who were expected on an earlier day."""
        old = sa.and_(_e.closed_at.is_(None), _e.state == State.ANNOUNCED.value, _e.due_on < self._today)
        query = sa.select(_e.entry_id).where(_e.kind == Kind.VISITOR.value, old)
        return list(self._connection.scalars(query.order_by(_e.number).limit(most)))

    def forget(self, most: int) -> list[UUID]:
        """Names of outsiders, their company and plate, what was remarked and signatures, once the term is
        over. That there was an entry, of what and when, stays. Answers which.
        """
        query = sa.select(_e.entry_id).where(_e.forget_on.is_not(None), _e.forget_on <= self._today)
        ids = list(self._connection.scalars(query.order_by(_e.forget_on).limit(most).with_for_update()))
        if ids:
            nobody = {"name": None, "company": None, "plate": None, "forget_on": None}
            lines, unsaid = sa.update(ledger_lines).where(_l.entry_id.in_(ids)), _l.data.op("-")("remark")
            self._connection.execute(lines.values(data=unsaid, signature=None, digest=None))
            visit = sa.case((_e.kind == Kind.VISITOR.value, ""), else_=_e.what)
            entries = sa.update(ledger_entries).where(_e.entry_id.in_(ids))
            self._connection.execute(entries.values(**nobody, what=visit))
        return ids

    def _conditions(self, wanted: Wanted) -> Iterable[sa.ColumnElement[bool]]:
        if wanted.which in STATES:
            yield _e.closed_at.is_(None)
            yield _e.state.in_([state.value for state in STATES[wanted.which]])
        elif wanted.which == OVERDUE:
            yield _e.closed_at.is_(None)
            yield _e.state.in_(sorted(state.value for state in LATE_STATES))
            yield _e.due_on < self._today
        elif wanted.which is not None:
            yield _e.closed_at.is_(None) if wanted.which == OPEN else _e.closed_at.is_not(None)
        if wanted.kind is not None:
            yield _e.kind == wanted.kind
        if wanted.item_id is not None:
            yield _e.item_id == wanted.item_id
        if wanted.person_id is not None:
            yield sa.or_(_e.person_id == wanted.person_id, _e.host_id == wanted.person_id)
        if wanted.own is not None:
            yield sa.or_(_e.person_id.in_(wanted.own), _e.host_id.in_(wanted.own))
        if wanted.q:
            yield _saying(wanted.q)


def _saying(q: str) -> sa.ColumnElement[bool]:
    if spoken := _REFERENCE.fullmatch(q):
        return _e.number == int(spoken[1])
    names = (_holder.c.name, _host.c.name, _e.name, _e.company, _e.plate)
    words = sa.func.concat_ws(" ", _i.number, _e.what, _e.place, *names)
    return sa.and_(*(words.icontains(word, autoescape=True) for word in q.split()))


def _values(entry: Entry, zone_day: date) -> dict[str, Any]:
    """`zone_day`: the day on which this happens; from it on names are kept for a while, once it is over."""
    kept = {name: getattr(entry, name) for name in KEPT}
    whom = {"person_id": entry.whom.person_id, "name": entry.whom.name, "company": entry.whom.company}
    forget_on = None
    if entry.closed_at:
        forget_on = date.fromordinal(zone_day.toordinal() + LIVES[entry.kind].kept_days)
    return {**kept, **whom, "kind": entry.kind.value, "state": entry.state.value, "forget_on": forget_on}


def _line(entry_id: UUID, line: Line, signature: Signature | None) -> dict[str, Any]:
    file = signature.file if signature else None
    return {
        "entry_id": entry_id,
        "sequence": line.sequence,
        "action": line.action.value,
        "at": line.at,
        "by": {"kind": line.by.kind, "name": line.by.name},
        "data": line.data,
        "signature": asdict(signature) if signature else None,
        "digest": file["digest"] if file else None,
    }


def _entry_of(row: Any) -> Entry:
    kept = {name: getattr(row, name) for name in KEPT}
    whom = Whom(row.person_id, row.name, row.company)
    return Entry(**{**kept, "kind": Kind(row.kind), "state": State(row.state)}, whom=whom)
