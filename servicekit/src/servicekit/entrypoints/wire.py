"""From an AMQP message to the envelope of a fact, and to the headers of a call."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any
from uuid import UUID

import amqp

from servicekit import json
from servicekit.actor import Actor
from servicekit.errors import Invalid, Permanent
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


# --- headers of calls: whoever may write to the queue may write anything into them --------------------------

LONGEST_WORD = 200
LONGEST_ACTOR = 4_000
LONGEST_SECONDS = 3_600.0
DEFAULT_SECONDS = 60.0  # of callers that do not say, such as stock nameko
# The token that RabbitMQ puts in place of "amq.rabbitmq.reply-to": the caller's own channel.
_DIRECT = re.compile(r"amq\.rabbitmq\.reply-to\.[A-Za-z0-9+/=._-]+")
_PRINTABLE = re.compile(r"[\x21-\x7e]+")


def timeout(headers: dict[str, Any]) -> float:
    """Seconds that the caller waits, never a time of day. Raises Invalid for what is no number."""
    given = headers.get("timeout")
    if given is None:
        return DEFAULT_SECONDS
    try:
        seconds = float(given)
    except (TypeError, ValueError, OverflowError):
        seconds = math.nan
    if not math.isfinite(seconds):
        raise Invalid("undecodable", "The header 'timeout' must be a number of seconds.")
    return min(seconds, LONGEST_SECONDS)


def word(headers: dict[str, Any], name: str, longest: int = LONGEST_WORD, needed: bool = False) -> str | None:
    """A header that is a short text without spaces or line ends. Anything else counts as not given; raises
    Invalid where its meaning is `needed`.
    """
    given = headers.get(name)
    if isinstance(given, str) and len(given) <= longest and _PRINTABLE.fullmatch(given):
        return given
    if given is not None and needed:
        raise Invalid("undecodable", f"The header '{name}' must be a text of at most {longest} characters.")
    return None


def is_direct(reply_to: str) -> bool:
    """Whether an answer goes to the channel that asked, and nowhere else."""
    return _DIRECT.fullmatch(reply_to) is not None


def has_nul(value: Any) -> bool:
    """Whether a text anywhere in parsed JSON holds the one character that PostgreSQL does not take."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(has_nul(one) for pair in value.items() for one in pair)
    return isinstance(value, list) and any(has_nul(one) for one in value)
