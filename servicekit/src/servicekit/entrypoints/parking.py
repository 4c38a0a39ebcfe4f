"""Where a fact goes that could not be handled: to a retry queue for a while, or to the error queue for good.

Its message id stays the same throughout, so that replaying it has its effect once.
"""

from __future__ import annotations

import time
from typing import Any

import amqp

from servicekit.amqp import topology
from servicekit.amqp.publisher import ConfirmingPublisher, Outgoing
from servicekit.errors import NotYet, Permanent
from servicekit.explaining import explain
from servicekit.ids import new_id
from servicekit.logs import logger
from servicekit.messages import Message

MAX_ATTEMPTS = 8
MAX_ATTEMPTS_NOT_YET = 15
PATIENT_ATTEMPTS = 8  # of NotYet, at the shortest delay: what is awaited is usually on its way

_OF_THE_BROKER = ("x-death", "x-delivery-count", "x-first-death-queue", "x-first-death-reason")

log = logger("facts")


def delay_after(attempt: int, error: BaseException) -> float | None:
    """Seconds until the next try, or None when it must go to the error queue."""
    if isinstance(error, Permanent):
        return None
    step = attempt - 1
    if isinstance(error, NotYet):
        if attempt >= MAX_ATTEMPTS_NOT_YET:
            return None
        step = max(0, attempt - PATIENT_ATTEMPTS)
    elif attempt >= MAX_ATTEMPTS:
        return None
    return topology.RETRY_DELAYS_SECONDS[min(step, len(topology.RETRY_DELAYS_SECONDS) - 1)]


class Parking:
    def __init__(self, publisher: ConfirmingPublisher, service: str) -> None:
        self._publisher = publisher
        self._service = service

    def park(self, raw: amqp.Message, message: Message, error: BaseException) -> None:
        """Raises PublishFailed when the broker did not confirm: then the message must not be acknowledged."""
        delay = delay_after(message.attempt, error)
        details = {"type": message.type, "message_id": message.message_id, "attempt": message.attempt}
        if delay is None:
            log.error("a fact goes to the error queue", error=explain(error), exc_info=error, **details)
            attempts = getattr(error, "attempts", message.attempt)
            self._send(raw, topology.error_queue(self._service), error, attempts)
            return
        if not isinstance(error, NotYet):
            log.warning("a fact will be tried again", error=explain(error), seconds=delay, **details)
        self._send(raw, topology.retry_queue(self._service, delay), error, message.attempt + 1)

    def give_up(self, raw: amqp.Message, error: BaseException) -> None:
        log.error("an unreadable message goes to the error queue", error=error)
        self._send(raw, topology.error_queue(self._service), error, attempt=1)

    def _send(self, raw: amqp.Message, queue: str, error: BaseException, attempt: int) -> None:
        headers: dict[str, Any] = {k: v for k, v in (raw.headers or {}).items() if k not in _OF_THE_BROKER}
        headers |= {
            "x-attempt": attempt,
            "x-error-type": type(error).__name__,
            "x-error": explain(error),
            "x-failed-at": int(time.time()),
            "x-origin": topology.event_queue(self._service),
        }
        kept = ("type", "correlation_id", "app_id", "content_type", "content_encoding")
        properties = {name: raw.properties[name] for name in kept if raw.properties.get(name)}
        properties |= {
            "message_id": raw.properties.get("message_id") or str(new_id()),
            "delivery_mode": 2,
            "application_headers": headers,
        }
        self._publisher.publish(Outgoing("", queue, bytes(raw.body), properties, mandatory=True))
