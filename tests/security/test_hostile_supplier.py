"""A hostile supplier on the broker: whatever it tries outside its corner is refused or comes to nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import amqp
import pytest
from dispatch.domain.supplier_rights import LIMITS, POLICIES, RPC_EXCHANGE
from dispatch.supplier_queues import ORDERS_EXCHANGE
from dispatch.testing import SuppliersBroker
from servicekit.testing.probes import PATIENCE_SECONDS, until

from .conftest import HONEST, HOSTILE, channel, connected, waiting_in

REPLY = "01a209ee-4bc0-7620-8f4b-58558f76c11b"
Act = Callable[[amqp.Channel], object]


def publish(exchange: str, key: str, **properties: Any) -> Act:
    return lambda c: c.basic_publish(amqp.Message("{}", **properties), exchange, key)


ALLOWED: dict[str, Act] = {
    "consume its own queue": lambda c: c.basic_consume(f"rpc-{HOSTILE}"),
    "call the desk": publish(RPC_EXCHANGE, "desk.accept"),
    "answer a call": publish(RPC_EXCHANGE, REPLY),
    "say who it is": publish(RPC_EXCHANGE, "desk.accept", user_id=HOSTILE),
}

REFUSED: dict[str, Act] = {
    "consume another's queue": lambda c: c.basic_consume(f"rpc-{HONEST}"),
    "consume the desk's queue": lambda c: c.basic_consume("rpc-desk"),
    "take from another's queue": lambda c: c.basic_get(f"rpc-{HONEST}"),
    "take from the desk's queue": lambda c: c.basic_get("rpc-desk"),
    "declare a queue": lambda c: c.queue_declare("mine"),
    "declare its own queue": lambda c: c.queue_declare(f"rpc-{HOSTILE}", durable=True, auto_delete=False),
    "declare an unnamed queue": lambda c: c.queue_declare("", exclusive=True),
    "delete its own queue": lambda c: c.queue_delete(f"rpc-{HOSTILE}"),
    "delete the desk's queue": lambda c: c.queue_delete("rpc-desk"),
    "empty another's queue": lambda c: c.queue_purge(f"rpc-{HONEST}"),
    "sniff all calls": lambda c: c.queue_bind(f"rpc-{HOSTILE}", RPC_EXCHANGE, "#"),
    "sniff all orders": lambda c: c.queue_bind(f"rpc-{HOSTILE}", ORDERS_EXCHANGE, "#"),
    "sniff another's orders": lambda c: c.queue_bind(f"rpc-{HOSTILE}", ORDERS_EXCHANGE, f"{HONEST}.*"),
    "unbind another": lambda c: c.queue_unbind(f"rpc-{HONEST}", ORDERS_EXCHANGE, f"{HONEST}.*"),
    "bind exchanges": lambda c: c.exchange_bind("amq.topic", RPC_EXCHANGE, "#"),
    "delete the exchange of calls": lambda c: c.exchange_delete(RPC_EXCHANGE),
    "delete the exchange of orders": lambda c: c.exchange_delete(ORDERS_EXCHANGE),
    "declare an exchange": lambda c: c.exchange_declare("mine", "fanout"),
    "order from another": publish(ORDERS_EXCHANGE, f"{HONEST}.receive_order"),
    "order from another by the exchange of calls": publish(RPC_EXCHANGE, f"{HONEST}.receive_order"),
    "call a service": publish(RPC_EXCHANGE, "dispatch.save_provider"),
    "call deeper than a method": publish(RPC_EXCHANGE, "desk.accept.now"),
    "write past the exchange": publish("", f"rpc-{HONEST}"),
    "write into the desk's queue": publish("", "rpc-desk"),
    "publish events": publish("amq.topic", "intake.request_accepted.v1"),
    "publish to desk.events": publish("desk.events", "intake.request_accepted.v1"),
    "pretend to be another": publish(RPC_EXCHANGE, "desk.accept", user_id=HONEST),
    "pretend to be the desk": publish(RPC_EXCHANGE, "desk.accept", user_id="desk"),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_a_supplier_may(broker: SuppliersBroker, what: str) -> None:
    with channel(broker.urls[HOSTILE]) as mine:
        ALLOWED[what](mine)


@pytest.mark.parametrize("what", REFUSED)
def test_a_supplier_may_not(broker: SuppliersBroker, what: str) -> None:
    refusals = (amqp.AccessRefused, amqp.PreconditionFailed, amqp.NotFound)
    with channel(broker.urls[HOSTILE]) as mine, pytest.raises(refusals):
        REFUSED[what](mine)


@pytest.mark.parametrize("vhost", ["desk", "%2F", "elsewhere"])
def test_a_supplier_stays_outside_the_other_vhosts(broker: SuppliersBroker, vhost: str) -> None:
    with pytest.raises((amqp.NotAllowed, amqp.AccessRefused)), connected(broker.in_vhost(HOSTILE, vhost)):
        pass


def test_the_management_api_is_closed_to_a_supplier(broker: SuppliersBroker) -> None:
    import requests

    user = broker.urls[HOSTILE].partition("//")[2].partition("@")[0]
    address = f"http://{user}@127.0.0.1:{broker.node.management_port}/api/users"
    assert requests.get(address, timeout=PATIENCE_SECONDS).status_code == 401


@pytest.mark.parametrize("header", ["CC", "BCC"])
def test_a_copy_reaches_no_other_supplier(broker: SuppliersBroker, header: str) -> None:
    """RabbitMQ checks topic permissions on the routing key alone, not on the keys in these headers."""
    keys = [f"{HONEST}.receive_order", f"rpc-{HONEST}", "#"]
    with channel(broker.urls[HOSTILE]) as mine:
        mine.basic_publish(amqp.Message("{}", application_headers={header: keys}), RPC_EXCHANGE, REPLY)
    assert waiting_in(broker, f"rpc-{HONEST}") == 0


def test_connections_are_limited(broker: SuppliersBroker) -> None:
    with ExitStack() as stack:
        for _ in range(LIMITS["max-connections"]):
            stack.enter_context(connected(broker.urls[HOSTILE]))
        until(lambda: broker.admin.connection_count(HOSTILE) == LIMITS["max-connections"])
        with pytest.raises(amqp.AMQPError):
            stack.enter_context(connected(broker.urls[HOSTILE]))
        with connected(broker.urls[HONEST]) as other:  # another supplier has its own
            other.channel()


def test_channels_are_limited(broker: SuppliersBroker) -> None:
    with connected(broker.urls[HOSTILE]) as mine:
        for _ in range(LIMITS["max-channels"]):
            mine.channel()
        with pytest.raises((amqp.AMQPError, OSError)):
            mine.channel()


def test_a_queue_holds_so_many_calls_and_the_newest_stay(broker: SuppliersBroker) -> None:
    most = POLICIES["supplier-calls"]["definition"]["max-length"]
    with channel(broker.urls[HOSTILE]) as mine:
        mine.connection.confirm_publish = False
        fast = mine.connection.channel()
        for number in range(most + 500):
            fast.basic_publish(amqp.Message(str(number)), RPC_EXCHANGE, "desk.accept")
        fast.queue_declare(
            f"rpc-{HOSTILE}", passive=True
        )  # all before it on this channel have been dealt with
        mine.basic_publish(amqp.Message("last"), RPC_EXCHANGE, "desk.accept")
    until(lambda: waiting_in(broker, "rpc-desk") == most)
    with connected(broker.suppliers) as desk:
        assert int(desk.channel().basic_get("rpc-desk", no_ack=True).body) >= 500
