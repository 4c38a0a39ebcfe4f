"""The one envelope of everything that crosses the broker.

On the wire the envelope is AMQP properties and headers and the body is `data` alone, so that a queue can
be read with any tool.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from servicekit.actor import Actor


@dataclass(frozen=True)
class Message:
    """A fact as a handler gets it. `type` is "<producer>.<event>"; `attempt` counts from 1."""

    message_id: str
    type: str
    version: int
    occurred_at: datetime
    data: dict[str, Any]
    correlation_id: str
    causation_id: str | None = None
    actor: Actor | None = None
    traceparent: str | None = None
    attempt: int = 1
    headers: dict[str, Any] = field(default_factory=dict)
