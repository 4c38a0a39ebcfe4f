"""What a hostile supplier answers to orders, and to orders of others."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import amqp
import pytest
from dispatch.domain.supplier_rights import RPC_EXCHANGE
from dispatch.settings import DispatchSettings
from dispatch.testing import SuppliersBroker
from servicekit.testing.probes import until

from .conftest import CANARY, HONEST, HOSTILE, KABEL, VONK, Bomb, Desk, connected, waiting_in, working

ANSWERS = {
    "text": b"not json " + CANARY.encode(),
    "a list": b"[]",
    "nothing": b"{}",
    "null": b'{"result": null, "error": null}',
    "a word": f'{{"result": {{"answer": "{CANARY}"}}, "error": null}}'.encode(),
    "an object for a word": b'{"result": {"answer": {"a": 1}}, "error": null}',
    "a time that is none": b'{"result": {"answer": "accepted", "planned_from": "soon"}, "error": null}',
    "a time before Christ": (
        b'{"result": {"answer": "accepted", "planned_from": "0001-01-01T00:00:00+23:00"}, "error": null}'
    ),
    "a text for an error": b'{"result": null, "error": "no object"}',
    "an error of a kind of its own": f'{{"result": null, "error": {{"exc_type": "{CANARY}"}}}}'.encode(),
    "more than 64 kB": b'{"result": {"answer": "accepted", "x": "' + b"x" * 300_000 + b'"}, "error": null}',
    "a hundred thousand levels": b'{"result": ' + b"[" * 30_000 + b"]" * 30_000 + b', "error": null}',
    "a pickle": pickle.dumps(Bomb()),
    "the character NUL": b'{"result": {"answer": "perhaps\\u0000"}, "error": null}',
    "the character NUL in an error": b'{"result": 1, "error": {"exc_type": "Invalid", "detail": "\\u0000"}}',
}
FORGED = '{"result": {"answer": "refused", "reason": "forged"}, "error": null}'


@pytest.fixture
def settings(settings: DispatchSettings) -> DispatchSettings:
    """It asks again and again: on a busy machine an answer may come after the desk has stopped to wait."""
    return replace(settings, delivery_delays=[0.5] * 100)


@pytest.fixture
def desk_of_one(settings: DispatchSettings, broker: SuppliersBroker) -> Iterator[Desk]:
    """Nobody else's answer is waited for when it stops."""
    with working(settings, broker, orders=(1,)) as desk:
        yield desk


@pytest.mark.parametrize("what", ANSWERS)
def test_an_answer_that_is_none_is_kept_as_such_and_the_order_comes_again(
    desk_of_one: Desk, broker: SuppliersBroker, written: Callable[[], str], what: str
) -> None:
    desk = desk_of_one
    with connected(broker.urls[HOSTILE]) as connection:
        channel = connection.channel()

        def reply(order: amqp.Message) -> None:
            properties = {"correlation_id": order.properties["correlation_id"], "user_id": HOSTILE}
            channel.basic_publish(
                amqp.Message(ANSWERS[what], content_encoding="utf-8", **properties),
                "nameko-rpc",
                order.properties["reply_to"],
            )
            channel.basic_ack(order.delivery_tag)

        channel.basic_consume(f"rpc-{HOSTILE}", callback=reply)

        def answered() -> list[str]:
            with suppress(TimeoutError):
                connection.drain_events(timeout=0.1)
            return [outcome for outcome in attempts(desk, VONK) if outcome != "no_answer"]

        until(lambda: len(answered()) >= 2)
        assert set(answered()) <= {"garbage", "error"}
    assert desk.order_of(VONK)["state"] == "issued"
    assert CANARY not in written()


def test_an_answer_counts_only_from_the_supplier_that_was_asked(desk: Desk, broker: SuppliersBroker) -> None:
    """Even when another knows all that is in the message of the order: where it is answered, and its id."""
    with connected(broker.urls[HOSTILE]) as one, connected(broker.urls[HONEST]) as other:
        own, theirs = one.channel(), other.channel()

        def is_taken() -> bool:
            if order := theirs.basic_get(f"rpc-{HONEST}", no_ack=True):
                for user in (HOSTILE, None):
                    answer(own, order, FORGED, user)
                own.queue_declare(f"rpc-{HOSTILE}", passive=True)  # what came before it has been dealt with
                answer(theirs, order, '{"result": {"answer": "accepted"}, "error": null}', HONEST)
            return bool(desk.order_of(KABEL)["state"] == "accepted")

        until(is_taken)


def answer(channel: amqp.Channel, order: amqp.Message, body: str, user: str | None) -> None:
    properties = {"correlation_id": order.properties["correlation_id"]} | ({"user_id": user} if user else {})
    channel.basic_publish(amqp.Message(body, **properties), RPC_EXCHANGE, order.properties["reply_to"])


def test_an_answer_without_a_name_is_none(desk: Desk, broker: SuppliersBroker) -> None:
    with connected(broker.urls[HONEST]) as other:
        theirs = other.channel()
        until(lambda: waiting_in(broker, f"rpc-{HONEST}") > 0)
        order = theirs.basic_get(f"rpc-{HONEST}", no_ack=True)
        answer(theirs, order, '{"result": {"answer": "accepted"}, "error": null}', None)
        until(lambda: "no_answer" in attempts(desk, KABEL))
    assert desk.order_of(KABEL)["state"] == "issued"


def attempts(desk: Desk, provider: Any) -> list[str]:
    order_id = desk.order_of(provider)["work_order_id"]
    with desk.work() as work:
        return [line["outcome"] for line in work.deliveries.attempts(order_id)]
