"""The receiving side of calls: one queue per service, a greenlet per call, acknowledged after the answer.

A process that dies in the middle leaves the call in the queue, and another replica answers it within the
caller's deadline; so each command must be safe to run again, which idempotency keys and versions see to.
A call that comes a second time is acknowledged first: one that kills its process does so twice, not for ever.

How long a caller waits travels as a number of seconds, never as a time of day: clocks of hosts differ, and
jump. In the queue the broker's expiration counts it down, here a monotonic clock.

What strangers call (`authenticate = "broker_user"`) passes a door first, and is answered by RabbitMQ's direct
reply-to alone: with any other `reply_to` they would have us write, with our rights, where they may not.
"""

from __future__ import annotations

import time
from typing import Any, Protocol

import amqp
import eventlet
from nameko.extensions import SharedExtension

from servicekit import json
from servicekit.actor import Actor, Signer
from servicekit.amqp.link import cancel
from servicekit.amqp.topology import RPC_EXCHANGE, declare_rpc_queue
from servicekit.bus import Bus
from servicekit.entrypoints import wire
from servicekit.entrypoints.execution import Execution
from servicekit.errors import (
    DeadlineExceeded,
    Internal,
    Invalid,
    NotFound,
    ServiceError,
    Unauthenticated,
    to_wire,
)
from servicekit.ids import new_id
from servicekit.logs import logger
from servicekit.metrics import CALLS

DRAIN_LIMIT_SECONDS = 15.0
PULSE_SECONDS = 0.5

log = logger("calls")


