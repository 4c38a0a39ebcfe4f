"""What is open at a place, around it and in it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from intake.domain.locations import SEPARATOR
from intake.domain.proposing.duplicates import Known

MOST = 100
MOST_PLACES = 500

# What lies in a place has its path, the separator, and more: in the order of bytes that is a range that ends
# before the character that follows a space.
OPEN_NEARBY = sa.text(f"""
    WITH here AS (
        SELECT path FROM locations
        WHERE location_id = coalesce(
            (SELECT location_id FROM assets WHERE asset_id = :asset_id), :location_id
        )
    ),
    places AS (
        SELECT places.location_id, places.path,
               here.path = places.path OR starts_with(here.path, places.path || '{SEPARATOR}') AS around
        FROM here JOIN locations AS places
            ON places.path = here.path
            OR (places.path >= here.path || '{SEPARATOR}' AND places.path < here.path || ' /!')
            OR starts_with(here.path, places.path || '{SEPARATOR}')
        LIMIT {MOST_PLACES}
    )
    SELECT request_id, reference, requester, kind, state, summary, text, product, places.path, received_at,
           around, follows, object, asset_id
    FROM places JOIN requests USING (location_id)
    WHERE state NOT IN ('ready', 'closed') AND sealed IS NULL AND received_at >= :since
    ORDER BY received_at DESC LIMIT {MOST}
""").bindparams(sa.bindparam("location_id", type_=sa.Uuid), sa.bindparam("asset_id", type_=sa.Uuid))


def open_nearby(
    connection: sa.Connection, location_id: UUID | None, asset_id: UUID | None, since: datetime
) -> list[Known]:
    """Of an object that was chosen the place counts where it is."""
    asked = {"location_id": location_id, "asset_id": asset_id, "since": since}
    return [Known(**row._asdict()) for row in connection.execute(OPEN_NEARBY, asked)]
