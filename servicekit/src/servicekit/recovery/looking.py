"""Looking at the repair list: by cause, one by one, and at what an action would touch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from servicekit import paging
from servicekit.errors import Invalid, NotFound
from servicekit.recovery.failed import State
from servicekit.recovery.messages import MAX_AT_ONCE
from servicekit.recovery.showing import readable, readable_headers
from servicekit.recovery.store import Failures

Answer = dict[str, Any]
PREVIEWED = 25


def count_failures(connection: sa.Connection, state: State, kind: str | None) -> Answer:
    return {"items": Failures(connection).groups(state, kind)}


def list_failures(
    connection: sa.Connection,
    state: State,
    kind: str | None,
    cause: str | None,
    cursor: str | None,
    limit: int,
) -> Answer:
    found = Failures(connection).page(state, kind, cause, _position(cursor), limit + 1)
    more = paging.encode([found[limit - 1]["occurrence"]]) if len(found) > limit else None
    return {"items": [line(row) for row in found[:limit]], "next_cursor": more}


def get_failure(connection: sa.Connection, failure_id: UUID) -> Answer:
    """With its history and, of a message, its body as far as it may be seen."""
    row = Failures(connection).one(failure_id)
    if row is None:
        raise NotFound("failure_not_found", "There is no such failure.")
    shown = line(row) | {"history": row["history"], "correlation_id": row["correlation_id"]}
    if row["origin"]:
        shown |= {"headers": readable_headers(row["headers"]), "body": readable(_bytes(row["body"]))}
    return shown


def preview(connection: sa.Connection, cause: str) -> Answer:
    """What replaying or setting aside a whole cause would touch, and up to which number."""
    store = Failures(connection)
    count, replayable, newest = store.count_of_cause(cause, None)
    found = store.open_of_cause(cause, newest, PREVIEWED)
    return {
        "count": count,
        "replayable": replayable,
        "at_once": MAX_AT_ONCE,
        "up_to": newest,
        "items": [line(row) for row in found],
    }


def line(row: dict[str, Any]) -> Answer:
    """A line of the list."""
    names = (
        *("failure_id", "kind", "cause", "type", "reason_type", "reason", "state", "replayable", "attempts"),
        *("times", "failed_at", "decided_at", "decided_by", "note", "subject"),
    )
    return {name: row[name] for name in names}


def _position(cursor: str | None) -> int | None:
    if not cursor:
        return None
    position = paging.decode(cursor)
    if len(position) != 1 or not isinstance(position[0], int):
        raise Invalid("invalid_cursor", "Use the cursor of an earlier answer.", {"cursor": ["Not one."]})
    return position[0]


def _bytes(body: Any) -> bytes | None:
    return None if body is None else bytes(body)
