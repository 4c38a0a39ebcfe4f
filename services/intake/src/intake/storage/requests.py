"""Requests with their timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Stale

from intake.domain.confidence import VEIL
from intake.domain.requests import Request
from intake.storage import rows, writing
from intake.storage.tables import promises, requests, timeline

GET = sa.select(requests).where(requests.c.request_id == sa.bindparam("the_id"))
GET_LOCKED = GET.with_for_update()
FOLLOWERS = (
    sa.select(requests)
    .where(
        requests.c.follows == sa.bindparam("the_id"), requests.c.state == sa.literal_column("'in_progress'")
    )
    .order_by(requests.c.request_id)
    .with_for_update()
)
LINES = (
    sa.select(timeline)
    .where(timeline.c.request_id == sa.bindparam("the_id"))
    .order_by(timeline.c.at, timeline.c.position, timeline.c.entry_id)
)
SILENT = (
    sa.select(requests.c.request_id)
    .where(requests.c.state == sa.literal_column("'ready'"), requests.c.closes_at <= sa.bindparam("at"))
    .order_by(requests.c.closes_at, requests.c.ready_at)
    .limit(sa.bindparam("most"))
)


class Requests:
    """`opens`: whether who acts may know of a request. One that does not open is not there, whatever it is
    looked for; `whoever` is for what no caller gets to see.
    """

    def __init__(self, connection: sa.Connection, opens: Callable[[Request], bool]) -> None:
        self._connection = connection
        self._opens = opens

    def add(self, request: Request) -> None:
        """A new request with its lines and promises; one statement."""
        parameters = {
            "request": rows.whole(request),
            "lines": writing.lines(request),
            "promises": rows.pledge_rows(request),
        }
        self._connection.execute(writing.INSERT, parameters)

    def add_once(self, request: Request) -> bool:
        """An imported one. False when one with its external key is there; then nothing was written."""
        if self._connection.execute(writing.INSERT_ONCE, {"request": rows.whole(request)}).first() is None:
            return False
        self._connection.execute(writing.LINES, {"lines": writing.lines(request)})
        return True

    def find(self, request_id: UUID, whoever: bool = False) -> Request | None:
        return self._one(GET, request_id, whoever)

    def find_all(self, request_ids: Iterable[UUID]) -> dict[UUID, Request]:
        wanted = sa.select(requests).where(requests.c.request_id.in_(set(request_ids)))
        found = (rows.to_request(dict(row)) for row in self._connection.execute(wanted).mappings())
        return {request.request_id: request for request in found if self._opens(request)}

    def find_to_change(self, request_id: UUID, whoever: bool = False) -> Request | None:
        """Others who want to change it wait until this transaction ends."""
        return self._one(GET_LOCKED, request_id, whoever)

    def followers_to_change(self, request_id: UUID) -> list[Request]:
        """Those that go along with it now. Whoever locks both locks this one first."""
        found = self._connection.execute(FOLLOWERS, {"the_id": request_id}).mappings()
        return [rows.to_request(dict(row)) for row in found]

    def _one(self, statement: sa.Select[Any], request_id: UUID, whoever: bool) -> Request | None:
        row = self._connection.execute(statement, {"the_id": request_id}).mappings().first()
        request = rows.to_request(dict(row)) if row else None
        return request if request and (whoever or self._opens(request)) else None

    def seal(self, request: Request) -> None:
        """Its words are taken out of the columns that do not change otherwise; `save` does the others."""
        words = sa.update(requests).where(requests.c.request_id == request.request_id)
        self._connection.execute(words.values(summary=VEIL, text=VEIL))
        mine = promises.c.request_id == request.request_id
        self._connection.execute(
            sa.update(promises).where(mine, promises.c.text.is_not(None)).values(text=VEIL)
        )

    def save(self, request: Request) -> None:
        """Its changes, its new lines and its promises; one statement. Raises Stale when another was first."""
        parameters = {
            "request": rows.changing(request),
            "lines": writing.lines(request),
            "promises": rows.pledge_rows(request),
            "request_id": request.request_id,
            "loaded_version": request.loaded_version,
        }
        if self._connection.execute(writing.UPDATE, parameters).first() is None:
            raise Stale("stale", "Somebody else changed this request. Look at it again.")
        request.loaded_version = request.version
        request.entries, request.stood = [], request.promise

    def lines(self, request_id: UUID) -> Sequence[sa.RowMapping]:
        """The timeline, oldest first."""
        return self._connection.execute(LINES, {"the_id": request_id}).mappings().all()

    def silent_until(self, at: datetime, most: int) -> list[UUID]:
        """Ready, and silent for longer than we said that we would wait; the longest first."""
        return list(self._connection.scalars(SILENT, {"at": at, "most": most}))

    def to_remind(self, at: datetime, most: int) -> list[UUID]:
        """Those whose approvers have been silent for so long that they are reminded."""
        due = sa.select(requests.c.request_id).where(requests.c.remind_at <= at)
        return list(self._connection.scalars(due.order_by(requests.c.remind_at).limit(most)))

    def awaiting_word_of(self, person_ids: Sequence[UUID], most: int) -> list[Request]:
        """Those about which one of these may decide; the longest waiting first."""
        wanted = (
            sa.select(requests)
            .where(
                sa.text("cardinality(approver_ids) > 0"),
                requests.c.approver_ids.overlap(list(person_ids)),
            )
            .order_by(requests.c.updated_at)
            .limit(most)
        )
        return [rows.to_request(dict(row)) for row in self._connection.execute(wanted).mappings()]

    def known_keys(self, source: str, keys: Sequence[str]) -> set[str]:
        """Which of these were imported before."""
        known = sa.select(requests.c.external_key).where(
            requests.c.external_source == source,
            requests.c.external_key == sa.func.any(sa.cast(list(keys), sa.ARRAY(sa.Text))),
        )
        return set(self._connection.scalars(known))
