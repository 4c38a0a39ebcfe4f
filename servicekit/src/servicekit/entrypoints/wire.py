"""From an AMQP message to the envelope."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import amqp

from servicekit import json
from servicekit.actor import Actor
from servicekit.errors import Permanent
from servicekit.messages import Message


class Undecodable(Permanent):
    """It is not a fact of ours; the reason says what is wrong, never what was in it."""


def to_message(raw: amqp.Message) -> Message:
    """Raises Undecodable."""
    headers: dict[str, Any] = raw.headers or {}
    try:
        data = json.loads(raw.body)
        if not isinstance(data, dict):
            raise Undecodable("the body is not a JSON object")
        message_id = str(UUID(raw.properties["message_id"]))
        return Message(
            message_id=message_id,
            type=str(raw.properties["type"]),
            version=int(headers["version"]),
            occurred_at=datetime.fromisoformat(headers["occurred_at"]),
            data=data,
            correlation_id=str(raw.properties.get("correlation_id") or message_id),
            causation_id=headers.get("causation_id"),
            actor=Actor.from_dict(json.loads(headers["actor"])) if headers.get("actor") else None,
            traceparent=headers.get("traceparent"),
            attempt=int(headers.get("x-attempt", 1)),
            headers=headers,
        )
    except KeyError as error:
        raise Undecodable(f"{error} is missing from the envelope") from error
    except (ValueError, TypeError) as error:
        raise Undecodable(f"the envelope or body can't be read ({type(error).__name__})") from error
