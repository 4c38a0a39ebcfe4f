"""The statements that write requests. A request travels as one JSON parameter, its lines as another.

Binding some fifty parameters one by one costs more CPU than all the rest of receiving a request; this way
PostgreSQL takes the columns out of the JSON, by the types of the table itself.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from intake.domain.requests import Request
from intake.storage import rows
from intake.storage.tables import JSON, promises, requests, timeline

_ALL = ", ".join(column.name for column in requests.c if column.computed is None)
_CHANGING = ", ".join(rows.CHANGING)
_LINE = ", ".join(column.name for column in timeline.c if column.name != "entry_id")
_GIVEN = "jsonb_populate_record(NULL::requests, :request)"
_NEW_LINES = f"""
    INSERT INTO timeline ({_LINE})
    SELECT {_LINE} FROM jsonb_populate_recordset(NULL::timeline, :lines)
"""
_PROMISE = ", ".join(column.name for column in promises.c)
_PROMISES = f"""
    INSERT INTO promises ({_PROMISE})
    SELECT {_PROMISE} FROM jsonb_populate_recordset(NULL::promises, :promises)
    ON CONFLICT (request_id, number) DO UPDATE
    SET ({_PROMISE}) = ({", ".join(f"excluded.{column.name}" for column in promises.c)})
"""


def _statement(text: str, *parameters: str) -> sa.TextClause:
    return sa.text(text).bindparams(*(sa.bindparam(name, type_=JSON) for name in parameters))


LINES = _statement(_NEW_LINES, "lines")
INSERT = _statement(
    f"""
    WITH new AS (INSERT INTO requests ({_ALL}) SELECT {_ALL} FROM {_GIVEN}), promised AS ({_PROMISES})
    {_NEW_LINES}
    """,
    "request",
    "lines",
    "promises",
)
INSERT_ONCE = _statement(
    f"""
    INSERT INTO requests ({_ALL}) SELECT {_ALL} FROM {_GIVEN}
    ON CONFLICT (external_key, external_source) WHERE external_key IS NOT NULL DO NOTHING
    RETURNING request_id
    """,
    "request",
)
UPDATE = _statement(
    f"""
    WITH lines AS ({_NEW_LINES}), promised AS ({_PROMISES})
    UPDATE requests SET ({_CHANGING}) = (SELECT {_CHANGING} FROM {_GIVEN})
    WHERE request_id = :request_id AND version = :loaded_version
    RETURNING request_id
    """,
    "request",
    "lines",
    "promises",
)


def lines(request: Request) -> list[dict[str, Any]]:
    return [rows.entry_row(request.request_id, entry) for entry in request.entries]
