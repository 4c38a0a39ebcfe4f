"""Calling a service and waiting for its answer, never longer than a deadline.

Calls are transient and unconfirmed: what is lost shows as a missing answer, and the caller asks again with
the same idempotency key. `reply="direct"` uses RabbitMQ's direct reply-to (no queue to declare);
`reply="queue"` declares a queue of its own on the nameko-rpc exchange, which stock nameko services and
suppliers answer to. All of them may write into that queue, so with `signed` an answer counts only when it
carries, as the broker's validated `user_id`, the name of the service that was called.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import amqp
import eventlet
from eventlet.event import Event

from servicekit import json
from servicekit.actor import Actor, Signer
from servicekit.amqp import topology
from servicekit.amqp.link import Link, publish
from servicekit.errors import DeadlineExceeded, Internal, Unavailable, from_wire

DIRECT_REPLY_TO = "amq.rabbitmq.reply-to"
DEFAULT_TIMEOUT_SECONDS = 5.0


class RpcClient:
    """One per process and broker; any number of greenlets may call at the same time."""

    def __init__(
        self,
        amqp_url: str,
        signer: Signer | None = None,
        reply: str = "direct",
        name: str = "rpc",
        exchange: str = topology.RPC_EXCHANGE,
        signed: bool = False,
        longest_answer: int | None = None,
        on_stray: Callable[[str | None], None] | None = None,
    ) -> None:
        """`exchange` is where calls go. `longest_answer` in bytes. `on_stray` hears the validated user of
        each answer that nobody waits for, or that comes from another than who was called.
        """
        self._signer = signer
        self._direct = reply == "direct"
        self._reply_to = DIRECT_REPLY_TO if self._direct else str(uuid4())
        self._link = Link(amqp_url, self._prepare, self._lost, f"{name} calls")
        self._exchange = exchange
        self._signed = signed
        self._longest = longest_answer
        self._on_stray = on_stray or (lambda user: None)
        self._waiting: dict[str, tuple[Event, str]] = {}  # with the service that is to answer

    def call(
        self,
        target: str,
        *,
        actor: Actor | None = None,
        timeout: float = DEFAULT_TIMEOUT_SECONDS,
        idempotency_key: str | None = None,
        correlation_id: str | None = None,
        traceparent: str | None = None,
        **arguments: Any,
    ) -> Any:
        """The answer of `target` ("intake.get_request").

        Raises the service's error by name; Unavailable when nobody can be reached, DeadlineExceeded when
        no answer came.
        """
        call_id = str(uuid4())
        headers = {
            "actor": self._signer.sign(actor) if self._signer and actor else None,
            "idempotency_key": idempotency_key,
            "correlation_id": correlation_id,
            "traceparent": traceparent,
        }
        message = amqp.Message(
            json.dumps({"args": [], "kwargs": arguments}),
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=1,
            correlation_id=call_id,
            message_id=call_id,
            reply_to=self._reply_to,
            application_headers={name: value for name, value in headers.items() if value is not None},
        )
        answered = Event()
        self._waiting[call_id] = answered, target.partition(".")[0]
        try:
            with eventlet.Timeout(
                timeout, DeadlineExceeded("no_answer", f"{target} did not answer in {timeout:g} s.")
            ):
                self._send(target, message, time.monotonic() + timeout)
                reply = answered.wait()
        finally:
            self._waiting.pop(call_id, None)
        if self._longest is not None and len(reply) > self._longest:
            raise Internal("bad_reply", f"{target} answered more than {self._longest} bytes.")
        return _result(target, reply)

    def close(self) -> None:
        self._link.close()

    def _send(self, target: str, message: amqp.Message, until: float) -> None:
        connection = None
        try:
            connection = self._link.opened()
            # Connecting may have taken most of the time: who carries it out must know what is left of it.
            left = max(0.001, until - time.monotonic())
            message.properties["expiration"] = str(int(left * 1000))
            message.properties["application_headers"]["timeout"] = f"{left:.3f}"
            publish(self._channel, message, self._exchange, target, mandatory=True)
        except (OSError, amqp.AMQPError) as error:
            self._link.drop(error, connection)
            raise Unavailable("broker_away", "The message broker can't be reached; try again.") from error

    def _prepare(self, connection: amqp.Connection) -> None:
        channel = connection.channel()
        queue = DIRECT_REPLY_TO
        for exchange in {topology.RPC_EXCHANGE, self._exchange}:
            channel.exchange_declare(exchange, "topic", durable=True, auto_delete=False)
        if not self._direct:
            queue = f"rpc.reply-{self._reply_to}"
            channel.queue_declare(queue, exclusive=True, auto_delete=True)
            channel.queue_bind(queue, topology.RPC_EXCHANGE, self._reply_to)
        channel.basic_consume(queue, callback=self._answered, no_ack=True)
        channel.events["basic_return"].add(self._returned)
        self._channel = channel

    def _answered(self, message: amqp.Message) -> None:
        call_id, user = str(message.properties.get("correlation_id")), message.properties.get("user_id")
        event, service = self._waiting.get(call_id, (None, ""))
        if event is None or event.ready() or (self._signed and user != service):
            self._on_stray(user)
            return
        del self._waiting[call_id]
        event.send(message.body)

    def _returned(self, _error: Any, _exchange: str, _key: str, message: amqp.Message) -> None:
        event, service = self._waiting.pop(str(message.properties.get("correlation_id")), (None, ""))
        if event is not None and not event.ready():
            event.send_exception(Unavailable("service_away", f"{service} has never been started here."))

    def _lost(self, _reason: BaseException) -> None:
        waiting, self._waiting = self._waiting, {}
        for event, _ in waiting.values():
            if not event.ready():
                event.send_exception(Unavailable("broker_lost", "The message broker went away; try again."))


def _result(target: str, body: bytes) -> Any:
    try:
        reply = json.loads(body)
        error, result = reply["error"], reply["result"]
    except (ValueError, KeyError, TypeError) as fault:
        raise Internal("bad_reply", f"{target} answered something that is not a reply.") from fault
    if error is not None:
        raise from_wire(error)
    return result
