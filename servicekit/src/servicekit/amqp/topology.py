"""Exchanges and queues, by name and argument. The same everywhere, so that a queue's name tells what is in
it.

desk.facts (fanout)  -->  desk.events and desk.signals: where the outbox goes
desk.events (topic)  --<producer>.<event>.v<n>-->  <service>.events  (quorum)
                     --nobody-->  desk.unrouted    kept, bounded
desk.signals (topic)  --<producer>.<fact or signal>.v<n>-->  whoever has a page open; lost when nobody has
<service>.events.retry.<n>s   waits n seconds, then dead-letters back to <service>.events
<service>.errors              what could not be handled, with the reason in its headers
nameko-rpc (topic)   --<service>.<method>-->  rpc-<service>
"""

from __future__ import annotations

from collections.abc import Iterable

import amqp

FACTS_EXCHANGE = "desk.facts"
EVENTS_EXCHANGE = "desk.events"
SIGNALS_EXCHANGE = "desk.signals"
UNROUTED = "desk.unrouted"
RPC_EXCHANGE = "nameko-rpc"
RETRY_DELAYS_SECONDS: tuple[float, ...] = (1, 5, 30, 120)
CRASH_LIMIT = 20  # deliveries; the broker's own limit, for what dies before `entrypoints.suspects` can look
UNROUTED_MAX = 100_000
_SAFE = {"x-queue-type": "quorum", "x-dead-letter-strategy": "at-least-once", "x-overflow": "reject-publish"}


def event_queue(service: str) -> str:
    return f"{service}.events"


def retry_queue(service: str, delay: float) -> str:
    return f"{service}.events.retry.{delay}s"


def error_queue(service: str) -> str:
    return f"{service}.errors"


def routing_key(event: str, version: int) -> str:
    return f"{event}.v{version}"


def declare_exchanges(channel: amqp.Channel) -> None:
    channel.exchange_declare(UNROUTED, "fanout", durable=True, auto_delete=False)
    channel.queue_declare(
        UNROUTED,
        durable=True,
        auto_delete=False,
        arguments={"x-queue-type": "quorum", "x-max-length": UNROUTED_MAX, "x-overflow": "reject-publish"},
    )
    channel.queue_bind(UNROUTED, UNROUTED)
    channel.exchange_declare(
        EVENTS_EXCHANGE, "topic", durable=True, auto_delete=False, arguments={"alternate-exchange": UNROUTED}
    )
    channel.exchange_declare(SIGNALS_EXCHANGE, "topic", durable=True, auto_delete=False)
    # Pages listen beside desk.events, not at it: there, an open page would count as a listener, and a fact
    # that no service listens to would be taken for routed.
    channel.exchange_declare(FACTS_EXCHANGE, "fanout", durable=True, auto_delete=False)
    for exchange in (EVENTS_EXCHANGE, SIGNALS_EXCHANGE):
        channel.exchange_bind(exchange, FACTS_EXCHANGE)
    channel.exchange_declare(RPC_EXCHANGE, "topic", durable=True, auto_delete=False)


def declare_event_queues(channel: amqp.Channel, service: str, bindings: Iterable[tuple[str, int]]) -> None:
    """The service's queue bound to each (event, version), its retry queues and its error queue."""
    declare_error_queue(channel, service)
    _queue(
        channel,
        event_queue(service),
        {**_SAFE, **_dead_letter_to(error_queue(service)), "x-delivery-limit": CRASH_LIMIT},
    )
    for delay in RETRY_DELAYS_SECONDS:
        arguments = {**_SAFE, **_dead_letter_to(event_queue(service)), "x-message-ttl": int(delay * 1000)}
        _queue(channel, retry_queue(service, delay), arguments)
    for event, version in bindings:
        channel.queue_bind(event_queue(service), EVENTS_EXCHANGE, routing_key(event, version))


def declare_error_queue(channel: amqp.Channel, service: str) -> str:
    _queue(channel, error_queue(service), {"x-queue-type": "quorum"})
    return error_queue(service)


def declare_rpc_queue(channel: amqp.Channel, service: str) -> str:
    """Calls are transient and carry an expiration, so the queue may outlive its service without filling
    up.
    """
    name = f"rpc-{service}"
    channel.exchange_declare(RPC_EXCHANGE, "topic", durable=True, auto_delete=False)
    _queue(channel, name, {})
    channel.queue_bind(name, RPC_EXCHANGE, f"{service}.*")
    return name


def _dead_letter_to(queue: str) -> dict[str, str]:
    return {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": queue}


def _queue(channel: amqp.Channel, name: str, arguments: dict[str, object]) -> None:
    channel.queue_declare(name, durable=True, auto_delete=False, arguments=arguments)
