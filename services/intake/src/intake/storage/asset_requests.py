"""Requests about one object: what is open, and what there was in each year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from intake.domain.proposing.duplicates import Known

MOST_OPEN = 20

OPEN_ABOUT = sa.text(f"""
    SELECT request_id, reference, requester, kind, state, summary, text, product, location ->> 'path' AS path,
           received_at, true AS around, follows, object, asset_id
    FROM requests WHERE asset_id = :asset_id AND state NOT IN ('ready', 'closed') AND sealed IS NULL
    ORDER BY received_at LIMIT {MOST_OPEN}
""").bindparams(sa.bindparam("asset_id", type_=sa.Uuid))

# The same fault reported twice is one: what goes along with another is not counted again.
PER_YEAR = sa.text("""
    SELECT extract(year FROM received_at AT TIME ZONE :zone)::int AS year,
           count(*) FILTER (WHERE kind = 'fault' AND follows IS NULL) AS faults,
           count(*) AS requests,
           coalesce(sum((
               SELECT sum((work_order ->> 'cost_cents')::bigint)
               FROM jsonb_each(orders) AS mirror (work_order_id, work_order)
           )), 0)::bigint AS cost_cents
    FROM requests WHERE asset_id = :asset_id
    GROUP BY 1 ORDER BY 1 DESC
""").bindparams(sa.bindparam("asset_id", type_=sa.Uuid))


def open_about(connection: sa.Connection, asset_id: UUID) -> list[Known]:
    """The oldest first."""
    return [Known(**row._asdict()) for row in connection.execute(OPEN_ABOUT, {"asset_id": asset_id})]


def per_year(connection: sa.Connection, asset_id: UUID, zone: str) -> Sequence[Any]:
    return connection.execute(PER_YEAR, {"asset_id": asset_id, "zone": zone}).all()
