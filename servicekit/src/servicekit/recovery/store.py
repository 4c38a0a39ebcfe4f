"""The table `failures`, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert

from servicekit import json
from servicekit.explaining import masked
from servicekit.recovery.failed import MESSAGE, REPLAYED_FROM, UNSETTLED, Failed, State, failure_id
from servicekit.storage.tables import failures, inbox

Row = dict[str, Any]
GROUPS_MAX = 200
_HEAVY = ("body", "headers", "origin", "correlation_id", "history")
_SHOWN = tuple(column for column in failures.c if column.name not in _HEAVY)
_AGAIN = (
    *(
        "kind",
        "type",
        "reason_type",
        "reason",
        "subject",
        "replayable",
        "attempts",
        "failed_at",
        "occurrence",
    ),
    *("origin", "correlation_id", "headers", "body", "state"),
)
_UNDECIDED = {"decided_by": None, "decided_at": None, "note": None}  # the history keeps what was


@dataclass(frozen=True)
class Decision:
    """Who decided what about a failure, and why."""

    state: State
    by: str
    note: str
    at: datetime

    @property
    def columns(self) -> Row:
        line = [{"state": self.state, "by": self.by, "note": self.note, "at": self.at}]
        return {
            "state": self.state,
            "decided_by": self.by,
            "decided_at": self.at,
            "note": self.note,
            "history": failures.c.history.op("||")(sa.literal(json.plain(line), JSONB)),
        }


class Failures:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    # --- what fails, and what goes well after all ----------------------------------------------------------

    def keep(self, failed: Failed, at: datetime) -> None:
        """Call it in the transaction in which it fails. What failed before is open again, whatever was
        decided about it."""
        names = ("failure_id", "kind", "type", "reason_type", "subject", "attempts", "replayable")
        row = {name: getattr(failed, name) for name in names}
        self._upsert({**row, "reason": masked(failed.reason), "failed_at": at, "state": State.OPEN})

    def correct(self, failed: Failed) -> None:
        """The reason of what stands in the list has become another; that is no new failing."""
        names = ("type", "reason_type", "subject", "attempts", "replayable")
        self._connection.execute(
            sa.update(failures)
            .where(
                failures.c.failure_id == failed.failure_id,
                sa.or_(failures.c.reason_type != failed.reason_type, failures.c.type != failed.type),
            )
            .values({name: getattr(failed, name) for name in names} | {"reason": masked(failed.reason)})
        )

    def keep_message(self, row: Row) -> None:
        """One row per message. A double of what was handled meanwhile asks for nothing."""
        handled = sa.exists().where(
            inbox.c.message_id == row["failure_id"], sa.literal(row["kind"]) == MESSAGE
        )
        self._upsert({**row, "state": sa.case((handled, State.RESOLVED.value), else_=State.OPEN.value)})

    def _upsert(self, row: Row) -> None:
        statement = insert(failures).values(row)
        again = {name: statement.excluded[name] for name in _AGAIN if name in row or name == "occurrence"}
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[failures.c.failure_id],
                set_={**again, **_UNDECIDED, "times": failures.c.times + 1},
            )
        )

    def resolve(self, kind: str, keys: Collection[str], note: str, by: str, at: datetime) -> None:
        """What failed went well after all, or need not be done any more. Unknown keys do no harm."""
        self.settle([failure_id(kind, key) for key in keys], Decision(State.RESOLVED, by, note, at))

    def tried_again(self, kind: str, key: str, note: str, by: str, at: datetime) -> None:
        """Somebody tries it again by another way than the list."""
        self.decide([failure_id(kind, key)], Decision(State.REPLAYED, by, note, at), REPLAYED_FROM)

    def settle(self, failure_ids: Collection[UUID], decision: Decision) -> None:
        """Only what is not settled yet: what was set aside stays so."""
        self.decide(failure_ids, decision, UNSETTLED)

    # --- looking -------------------------------------------------------------------------------------------

    def groups(self, state: str, kind: str | None) -> list[Row]:
        """Causes with their counts, most frequent first; the reason is that of the newest."""
        of = failures.c
        newest = sa.func.max(of.occurrence)
        counted = (
            sa.select(
                *(of.cause, of.kind, of.type, of.reason_type),
                sa.func.count().label("count"),
                sa.func.count().filter(of.replayable).label("replayable"),
                sa.func.min(of.failed_at).label("first_at"),
                sa.func.max(of.failed_at).label("last_at"),
                newest.label("up_to"),
            )
            .where(*_conditions(state, kind, None))
            .group_by(of.cause, of.kind, of.type, of.reason_type)
            .order_by(sa.desc("count"), of.cause)
            .limit(GROUPS_MAX)
            .subquery()
        )
        query = sa.select(counted, of.reason).join(failures, of.occurrence == counted.c.up_to)
        query = query.order_by(counted.c.count.desc(), counted.c.cause)
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def page(
        self, state: str, kind: str | None, cause: str | None, before: int | None, limit: int
    ) -> list[Row]:
        """Newest first, without bodies."""
        query = sa.select(*_SHOWN).where(*_conditions(state, kind, cause))
        if before is not None:
            query = query.where(failures.c.occurrence < before)
        query = query.order_by(failures.c.occurrence.desc()).limit(limit)
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def one(self, failure_id_: UUID) -> Row | None:
        found = self._connection.execute(_OF_IDS, {"ids": [failure_id_]}).mappings().first()
        return dict(found) if found else None

    def some(self, failure_ids: Sequence[UUID]) -> dict[UUID, Row]:
        """Without bodies."""
        query = sa.select(*_SHOWN).where(failures.c.failure_id.in_(failure_ids))
        return {row["failure_id"]: dict(row) for row in self._connection.execute(query).mappings()}

    # --- deciding ------------------------------------------------------------------------------------------

    def open_of_cause(self, cause: str, up_to: int | None, limit: int) -> list[Row]:
        """Oldest first, without bodies."""
        query = sa.select(*_SHOWN).where(*_open(cause, up_to)).order_by(failures.c.occurrence).limit(limit)
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def count_of_cause(self, cause: str, up_to: int | None) -> tuple[int, int, int | None]:
        """How many are open, how many of them can be replayed, and the number of the newest."""
        of = failures.c
        query = sa.select(sa.func.count(), sa.func.count().filter(of.replayable), sa.func.max(of.occurrence))
        count, replayable, newest = self._connection.execute(query.where(*_open(cause, up_to))).one()
        return count, replayable, newest

    def claim(self, failure_ids: Sequence[UUID], states: Sequence[State]) -> list[Row]:
        """Those of them in these states, whole, locked until the transaction ends; what others hold is left
        out."""
        values = {"ids": failure_ids, "states": states}
        return [dict(row) for row in self._connection.execute(_CLAIM, values).mappings()]

    def decide(
        self, failure_ids: Collection[UUID], decision: Decision, states: Collection[State] = tuple(State)
    ) -> None:
        if failure_ids:
            self._connection.execute(
                sa.update(failures)
                .where(failures.c.failure_id.in_(failure_ids), failures.c.state.in_(states))
                .values(decision.columns)
            )

    def forget(self, state: State, before: datetime, limit: int) -> int:
        """Delete what was decided before then: bodies hold personal data. Answers how many."""
        settled_at = sa.func.coalesce(failures.c.decided_at, failures.c.failed_at)
        old = (
            sa.select(failures.c.failure_id)
            .where(failures.c.state == state, settled_at < before)
            .limit(limit)
        )
        deleted = sa.delete(failures).where(failures.c.failure_id.in_(old)).returning(failures.c.failure_id)
        return len(self._connection.execute(deleted).all())


_OF_IDS = sa.select(failures).where(failures.c.failure_id.in_(sa.bindparam("ids", expanding=True)))
_CLAIM = (
    _OF_IDS.where(failures.c.state.in_(sa.bindparam("states", expanding=True)))
    .order_by(failures.c.failure_id)
    .with_for_update(skip_locked=True)
)


def _conditions(state: str, kind: str | None, cause: str | None) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = [failures.c.state == state]
    if kind is not None:
        wanted.append(failures.c.kind == kind)
    if cause is not None:
        wanted.append(failures.c.cause == cause)
    return wanted


def _open(cause: str, up_to: int | None) -> list[sa.ColumnElement[bool]]:
    wanted = _conditions(State.OPEN, None, cause)
    return wanted if up_to is None else [*wanted, failures.c.occurrence <= up_to]
