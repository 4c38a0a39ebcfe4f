"""The receiving side of calls: one queue per service, a greenlet per call, acknowledged after the answer.

A process that dies in the middle leaves the call in the queue, and another replica answers it within the
caller's deadline; so each command must be safe to run again, which idempotency keys and versions see to.

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

log = logger("calls")


class CallServer(SharedExtension):
    bus = Bus()

    def __init__(self) -> None:
        super().__init__()
        self._methods: dict[str, Any] = {}
        self._running = 0
        self._draining = False
        self._channel: amqp.Channel | None = None

    def setup(self) -> None:
        settings = self.container.config["settings"]
        self._signer = Signer(settings.actor_secret)
        self._by_user = getattr(self.container.service_cls, "authenticate", "actor") == "broker_user"
        door = getattr(self.container.service_cls, "door", None)
        self._door: Door | None = door(settings) if door else None
        self.bus.add(self)

    def register(self, entrypoint: Any) -> None:
        self._methods[entrypoint.method_name] = entrypoint

    def subscribe(self, connection: amqp.Connection) -> None:
        channel = connection.channel()
        channel.auto_decode = False  # the sender's content_encoding names a codec, some of them costly
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
            if self._channel is not None:
                self._channel.basic_cancel(self._consumer, nowait=True)
        with eventlet.Timeout(DRAIN_LIMIT_SECONDS, False):
            while self._running:
                eventlet.sleep(0.02)

    def _arrived(self, message: amqp.Message) -> None:
        if self._draining:
            return
        self._running += 1
        eventlet.spawn_n(self._serve, message, self._channel)

    def _serve(self, message: amqp.Message, channel: amqp.Channel) -> None:
        try:
            result, error = self._answer(message), None
        except TurnedAway:
            _acknowledge(message, channel)
            self._running -= 1
            return
        except ServiceError as known:
            result, error = None, known
        except Exception as fault:
            log.exception("a call failed in the plumbing", error=repr(fault))
            result, error = None, Internal("internal", "Something went wrong on our side.")
        try:
            self._reply(message, result, error)
            _acknowledge(message, channel)
        finally:
            self._running -= 1

    def _answer(self, message: amqp.Message) -> Any:
        if self._by_user and self._door is not None:
            self._door.enter(message.properties.get("user_id"), len(message.body))
        name = str(message.delivery_info["routing_key"]).partition(".")[2]
        entrypoint = self._methods.get(name)
        if entrypoint is None:
            raise NotFound("unknown_method", f"{self.container.service_name} has no method '{name}'.")
        call = self._call(message, entrypoint)
        arguments = _arguments(message)
        entrypoint.check_arguments(arguments)
        return Execution(self.container, entrypoint, call, arguments).run()

    def _call(self, message: amqp.Message, entrypoint: Any) -> Any:
        from servicekit.entrypoints.calls import Call

        headers = message.headers or {}
        deadline = wire.deadline(headers, time.time())
        if deadline < time.time():
            raise DeadlineExceeded("too_late", "The call came after its deadline and was not carried out.")
        actor = self._actor(message, headers, entrypoint)
        if entrypoint.permission:
            actor.require(entrypoint.permission)
        return Call(
            actor=actor,
            correlation_id=wire.word(headers, "correlation_id") or str(new_id()),
            idempotency_key=wire.word(headers, "idempotency_key", needed=True),
            deadline=deadline,
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

    def _reply(self, message: amqp.Message, result: Any, error: ServiceError | None) -> None:
        method = str(message.delivery_info["routing_key"])
        known = method.partition(".")[2] in self._methods  # a figure per word of a stranger has no end
        CALLS.labels(method if known else "?", _outcome(error)).inc()
        method = method if known else "?"  # nor do a stranger's words belong in the log
        reply_to = message.properties.get("reply_to")
        if not reply_to:
            log.warning("a call had no reply_to; its answer is dropped", method=method)
            return
        direct = wire.is_direct(reply_to)
        if self._by_user and not direct:
            user = message.properties.get("user_id")
            log.warning("a call wants its answer elsewhere; it is dropped", method=method, user=user)
            return
        body = json.dumps({"result": result, "error": to_wire(error) if error else None})
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


def _outcome(error: ServiceError | None) -> str:
    return type(error).__name__ if error else "ok"


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
        log.info("a call will be delivered again", error=repr(error))
