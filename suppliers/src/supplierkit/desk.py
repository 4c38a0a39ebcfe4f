"""Calls to the desk: `desk.accept`, `desk.progress`, ... Safe to repeat, so they are repeated until answered.

Answers come by RabbitMQ's direct reply-to, for which nothing has to be made and nothing may be read.
"""

from __future__ import annotations

import json
import logging
import time
from threading import Event, Lock
from typing import Any

from kombu import Connection, Consumer, Producer, Queue
from kombu.utils.uuid import uuid

from supplierkit.broker import TROUBLE, connect, publish
from supplierkit.errors import DeskError, DeskUnavailable
from supplierkit.waiting import pauses

log = logging.getLogger("supplierkit")

REPLY_TO = "amq.rabbitmq.reply-to"
# A connection that was silent for longer may have died unseen; a new one costs little.
FRESH_SECONDS = 20.0
# Words of the desk that mean "not now" rather than "no".
PASSING = {"Unavailable", "DeadlineExceeded", "Internal", "RateLimited"}
LONGEST_WAIT = 60.0


class DeskClient:
    """One call at a time, from any thread."""

    def __init__(self, amqp_url: str, user: str, timeout: float = 5.0, keep_trying: float = 60.0) -> None:
        self._amqp_url = amqp_url
        self._user = user
        self._timeout = timeout
        self._keep_trying = keep_trying
        self._lock = Lock()
        self._closed = Event()
        self._connection: Connection | None = None
        self._used = 0.0

    def call(self, method: str, **arguments: Any) -> Any:
        """The desk's answer. Raises DeskError when it says no, DeskUnavailable when it says nothing."""
        given_up = time.monotonic() + self._keep_trying
        for pause in pauses(first=0.2, longest=5.0):
            with self._lock:
                why = self._attempt(method, arguments)
            if not isinstance(why, _Failed):
                return why
            wait = max(pause, why.wait)
            if time.monotonic() + wait > given_up or self._closed.wait(wait):
                raise DeskUnavailable(f"desk.{method}: {why.reason}")
            log.warning("desk.%s: %s; trying again", method, why.reason)
        raise AssertionError("pauses never end")

    def close(self) -> None:
        """Ends what is being tried, and refuses nothing that was answered."""
        self._closed.set()
        with self._lock:
            self._drop()

    def _attempt(self, method: str, arguments: dict[str, Any]) -> Any:
        try:
            self._ready()
            reply = self._ask(method, arguments)
        except TROUBLE as error:
            self._drop()
            return _Failed(f"{type(error).__name__}: {error}")
        if reply is None:
            self._drop()
            return _Failed(f"no answer within {self._timeout:g} s")
        self._used = time.monotonic()
        refusal = reply.get("error")
        if not refusal:
            return reply.get("result")
        if refusal.get("exc_type") in PASSING:
            return _Failed(str(refusal.get("value")), _seconds(refusal.get("retry_after")))
        raise DeskError(str(refusal.get("code") or refusal.get("exc_type")), str(refusal.get("value")))

    def _ready(self) -> None:
        if self._connection is not None and time.monotonic() - self._used < FRESH_SECONDS:
            return
        self._drop()
        self._connection = connect(self._amqp_url, f"{self._user} calls", heartbeat=0)
        channel = self._connection.default_channel
        replies = Queue(REPLY_TO, no_declare=True)
        self._replies: dict[str, Any] = {}
        Consumer(channel, [replies], no_ack=True, auto_declare=False, on_message=self._replied).consume()
        self._producer = Producer(channel, auto_declare=False, on_return=self._returned)

    def _ask(self, method: str, arguments: dict[str, Any]) -> dict[str, Any] | None:
        assert self._connection is not None
        call_id = uuid()
        publish(
            self._producer,
            json.dumps({"args": [], "kwargs": arguments}).encode(),
            f"desk.{method}",
            self._user,
            correlation_id=call_id,
            reply_to=REPLY_TO,
            expiration=self._timeout,
            mandatory=True,
        )
        limit = time.monotonic() + self._timeout
        while call_id not in self._replies:
            remaining = limit - time.monotonic()
            if remaining <= 0:
                return None
            try:
                self._connection.drain_events(timeout=remaining)
            except TimeoutError:
                return None
        reply: dict[str, Any] = self._replies.pop(call_id)
        return reply

    def _replied(self, message: Any) -> None:
        self._replies[str(message.properties.get("correlation_id"))] = json.loads(message.body)

    def _returned(self, _error: Any, _exchange: str, _key: str, message: Any) -> None:
        away = {"error": {"exc_type": "Unavailable", "value": "the desk is not there"}}
        self._replies[str(message.properties.get("correlation_id"))] = away

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.collect()


class _Failed:
    """An attempt without an answer; `wait` is how many seconds the desk asked us to wait."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        self.reason = reason
        self.wait = wait


def _seconds(given: Any) -> float:
    return float(given) if isinstance(given, int | float) and 0 <= given < LONGEST_WAIT else 0.0
