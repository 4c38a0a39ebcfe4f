"""Looking at failures, replaying them, setting them aside: one, several, or all of a cause, never
without a bound.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from servicekit import json, paging
from servicekit.amqp.publisher import ConfirmingPublisher, Outgoing
from servicekit.errors import Invalid, NotFound
from servicekit.recovery.store import OPEN, REPLAYED, SET_ASIDE, Failures

MAX_AT_ONCE = 500
SECRET = ("password", "token", "secret", "email", "phone", "name", "to")
HIDDEN = "(hidden)"


def list_failures(connection: sa.Connection, state: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """{"items", "groups", "next_cursor"}: the failures themselves, and the causes with their counts."""
    if state not in (OPEN, REPLAYED, SET_ASIDE):
        raise Invalid("invalid", "Unknown state.", {"state": ["Use open, replayed or set_aside."]})
    store, size = Failures(connection), max(1, min(limit, paging.MAX_LIMIT))
    items = store.page(state, _position(cursor), size + 1)
    more = items[size - 1] if len(items) > size else None
    return {
        "items": items[:size],
        "groups": store.groups(state),
        "next_cursor": paging.encode([more["failed_at"], more["message_id"]]) if more else None,
    }


def get_failure(connection: sa.Connection, message_id: str) -> dict[str, Any]:
    """One failure with its body, personal and secret values hidden."""
    found = Failures(connection).one(_uuid(message_id))
    if found is None:
        raise NotFound("not_found", "There is no such failure.")
    headers = {name: value for name, value in found["headers"].items() if name != "actor"}
    return {**found, "headers": headers, "body": readable(found["body"])}


def choose(
    connection: sa.Connection, message_ids: list[str] | None, cause: dict[str, str] | None
) -> list[UUID]:
    """Raises Invalid unless exactly one of the two says which."""
    if bool(message_ids) == bool(cause):
        raise Invalid("invalid", "Say which: message_ids, or cause with type and reason_type.")
    if message_ids:
        if len(message_ids) > MAX_AT_ONCE:
            raise Invalid("too_many", f"At most {MAX_AT_ONCE} at once.")
        return [_uuid(one) for one in message_ids]
    assert cause is not None
    try:
        return Failures(connection).open_of_cause(cause["type"], cause["reason_type"], MAX_AT_ONCE)
    except KeyError as error:
        raise Invalid("invalid", "A cause has type and reason_type.") from error


def replay(
    connection: sa.Connection, publisher: ConfirmingPublisher, chosen: list[UUID], by: str, at: datetime
) -> dict[str, Any]:
    """Put them back into the queue they came from. Only what the broker has confirmed counts as replayed."""
    store = Failures(connection)
    rows = store.claim(chosen)
    outcomes = publisher.publish_all([_outgoing(row) for row in rows]) if rows else []
    sent = [row["message_id"] for row, error in zip(rows, outcomes, strict=True) if error is None]
    if sent:
        store.decide(sent, REPLAYED, by, "replayed", at)
    return {"replayed": sent, "failed": len(rows) - len(sent), "skipped": len(chosen) - len(rows)}


def set_aside(
    connection: sa.Connection, chosen: list[UUID], by: str, reason: str, at: datetime
) -> dict[str, Any]:
    """Decide that they need not be handled, and why."""
    if not reason.strip():
        raise Invalid("invalid", "Say why.", {"reason": ["Say why these need not be handled."]})
    rows = Failures(connection).claim(chosen)
    ids = [row["message_id"] for row in rows]
    if ids:
        Failures(connection).decide(ids, SET_ASIDE, by, reason.strip(), at)
    return {"set_aside": ids, "skipped": len(chosen) - len(ids)}


def readable(body: bytes) -> Any:
    """The body as a person may see it; what is not JSON is only measured."""
    try:
        return _without_secrets(json.loads(body))
    except ValueError:
        return f"(not JSON, {len(body)} bytes)"


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: HIDDEN if key in SECRET and not isinstance(inner, dict | list) else _without_secrets(inner)
            for key, inner in value.items()
        }
    return [_without_secrets(inner) for inner in value] if isinstance(value, list) else value


def _outgoing(row: dict[str, Any]) -> Outgoing:
    headers = {name: value for name, value in row["headers"].items() if not name.startswith("x-")}
    properties = {
        "message_id": str(row["message_id"]),
        "type": row["type"],
        "content_type": "application/json",
        "content_encoding": "utf-8",
        "delivery_mode": 2,
        "application_headers": {**headers, "x-replayed": row["times"]},
    }
    return Outgoing("", row["origin"], bytes(row["body"]), properties, mandatory=True)


def _position(cursor: str | None) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    try:
        at, message_id = paging.decode(cursor)
        return datetime.fromisoformat(at), UUID(message_id)
    except (TypeError, ValueError) as error:
        raise Invalid("invalid_cursor", "Use the cursor of an earlier answer.") from error


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid("invalid", "message_ids are UUIDs.", {"message_ids": ["Not a UUID."]}) from error
