"""Promises over all requests: those that have passed, and what became of those of a period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.worktime.period import Period

from intake.storage import pages
from intake.storage.confidence import open_to
from intake.storage.pages import Rows
from intake.storage.tables import promises, requests

_p = promises.c
PASSED = (
    sa.select(requests.c.request_id)
    .where(requests.c.next_until < sa.bindparam("at"), requests.c.next_until.is_not(None))
    .order_by(requests.c.next_until)
    .limit(sa.bindparam("most"))
)
LINE = sa.select(
    *_p,
    requests.c.reference,
    requests.c.summary,
    requests.c.requester,
    requests.c.priority,
    requests.c.state.label("request_state"),
    requests.c.resolution,
).join(requests, requests.c.request_id == _p.request_id)
# A team of this name is none: the desk itself.
DESK = "-"
FILTERS: Mapping[str, Any] = {
    "state": lambda value: _p.state == value,
    "what": lambda value: _p.what == value,
    "team": lambda value: _p.team.is_(None) if value == DESK else _p.team == value,
    "until_from": lambda at: _p.until >= at,
    "until_before": lambda at: _p.until < at,
    "made_from": lambda at: _p.made_at >= at,
    "made_before": lambda at: _p.made_at < at,
}


class Promises:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def passed(self, at: datetime, most: int) -> list[UUID]:
        """Requests whose next promise has passed; the longest ago first."""
        return list(self._connection.scalars(PASSED, {"at": at, "most": most}))

    def page(
        self, wanted: Mapping[str, Any], reader_id: str | None, cursor: str | None, limit: int
    ) -> tuple[Rows, str | None]:
        """The first to pass first, without those of what is confidential to this reader."""
        conditions = [FILTERS[name](value) for name, value in wanted.items() if value is not None]
        columns = [_p.until, _p.request_id, _p.number]
        return pages.page(
            self._connection, LINE.where(*conditions, open_to(reader_id)), columns, cursor, limit
        )

    def made(self, period: Period) -> int:
        within = (_p.made_at >= period.start, _p.made_at < period.end)
        found = sa.select(sa.func.count()).select_from(promises).where(*within)
        return int(self._connection.scalar(found) or 0)

    def became(self, period: Period) -> Rows:
        """Of what was promised for a moment in these days: how many came to what, by kind and by team."""
        within = (_p.until >= period.start, _p.until < period.end)
        keys = (_p.what, _p.team, _p.state)
        counted = sa.select(*keys, sa.func.count().label("count")).where(*within).group_by(*keys)
        return self._connection.execute(counted).all()