class CallServer(SharedExtension):
    bus = Bus()

    def __init__(self) -> None:
        super().__init__()
        self._methods: dict[str, Any] = {}
        self._running = 0
        self._draining = False
        self._channel: amqp.Channel | None = None
        self._consumer = ""
        self._pulse = time.monotonic()
        self._away = 0.0

    def setup(self) -> None:
        settings = self.container.config["settings"]
        self._signer = Signer(settings.actor_secret)
        self._by_user = getattr(self.container.service_cls, "authenticate", "actor") == "broker_user"
        door = getattr(self.container.service_cls, "door", None)
        self._door: Door | None = door(settings) if door else None
        self.bus.add(self)

    def start(self) -> None:
        self.container.spawn_managed_thread(self._beat, identifier="pulse")

    def _beat(self) -> None:
        """Shows afterwards how long this process did not look at what came in. What is read soon after such
        a time may have come at its beginning.
        """
        while True:
            eventlet.sleep(PULSE_SECONDS)
            self._away = self._since_pulse()
            self._pulse = time.monotonic()

    def _since_pulse(self) -> float:
        return time.monotonic() - self._pulse - PULSE_SECONDS

    def register(self, entrypoint: Any) -> None:
        self._methods[entrypoint.method_name] = entrypoint

    def subscribe(self, connection: amqp.Connection) -> None:
        channel = connection.channel()
        queue = declare_rpc_queue(channel, self.container.service_name)
        channel.basic_qos(0, self.container.max_workers, False)
        if not self._draining:
            self._consumer = channel.basic_consume(queue, callback=self._arrived)
        self._channel = channel

    def connection_lost(self) -> None:
        self._channel = None

    def drain(self) -> None:
        """Take no new calls, let those that run end; what had arrived but not begun goes back to the
        queue.
        """
        if not self._draining:
            self._draining = True
            cancel(self._channel, self._consumer)
        with eventlet.Timeout(DRAIN_LIMIT_SECONDS, False):
            while self._running:
                eventlet.sleep(0.02)

    def _arrived(self, message: amqp.Message) -> None:
        if self._draining:
            return
        self._running += 1
        waited = max(self._away, self._since_pulse())
        eventlet.spawn_n(self._serve, message, self._channel, waited)

    def _serve(self, message: amqp.Message, channel: amqp.Channel, waited: float) -> None:
        again = bool(message.delivery_info["redelivered"])
        try:
            if again:
                _acknowledge(message, channel)
            body, outcome = self._outcome(message, waited)
            if body is not None:
                self._reply(message, body, outcome)
            if not again:
                _acknowledge(message, channel)
        finally:
            self._running -= 1

    def _outcome(self, message: amqp.Message, waited: float) -> tuple[bytes | None, str]:
        """The reply's body (None: none), and the outcome's name. Whatever goes wrong becomes an answer."""
        try:
            return json.dumps({"result": self._answer(message, waited), "error": None}), "ok"
        except TurnedAway:
            return None, "turned_away"
        except ServiceError as known:
            error = known
        except Exception as fault:
            log.exception("a call failed in the plumbing", error=repr(fault))
            error = Internal("internal", "Something went wrong on our side.")
        return json.dumps({"result": None, "error": to_wire(error)}), type(error).__name__

    def _answer(self, message: amqp.Message, waited: float) -> Any:
        if self._by_user and self._door is not None:
            self._door.enter(message.properties.get("user_id"), len(message.body))
        name = str(message.delivery_info["routing_key"]).partition(".")[2]
        entrypoint = self._methods.get(name)
        if entrypoint is None:
            raise NotFound("unknown_method", f"{self.container.service_name} has no method '{name}'.")
        if waited > wire.timeout(message.headers or {}):
            raise DeadlineExceeded("too_late", "The call came after its deadline and was not carried out.")
        call = self._call(message, entrypoint)
        arguments = _arguments(message)
        entrypoint.check_arguments(arguments)
        return Execution(self.container, entrypoint, call, arguments).run()

    def _call(self, message: amqp.Message, entrypoint: Any) -> Any:
        from servicekit.entrypoints.calls import Call

        headers = message.headers or {}
        actor = self._actor(message, headers, entrypoint)
        if entrypoint.permission:
            actor.require(entrypoint.permission)
        return Call(
            actor=actor,
            correlation_id=wire.word(headers, "correlation_id") or str(new_id()),
            idempotency_key=wire.word(headers, "idempotency_key", needed=True),
            traceparent=wire.word(headers, "traceparent"),
        )

    def _actor(self, message: amqp.Message, headers: dict[str, Any], entrypoint: Any) -> Actor:
        if self._by_user:
            # RabbitMQ refuses a message whose user_id is not that of its connection, so this can't be forged.
            user = message.properties.get("user_id")
            if not user:
                raise Unauthenticated(
                    "unauthenticated", "Set the message's user_id to your broker user name."
                )
            return Actor(kind="supplier", id=str(user), name=str(user), roles=frozenset({"supplier"}))
        if entrypoint.public and not headers.get("actor"):
            return Actor(kind="anonymous", id="anonymous")
        return self._signer.verify(wire.word(headers, "actor", longest=wire.LONGEST_ACTOR))

    def _reply(self, message: amqp.Message, body: bytes, outcome: str) -> None:
        method = str(message.delivery_info["routing_key"])
        known = method.partition(".")[2] in self._methods  # a figure per word of a stranger has no end
        method = method if known else "?"  # nor do a stranger's words belong in the log
        CALLS.labels(method, outcome).inc()
        reply_to = message.properties.get("reply_to")
        if not reply_to:
            say = log.debug if self._by_user else log.warning  # strangers could fill the log with it
            say("a call had no reply_to; its answer is dropped", method=method)
            return
        direct = wire.is_direct(reply_to)
        if self._by_user and not direct:
            user = message.properties.get("user_id")
            log.warning("a call wants its answer elsewhere; it is dropped", method=method, user=user)
            return
        reply = amqp.Message(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=1,
            correlation_id=message.properties.get("correlation_id"),
        )
        self.bus.replies.send(reply, "" if direct else RPC_EXCHANGE, reply_to)


class TurnedAway(Exception):
    """A call that is not even answered: its sender was told often enough."""


class Door(Protocol):
    """Stands before every call of a stranger."""

    def enter(self, user: str | None, size: int) -> None:
        """`user` is the broker's validated user, None when the message names nobody; `size` is in bytes.

        Raises a ServiceError to refuse the call, or TurnedAway to drop it without an answer.
        """


def _arguments(message: amqp.Message) -> dict[str, Any]:
    try:
        body = json.loads(message.body)
        arguments = body["kwargs"]
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid("undecodable", 'The body must be JSON: {"args": [], "kwargs": {...}}.') from error
    if not isinstance(arguments, dict) or body.get("args"):
        raise Invalid("undecodable", "Pass all arguments by name, in kwargs.")
    if b"\\u0000" in message.body and wire.has_nul(arguments):
        raise Invalid("undecodable", "A text contains the character NUL, which cannot be kept.")
    return arguments


def _acknowledge(message: amqp.Message, channel: amqp.Channel) -> None:
    try:
        channel.basic_ack(message.delivery_tag)
    except (OSError, amqp.AMQPError, AttributeError) as error:
        log.info("a call will be delivered again", error=error)
