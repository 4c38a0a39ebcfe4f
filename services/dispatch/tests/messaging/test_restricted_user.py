"""What a supplier's broker user may do, and what not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from amqp.exceptions import AccessRefused, NotAllowed, PreconditionFailed
from dispatch.testing import SuppliersBroker
from kombu import Connection, Consumer, Exchange, Producer, Queue
from servicekit.testing.probes import until

from .conftest import RPC_EXCHANGE, USER, Running

RPC = Exchange(RPC_EXCHANGE, type="topic", durable=True, passive=True, no_declare=True)


@pytest.fixture
def channel(broker: SuppliersBroker, running: Running) -> Iterator[Any]:
    running.start()
    running.request()
    until(running.attempts)
    with Connection(broker.urls[USER]) as connection:
        yield connection.default_channel


def ask(channel: Any, method: str, user: str | None = USER, **arguments: Any) -> dict[str, Any]:
    """Call `desk.<method>` by direct reply-to."""
    replies: list[Any] = []
    queue = Queue("amq.rabbitmq.reply-to", no_declare=True)
    with Consumer(channel, [queue], no_ack=True, auto_declare=False, on_message=replies.append):
        Producer(channel, auto_declare=False).publish(
            json.dumps({"args": [], "kwargs": arguments}),
            exchange=RPC,
            routing_key=f"desk.{method}",
            declare=[],
            reply_to="amq.rabbitmq.reply-to",
            correlation_id="1",
            **({"user_id": user} if user else {}),
        )
        while not replies:
            channel.connection.client.drain_events(timeout=5)
    answer: dict[str, Any] = json.loads(replies[0].body)
    return answer


def test_it_calls_the_desk_by_direct_reply_to(channel: Any, running: Running) -> None:
    number = running.order()["number"]
    answer = ask(channel, "get_order", order_number=number)
    assert answer["error"] is None
    assert answer["result"]["order_number"] == number


def test_without_its_user_id_it_is_nobody(channel: Any, running: Running) -> None:
    answer = ask(channel, "get_order", user=None, order_number=running.order()["number"])
    assert answer["error"]["exc_type"] == "Unauthenticated"


def test_it_cannot_pose_as_another(channel: Any, running: Running) -> None:
    with pytest.raises(PreconditionFailed):
        ask(channel, "get_order", user="supplier_kabel", order_number=running.order()["number"])


def test_what_it_says_is_checked(channel: Any, running: Running) -> None:
    number = running.order()["number"]
    assert ask(channel, "accept", order_number=number, status="done")["error"]["exc_type"] == "Invalid"
    assert ask(channel, "refuse", order_number=number)["error"]["errors"] == {
        "reason": ["Missing data for required field."]
    }
    assert ask(channel, "report_completion", order_number=number)["error"]["exc_type"] == "Conflict"
    assert ask(channel, "drop_table")["error"]["exc_type"] == "NotFound"
    assert running.order()["state"] == "issued"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda c: c.queue_declare("mine"),
        lambda c: c.queue_declare(f"rpc-{USER}", durable=True, auto_delete=False),
        lambda c: c.exchange_declare("mine", "topic"),
        lambda c: c.exchange_delete(RPC_EXCHANGE),
        lambda c: c.queue_bind(f"rpc-{USER}", RPC_EXCHANGE, "#"),
        lambda c: c.queue_delete(f"rpc-{USER}"),
        lambda c: c.basic_get("rpc-desk"),
        lambda c: c.basic_consume("rpc-supplier_kabel"),
    ],
    ids=[
        "queue",
        "own queue",
        "exchange",
        "delete exchange",
        "bind",
        "delete queue",
        "read desk",
        "read other",
    ],
)
def test_it_makes_and_reads_nothing_else(channel: Any, attempt: Any) -> None:
    with pytest.raises(AccessRefused):
        attempt(channel)


@pytest.mark.parametrize(
    ("exchange", "key"),
    [
        ("", "rpc-desk"),
        (RPC_EXCHANGE, "supplier_kabel.receive_order"),
        (RPC_EXCHANGE, "dispatch.save_provider"),
    ],
)
def test_it_publishes_to_the_desk_alone(channel: Any, exchange: str, key: str) -> None:
    Producer(channel, auto_declare=False).publish(
        "{}", exchange=Exchange(exchange, no_declare=True), routing_key=key, declare=[], user_id=USER
    )
    with pytest.raises(AccessRefused):
        channel.connection.client.drain_events(timeout=5)


def test_it_stays_out_of_the_other_vhost(broker: SuppliersBroker) -> None:
    outside = Connection(broker.in_vhost(USER, "desk"), connect_timeout=3)
    with pytest.raises(NotAllowed):
        outside.connect()
