"""Facts arrive once in effect, whatever goes wrong on the way."""

from __future__ import annotations

import uuid
from typing import Any

import amqp
import eventlet
import pytest
import sqlalchemy as sa
from servicekit.amqp import topology
from servicekit.entrypoints import Call, on_event, rpc
from servicekit.errors import NotYet
from servicekit.messages import Message
from servicekit.service import Service
from servicekit.storage import WorkProvider
from servicekit.testing.probes import OPERATOR, ProbeWork, until

from servicekit import json


def teller(name: str) -> type[Service]:
    """A service that publishes the fact `<name>.told` for each call."""

    class Teller(Service):
        work = WorkProvider(ProbeWork)

        @rpc()
        def tell(self, call: Call, text: str) -> dict[str, Any]:
            with self.work() as work:
                work.note(f"told {text}")
                work.publish("told", {"text": text})
            return {"text": text}

    Teller.name = name
    return Teller


def listener(name: str, source: str, hear: Any) -> type[Service]:
    """A service that runs `hear(work, message)` for each of them."""

    class Listener(Service):
        work = WorkProvider(ProbeWork)

        @on_event(f"{source}.told")
        def told(self, message: Message) -> None:
            with self.work() as work:
                hear(work, message)

    Listener.name = name
    return Listener


def note(work: ProbeWork, message: Message) -> None:
    work.note(f"heard {message.data['text']}")


def heard(noted: Any) -> list[str]:
    return [text for text in noted() if text.startswith("heard")]


def test_a_fact_reaches_its_listener_with_its_chain(start: Any, call: Any, noted: Any, unique: str) -> None:
    seen: list[Message] = []

    def remember(work: ProbeWork, message: Message) -> None:
        seen.append(message)
        note(work, message)

    start(listener(f"{unique}_l", unique, remember))
    start(teller(unique))
    call(f"{unique}.tell", text="one", correlation_id="chain-7")
    until(lambda: heard(noted) == ["heard one"])
    assert seen[0].correlation_id == "chain-7"
    assert seen[0].actor
    assert seen[0].actor.id == "agent-1"


def test_a_fact_that_comes_twice_counts_once(
    start: Any, channel: amqp.Channel, noted: Any, unique: str
) -> None:
    start(listener(f"{unique}_l", unique, note))
    for text in ("same", "same", "other"):
        put(channel, unique, text, message_id=str(uuid.uuid5(uuid.NAMESPACE_OID, text)))
    until(lambda: sorted(heard(noted)) == ["heard other", "heard same"])
    eventlet.sleep(0.3)
    assert len(heard(noted)) == 2


def test_a_failing_fact_is_tried_again_and_does_not_hold_up_the_others(
    start: Any, channel: amqp.Channel, noted: Any, unique: str
) -> None:
    attempts: list[int] = []

    def fail_twice(work: ProbeWork, message: Message) -> None:
        note(work, message)
        if message.data["text"] == "bad":
            attempts.append(message.attempt)
            if message.attempt == 1:
                raise ValueError("broken")

    start(listener(f"{unique}_l", unique, fail_twice))
    for text in ("a", "bad", "b"):
        put(channel, unique, text)
    until(lambda: sorted(heard(noted)) == ["heard a", "heard b", "heard bad"])
    assert attempts[-1] == 2


def test_what_is_not_there_yet_is_waited_for(
    start: Any, channel: amqp.Channel, noted: Any, unique: str
) -> None:
    def needs_a(work: ProbeWork, message: Message) -> None:
        if message.data["text"] == "b" and "heard a" not in heard_in(work):
            raise NotYet("a has not come")
        note(work, message)

    start(listener(f"{unique}_l", unique, needs_a))
    put(channel, unique, "b")
    eventlet.sleep(0.3)
    put(channel, unique, "a")
    until(lambda: heard(noted) == ["heard a", "heard b"])


def heard_in(work: ProbeWork) -> list[str]:
    return list(work.connection.scalars(sa.text("SELECT text FROM effects")))


@pytest.mark.parametrize(
    ("body", "change"),
    [
        (b"\x80not json", {}),
        (b"[1, 2]", {}),
        (b'{"text": "x"}', {"message_id": "not-a-uuid"}),
        (b'{"text": "x"}', {"application_headers": {}}),
    ],
)
def test_an_unreadable_message_is_kept_with_the_reason(
    start: Any,
    call: Any,
    channel: amqp.Channel,
    noted: Any,
    unique: str,
    body: bytes,
    change: dict[str, Any],
) -> None:
    start(listener(f"{unique}_l", unique, note))
    put(channel, unique, "x", body=body, **change)
    kept = until(lambda: call(f"{unique}_l.list_failures", actor=OPERATOR)["items"])
    assert [one["reason_type"] for one in kept] == ["Undecodable"]
    put(channel, unique, "after")
    until(lambda: heard(noted) == ["heard after"])


def test_a_fact_that_nobody_listens_to_is_kept(
    start: Any, call: Any, channel: amqp.Channel, unique: str
) -> None:
    start(teller(unique))
    call(f"{unique}.tell", text="into the void")
    kept = until(lambda: unrouted(channel, unique))
    assert json.loads(kept.body) == {"text": "into the void"}


def unrouted(channel: amqp.Channel, source: str) -> amqp.Message | None:
    message = channel.basic_get(topology.UNROUTED, no_ack=True)
    return message if message and message.properties["type"].startswith(source) else None


def test_many_facts_are_handled_in_few_transactions(
    start: Any, channel: amqp.Channel, noted: Any, unique: str
) -> None:
    """They come together: the first waits until all are on the way to the service."""
    transactions: list[Any] = []
    service = f"{unique}_l"
    queue = topology.event_queue(service)

    def count(work: ProbeWork, message: Message) -> None:
        if not transactions:
            until(lambda: channel.queue_declare(queue, passive=True).message_count == 0)
        if work.transaction not in transactions:
            transactions.append(work.transaction)
        note(work, message)

    topology.declare_exchanges(channel)
    topology.declare_event_queues(channel, service, [(f"{unique}.told", 1)])
    for number in range(100):
        put(channel, unique, str(number))
    start(listener(service, unique, count))
    until(lambda: len(heard(noted)) == 100)
    assert len(transactions) < 60


def put(channel: amqp.Channel, source: str, text: str, body: bytes | None = None, **change: Any) -> None:
    properties = {
        "message_id": str(uuid.uuid4()),
        "type": f"{source}.told",
        "application_headers": {"version": 1, "occurred_at": "2026-11-23T09:00:00+00:00"},
        **change,
    }
    message = amqp.Message(body or json.dumps({"text": text}), delivery_mode=2, **properties)
    channel.basic_publish(message, topology.EVENTS_EXCHANGE, f"{source}.told.v1")
