"""Requests as monitoring knows them: their facts, what was told about them, and when to look again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from monitoring.domain.facts import Fact
from monitoring.domain.notices import Told
from monitoring.storage.tables import requests


@dataclass
class TimedRequest:
    """`told` has an entry for each clock that was computed the last time."""

    request_id: UUID
    reference: str | None = None
    requester_id: UUID | None = None
    customer_id: str | None = None
    open: bool = True
    facts: list[Fact] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    next_look_at: datetime | None = None
    generation: int = 0
    problem: str | None = None
    is_new: bool = False

    def add(self, facts: list[Fact]) -> bool:
        """Whether any of them was new."""
        known = {fact.key for fact in self.facts}
        fresh = [fact for fact in facts if fact.key not in known]
        self.facts += fresh
        return bool(fresh)


class TimedRequests:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, request_id: UUID) -> TimedRequest | None:
        row = self._connection.execute(_BY_ID, {"id": request_id}).first()
        return _request(row) if row else None

    def lock(self, request_id: UUID) -> TimedRequest:
        """Nobody else adds facts to it until the end of the transaction; a new one if there is none."""
        row = self._connection.execute(_LOCKED, {"id": request_id}).first()
        return _request(row) if row else TimedRequest(request_id, is_new=True)

    def claim_due(self, now: datetime, generation: int, limit: int) -> list[TimedRequest]:
        """Locks those that must be looked at: a notice is due, or the agreements changed since. Skips what
        others hold, the longest overdue first."""
        due = sa.select(requests).where(requests.c.next_look_at <= now).order_by(requests.c.next_look_at)
        found = self._claim(due.limit(limit))
        if len(found) < limit:
            outdated = sa.select(requests).where(requests.c.open, requests.c.generation < generation)
            taken = [each.request_id for each in found]
            rest = outdated.where(requests.c.request_id.not_in(taken)).order_by(requests.c.generation)
            found += self._claim(rest.limit(limit - len(found)))
        return found

    def save(self, request: TimedRequest) -> bool:
        """False when another transaction made this new request first: lock it again."""
        row = _row(request)
        if request.is_new:
            return self._connection.execute(_ADD, row).first() is not None
        self._connection.execute(_CHANGE, {f"_{name}": value for name, value in row.items()})
        return True

    def save_looks(self, looked: list[TimedRequest]) -> None:
        """Saves all but the facts, which looking at them did not change. One round trip."""
        if not looked:
            return
        names = ("open", "told", "next_look_at", "generation", "problem")
        update = sa.update(requests).where(requests.c.request_id == sa.bindparam("_id"))
        update = update.values({name: sa.bindparam(f"_{name}") for name in names})
        rows = (_row(request) for request in looked)
        self._connection.execute(
            update, [{"_id": row["request_id"], **{f"_{name}": row[name] for name in names}} for row in rows]
        )

    def _claim(self, query: sa.Select[Any]) -> list[TimedRequest]:
        return [_request(row) for row in self._connection.execute(query.with_for_update(skip_locked=True))]


# Built once: building a statement costs more than running it.
_COLUMNS = tuple(requests.c.keys())
_BY_ID = sa.select(requests).where(requests.c.request_id == sa.bindparam("id"))
_LOCKED = _BY_ID.with_for_update()
_ADD = (
    insert(requests)
    .values({name: sa.bindparam(name) for name in _COLUMNS})
    .on_conflict_do_nothing()
    .returning(requests.c.request_id)
)
_CHANGE = (
    sa.update(requests)
    .where(requests.c.request_id == sa.bindparam("_request_id"))
    .values({name: sa.bindparam(f"_{name}") for name in _COLUMNS if name != "request_id"})
)


def _request(row: Any) -> TimedRequest:
    return TimedRequest(
        request_id=row.request_id,
        reference=row.reference,
        requester_id=row.requester_id,
        customer_id=row.customer_id,
        open=row.open,
        facts=[Fact.from_dict(fact) for fact in row.facts],
        told={clock: Told(*map(_at, notices)) for clock, notices in row.told.items()},
        next_look_at=row.next_look_at,
        generation=row.generation,
        problem=row.problem,
    )


def _row(request: TimedRequest) -> dict[str, Any]:
    return {
        "request_id": request.request_id,
        "reference": request.reference,
        "requester_id": request.requester_id,
        "customer_id": request.customer_id,
        "open": request.open,
        "facts": [fact.to_dict() for fact in request.facts],
        "told": {clock: [told.warning_at, told.breach_at] for clock, told in request.told.items()},
        "next_look_at": request.next_look_at,
        "generation": request.generation,
        "problem": request.problem,
    }


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
