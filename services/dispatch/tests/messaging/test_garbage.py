"""A supplier with a program of its own, that answers what nobody agreed upon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import eventlet
import pytest
from dispatch.testing import SuppliersBroker
from kombu import Connection, Consumer, Exchange, Producer, Queue
from servicekit.testing.probes import until

from .conftest import RPC_EXCHANGE, USER, Running

RPC = Exchange(RPC_EXCHANGE, type="topic", durable=True, passive=True, no_declare=True)


@pytest.fixture
def answers(broker: SuppliersBroker) -> Iterator[Callable[[bytes], None]]:
    """answers(body) answers every order with these bytes."""
    greenlets = []

    def start(body: bytes) -> None:
        def reply(message: Any) -> None:
            with Connection(broker.urls[USER]) as back:
                Producer(back, auto_declare=False).publish(
                    body,
                    exchange=RPC,
                    routing_key=message.properties["reply_to"],
                    correlation_id=message.properties["correlation_id"],
                    content_type="application/json",
                    content_encoding="utf-8",
                    declare=[],
                    user_id=USER,
                )
            message.ack()

        def listen() -> None:
            with Connection(broker.urls[USER]) as connection:
                queue = Queue(f"rpc-{USER}", no_declare=True)
                with Consumer(connection, [queue], auto_declare=False, on_message=reply):
                    while True:
                        connection.drain_events()

        greenlets.append(eventlet.spawn(listen))

    yield start
    for greenlet in greenlets:
        greenlet.kill()


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"[]",
        b"{}",
        b'{"result": null, "error": null}',
        b'{"result": {"answer": "perhaps"}, "error": null}',
        b'{"result": {"answer": {"a": 1}}, "error": null}',
        b'{"result": {"answer": "accepted", "planned_from": "soon"}, "error": null}',
        b'{"result": "' + b"x" * 300_000 + b'", "error": null}',
        b'{"result": null, "error": "no object"}',
    ],
    ids=["text", "list", "empty", "null", "word", "object", "time", "large", "error"],
)
def test_garbage_is_kept_as_such_and_tried_again(
    running: Running, answers: Callable[[bytes], None], body: bytes
) -> None:
    running.start()
    answers(body)
    running.request()
    until(lambda: len(running.attempts()) >= 2)
    assert set(running.attempts()) <= {"garbage", "error"}
    assert running.order()["state"] == "issued"
