"""Requests with their timeline: written together in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Stale
from sqlalchemy.dialects.postgresql import insert

from intake.domain.requests import Request
from intake.storage import rows
from intake.storage.tables import JSON, requests, timeline

_ENTRY_COLUMNS = [column for column in timeline.c if column.name != "entry_id"]


def _new_entries() -> sa.Insert:
    """The lines of the timeline, whatever their number, from one parameter: the text of the statement never
    changes.
    """
    given = (
        sa.func.jsonb_to_recordset(sa.bindparam("entries", type_=JSON))
        .table_valued(*(sa.column(column.name, column.type) for column in _ENTRY_COLUMNS), name="given")
        .render_derived(with_types=True)
    )
    return sa.insert(timeline).from_select(_ENTRY_COLUMNS, sa.select(*given.c))


def _bound(names: Iterable[str]) -> dict[str, Any]:
    # A prefix, since SQLAlchemy keeps the plain names of columns for itself.
    return {name: sa.bindparam(f"r_{name}", type_=requests.c[name].type) for name in names}


_ALL = [column.name for column in requests.c]
_CHANGING = [*rows.PLAIN_CHANGING, "state", "resolution", "product", "product_id", "respond_by", "resolve_by"]
_CHANGING += ["promised_at", "waiting", "attention", "orders"]

INSERT = _new_entries().add_cte(sa.insert(requests).values(_bound(_ALL)).cte("the_request"))
INSERT_IMPORTED = (
    insert(requests)
    .values(_bound(_ALL))
    .on_conflict_do_nothing(
        index_elements=["external_key", "external_source"],
        index_where=requests.c.external_key.is_not(None),
    )
    .returning(requests.c.request_id)
)
UPDATE = (
    sa.update(requests)
    .where(requests.c.request_id == sa.bindparam("the_id"), requests.c.version == sa.bindparam("the_version"))
    .values(_bound(_CHANGING))
    .returning(requests.c.request_id)
    .add_cte(_new_entries().cte("the_lines"))
)
GET = sa.select(requests).where(requests.c.request_id == sa.bindparam("the_id"))
GET_LOCKED = GET.with_for_update()
LINES = (
    sa.select(timeline)
    .where(timeline.c.request_id == sa.bindparam("the_id"))
    .order_by(timeline.c.at, timeline.c.position, timeline.c.entry_id)
)
SILENT = (
    sa.select(requests.c.request_id)
    .where(requests.c.state == sa.literal_column("'ready'"), requests.c.closes_at <= sa.bindparam("at"))
    .order_by(requests.c.closes_at)
    .limit(sa.bindparam("most"))
)


class Requests:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, request: Request) -> None:
        """A new request and its lines; one statement."""
        self._connection.execute(INSERT, _parameters(rows.whole(request), request))

    def add_imported(self, request: Request) -> bool:
        """False when one with its external key is there; then nothing was written."""
        row = {f"r_{name}": value for name, value in rows.whole(request).items()}
        if self._connection.execute(INSERT_IMPORTED, row).first() is None:
            return False
        self._connection.execute(_new_entries(), {"entries": _lines(request)})
        return True

    def find(self, request_id: UUID) -> Request | None:
        return self._one(GET, request_id)

    def find_to_change(self, request_id: UUID) -> Request | None:
        """Others who want to change it wait until this transaction ends."""
        return self._one(GET_LOCKED, request_id)

    def _one(self, statement: sa.Select[Any], request_id: UUID) -> Request | None:
        row = self._connection.execute(statement, {"the_id": request_id}).mappings().first()
        return rows.to_request(dict(row)) if row else None

    def save(self, request: Request) -> None:
        """Its changes and its new lines; one statement. Raises Stale when another was first."""
        parameters = _parameters(rows.changing(request), request)
        parameters |= {"the_id": request.request_id, "the_version": request.loaded_version}
        if self._connection.execute(UPDATE, parameters).first() is None:
            raise Stale("stale", "Somebody else changed this request. Look at it again.")
        request.loaded_version = request.version
        request.entries = []

    def lines(self, request_id: UUID) -> Sequence[sa.RowMapping]:
        """The timeline, oldest first."""
        return self._connection.execute(LINES, {"the_id": request_id}).mappings().all()

    def silent_until(self, at: datetime, most: int) -> list[UUID]:
        """Ready, and silent for longer than we said that we would wait; the longest first."""
        return list(self._connection.scalars(SILENT, {"at": at, "most": most}))

    def known_keys(self, source: str, keys: Sequence[str]) -> set[str]:
        """Which of these were imported before."""
        known = sa.select(requests.c.external_key).where(
            requests.c.external_source == source,
            requests.c.external_key == sa.func.any(sa.cast(list(keys), sa.ARRAY(sa.Text))),
        )
        return set(self._connection.scalars(known))


def _parameters(row: rows.Row, request: Request) -> dict[str, Any]:
    return {f"r_{name}": value for name, value in row.items()} | {"entries": _lines(request)}


def _lines(request: Request) -> list[rows.Row]:
    return [rows.entry_row(request.request_id, entry) for entry in request.entries]
