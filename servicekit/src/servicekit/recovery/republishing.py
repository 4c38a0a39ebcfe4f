"""From AMQP messages to rows of the list, and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import amqp

from servicekit.amqp import topology
from servicekit.amqp.publisher import Outgoing
from servicekit.explaining import masked
from servicekit.ids import new_id
from servicekit.recovery.failed import MESSAGE, UNROUTED
from servicekit.recovery.showing import KEPT_BYTES, links

# A kind of message -> the exchange to which it goes again, under its origin as routing key.
IS_MESSAGE = {MESSAGE: "", UNROUTED: topology.EVENTS_EXCHANGE}
REPLAYED = "x-replayed"
HEADERS_KEPT = 50
NOBODY = "Nobody listens to this fact: its listener was removed, or expects another version."


def from_error_queue(message: amqp.Message, service: str, now: datetime) -> dict[str, Any]:
    """Dead-lettered by the broker (a process died on it again and again) or parked by us: either way a
    reason.
    """
    headers: dict[str, Any] = dict(message.headers or {})
    deaths = headers.pop("x-death", None) or [{}]
    crashed = "x-error-type" not in headers
    return _row(message, headers, now) | {
        "kind": MESSAGE,
        "type": _type(message),
        "origin": _text(headers.get("x-origin") or topology.event_queue(service), 200),
        "reason_type": "ProcessDied" if crashed else _text(headers["x-error-type"], 100),
        "reason": _crash_reason(deaths[0]) if crashed else masked(_text(headers.get("x-error", ""), 1000)),
        "attempts": topology.CRASH_LIMIT if crashed else _count(headers.get("x-attempt")),
    }


def from_unrouted(message: amqp.Message, now: datetime) -> dict[str, Any]:
    """Its type has the version in it, since that is most often why nobody listens."""
    routing_key = _text(message.delivery_info["routing_key"], 200)
    return _row(message, dict(message.headers or {}), now) | {
        "kind": UNROUTED,
        "type": routing_key,
        "origin": routing_key,
        "reason_type": "NobodyListens",
        "reason": NOBODY,
        "attempts": 1,
    }


def outgoing(row: dict[str, Any]) -> Outgoing:
    """The same message, from its first attempt, with a mark that it was replayed."""
    headers = {name: value for name, value in row["headers"].items() if not name.startswith("x-")}
    properties = {
        "message_id": str(row["failure_id"]),
        "type": row["headers"].get("x-type") or row["type"],
        "correlation_id": row["correlation_id"] or str(row["failure_id"]),
        "content_type": "application/json",
        "content_encoding": "utf-8",
        "delivery_mode": 2,
        "application_headers": {**headers, REPLAYED: row["times"]},
    }
    return Outgoing(IS_MESSAGE[row["kind"]], row["origin"], bytes(row["body"]), properties, mandatory=True)


def _row(message: amqp.Message, headers: dict[str, Any], now: datetime) -> dict[str, Any]:
    body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
    kept = len(body) <= KEPT_BYTES
    type_, ids = _type(message), links(body)
    return {
        "failure_id": _id(message.properties.get("message_id")),
        "subject": {"label": ids.get("number") or ids.get("reference") or type_, **ids},
        "correlation_id": _text(message.properties.get("correlation_id") or "", 100) or None,
        "headers": {**_plain(headers), "x-type": type_},
        "body": body if kept else None,
        "replayable": kept,
        "failed_at": now,
    }


def _type(message: amqp.Message) -> str:
    return _text(message.properties.get("type") or "unknown", 200)


def _plain(headers: dict[str, Any]) -> dict[str, Any]:
    """What can be kept and sent again: a stranger may have put anything there."""
    short = list(headers.items())[:HEADERS_KEPT]
    texts = {_text(name, 100): _text(value, 2000) for name, value in short if isinstance(value, str)}
    numbers = {_text(name, 100): value for name, value in short if isinstance(value, int) and value < 2**63}
    return texts | numbers


def _text(value: Any, most: int) -> str:
    """Fit for PostgreSQL, which takes neither NUL nor half a character: one message must not hold up all."""
    return str(value).encode("utf-8", "replace").decode().replace("\0", "")[:most]


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 < value < 1_000_000 else 1


def _crash_reason(death: dict[str, Any]) -> str:
    why = _text(death.get("reason", "delivery limit"), 50)
    return f"The process died each time it handled this ({why})."


def _id(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        return new_id()
