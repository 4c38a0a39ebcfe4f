"""Counting clocks for figures: one statement per question, each answered from an index alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from servicekit.worktime.period import Period

Rows = Sequence[Any]

# Judged when it stopped in time, or when the deadline passed it by, stopped or not. Finding the day of a
# moment in a zone costs more than counting it: half hours are counted and then put into days.
JUDGED = sa.text("""
    SELECT timezone(:zone, half_hour)::date AS day, clock, priority, met, sum(count)::bigint AS count
    FROM (
        SELECT half_hour, clock, priority, met, count(*) AS count
        FROM (
            SELECT date_bin('30 minutes', judged_at, :start) AS half_hour, clock, priority,
                   state = 'met' AS met
            FROM clocks WHERE judged_at >= :start AND judged_at < :end
        ) AS each
        GROUP BY GROUPING SETS ((clock, priority, met), (half_hour, met))
    ) AS counted
    GROUP BY day, clock, priority, met
""")

JUDGED_SINCE = sa.text("""
    SELECT priority, clock, count(*) FILTER (WHERE state = 'met') AS met,
           count(*) FILTER (WHERE state <> 'met') AS late
    FROM clocks WHERE judged_at >= :since GROUP BY 1, 2 ORDER BY 1, 2
""")

OPEN = sa.text("""
    SELECT clock, count(*) AS count,
           CASE WHEN state = 'paused' THEN 'paused' WHEN warned_at IS NULL THEN 'fine' ELSE 'near' END
           AS standing
    FROM clocks WHERE state IN ('running', 'paused') GROUP BY 1, 3
    UNION ALL
    SELECT clock, count(*), 'late' FROM clocks WHERE state = 'breached' AND stopped_at IS NULL GROUP BY 1
""")

MINUTES = sa.text("""
    SELECT count(*) AS requests, coalesce(sum(desk_minutes), 0) AS desk,
           coalesce(sum(supplier_minutes), 0) AS supplier, coalesce(sum(requester_minutes), 0) AS requester
    FROM clocks WHERE clock = 'resolve' AND stopped_at >= :start AND stopped_at < :end
""")


class Figures:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def judged(self, period: Period) -> Rows:
        """Rows with a clock and a priority, and rows with a day."""
        return self._ask(JUDGED, zone=period.zone, start=period.start, end=period.end)

    def judged_since(self, since: datetime) -> Rows:
        return self._ask(JUDGED_SINCE, since=since)

    def open(self) -> Rows:
        return self._ask(OPEN)

    def minutes(self, period: Period) -> Any:
        return self._ask(MINUTES, start=period.start, end=period.end)[0]

    def _ask(self, question: sa.TextClause, **values: Any) -> Rows:
        return self._connection.execute(question, values).all()
