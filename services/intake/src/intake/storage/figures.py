"""Counting requests for figures: one statement per question, each answered from an index alone.

`GROUPING SETS` counts the same rows twice in one pass: by the time, in rows with `by_day`, and by what they
are, in the others; whether they were standard is counted by both, and unknown of what a plan made, which
nobody asked for. Finding the day of a moment in a zone costs more than counting it, so half hours are counted
and then put into days: no zone changes its clock by less.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.worktime.period import Period
from sqlalchemy.dialects.postgresql import ARRAY

from intake.storage.request_lists import MANY_HAND_OFFS
from intake.storage.tables import AT

Rows = Sequence[Any]

RECEIVED = sa.text("""
    SELECT by_day, timezone(:zone, half_hour)::date AS day, kind, own, standard, product_id,
           sum(count)::bigint AS count
    FROM (
        SELECT grouping(half_hour) = 0 AS by_day, half_hour, kind, own, standard, product_id,
               count(*) AS count
        FROM (
            SELECT date_bin('30 minutes', received_at, :start) AS half_hour, kind,
                   external_source IS NULL AS own, product_id,
                   CASE WHEN planned THEN NULL ELSE standard END AS standard
            FROM requests WHERE received_at >= :start AND received_at < :end
        ) AS each
        GROUP BY GROUPING SETS ((half_hour, own, standard), (kind, own, standard, product_id))
    ) AS counted
    GROUP BY by_day, day, kind, own, standard, product_id
""")

CLOSED = sa.text(f"""
    SELECT by_day, timezone(:zone, half_hour)::date AS day, own, resolution, reopened, hand_offs,
           sum(count)::bigint AS count
    FROM (
        SELECT grouping(half_hour) = 0 AS by_day, half_hour, own, resolution, reopened, hand_offs,
               count(*) AS count
        FROM (
            SELECT date_bin('30 minutes', closed_at, :start) AS half_hour, external_source IS NULL AS own,
                   CASE WHEN kind = 'wish' THEN 'decided' ELSE resolution END AS resolution,
                   reopen_count > 0 AS reopened,
                   least(reassignment_count, {MANY_HAND_OFFS}) AS hand_offs
            FROM requests WHERE closed_at >= :start AND closed_at < :end
        ) AS each
        GROUP BY GROUPING SETS ((half_hour), (own, resolution, reopened, hand_offs))
    ) AS counted
    GROUP BY by_day, day, own, resolution, reopened, hand_offs
""")

OPEN = sa.text("""
    SELECT state, age, count(*) AS count
    FROM (
        SELECT state, width_bucket(received_at, :borders) AS age FROM requests WHERE state <> 'closed'
    ) AS each
    GROUP BY state, age
""").bindparams(sa.bindparam("borders", type_=ARRAY(AT)))

IMPORTED = sa.text(f"""
    SELECT least(reassignment_count, {MANY_HAND_OFFS}) AS hand_offs, in_time, count(*) AS count
    FROM requests WHERE external_key IS NOT NULL GROUP BY 1, 2
""")

# What nobody could price is counted apart: it is not nothing.
CANCELLED_LATE = sa.text("""
    SELECT product_id, count(*) AS count, coalesce(sum(cost), 0)::bigint AS cost_cents,
           count(*) FILTER (WHERE cost IS NULL) AS unpriced
    FROM (
        SELECT product_id, (cancelled_late ->> 'cost_cents')::bigint AS cost
        FROM requests WHERE cancelled_late IS NOT NULL AND closed_at >= :start AND closed_at < :end
    ) AS each
    GROUP BY product_id ORDER BY 2 DESC, 1
""")

NAMES = sa.text("""
    SELECT product_id, content -> 'name' AS name
    FROM products JOIN product_versions USING (product_id, version) WHERE product_id = ANY(:wanted)
""").bindparams(sa.bindparam("wanted", type_=ARRAY(sa.Uuid)))


class Figures:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def received(self, period: Period) -> Rows:
        """Rows with `by_day` have a day; the others what it was."""
        return self._ask(RECEIVED, **_within(period))

    def closed(self, period: Period) -> Rows:
        """As those of `received`."""
        return self._ask(CLOSED, **_within(period))

    def open(self, borders: Sequence[datetime]) -> Rows:
        """`age` 0 is the oldest: received before the first border."""
        return self._ask(OPEN, borders=list(borders))

    def imported(self) -> Rows:
        return self._ask(IMPORTED)

    def cancelled_late(self, period: Period) -> Rows:
        """By product, the most often first."""
        return self._ask(CANCELLED_LATE, start=period.start, end=period.end)

    def product_names(self, product_ids: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
        found = self._ask(NAMES, wanted=list(product_ids)) if product_ids else []
        return {row.product_id: row.name for row in found}

    def _ask(self, question: sa.TextClause, **values: Any) -> Rows:
        return self._connection.execute(question, values).all()


def _within(period: Period) -> dict[str, Any]:
    return {"zone": period.zone, "start": period.start, "end": period.end}
