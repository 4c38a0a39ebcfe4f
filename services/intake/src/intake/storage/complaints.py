"""Complaints as figures: one row for each that came in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from servicekit.worktime.period import Period

RECEIVED = sa.text("""
    SELECT complaint ->> 'stage' AS stage, complaint ->> 'cause' AS cause,
           complained_provider_id AS provider_id, complaint #>> '{about,provider,name}' AS provider,
           product_id, product -> 'name' AS product, state <> 'closed' AS is_open,
           CASE WHEN complaint ->> 'acknowledged_at' IS NOT NULL
                THEN (complaint ->> 'acknowledged_at')::timestamptz <= respond_by
                WHEN respond_by < :now THEN false END AS in_time
    FROM requests
    WHERE kind = 'complaint' AND received_at >= :start AND received_at < :end
      AND external_source IS NULL AND resolution IS DISTINCT FROM 'withdrawn'
""")
TO_CLOSE = sa.text(
    "SELECT count(*) FROM requests WHERE kind = 'complaint' AND state = 'ready' AND attention = 'unheard'"
)


class Complaints:
    def __init__(self, connection: sa.Connection, now: Any) -> None:
        self._connection = connection
        self._now = now

    def received(self, period: Period) -> Sequence[Any]:
        asked = {"start": period.start, "end": period.end, "now": self._now}
        return self._connection.execute(RECEIVED, asked).all()

    def to_close(self) -> int:
        """How many wait for a manager, since their customers can't be reached."""
        return int(self._connection.execute(TO_CLOSE).scalar_one())
