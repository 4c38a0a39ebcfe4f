"""What every replica hears as it passes by: facts and signals, with nobody's queue growing for it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import amqp
from servicekit.amqp import topology
from servicekit.broadcast import Broadcast
from servicekit.entrypoints import Call, rpc
from servicekit.messages import Message
from servicekit.service import Service
from servicekit.storage import WorkProvider
from servicekit.testing.probes import ProbeWork, until


class Ear:
    """Remembers what it heard."""

    def __init__(self) -> None:
        self.heard_types: list[str] = []
        self.heard_data: list[dict[str, Any]] = []
        self.times_lost = 0

    def heard(self, message: Message) -> None:
        self.heard_types.append(message.type)
        self.heard_data.append(message.data)

    def lost(self) -> None:
        self.times_lost += 1


def speaker(name: str) -> type[Service]:
    class Speaker(Service):
        work = WorkProvider(ProbeWork)

        @rpc()
        def speak(self, call: Call) -> dict[str, Any]:
            with self.work() as work:
                work.publish("told", {"text": "a fact"})
                for number in (1, 2, 1):
                    work.signal("touched", {"number": number})
            return {}

    Speaker.name = name
    return Speaker


def listener(name: str, source: str) -> type[Service]:
    class Hearer(Service):
        facts = Broadcast([f"{source}.#"])

    Hearer.name = name
    return Hearer


def ear_of(container: Any) -> Ear:
    (broadcast,) = [one for one in container.dependencies if isinstance(one, Broadcast)]
    ear = Ear()
    broadcast.tell(ear)
    return ear


def test_every_replica_hears_every_fact_and_signal(
    start: Callable[..., Any], call: Callable[..., Any], channel: amqp.Channel
) -> None:
    source, hearer = f"speaker-{uuid.uuid4().hex[:6]}", f"hearer-{uuid.uuid4().hex[:6]}"
    start(speaker(source))
    ears = [ear_of(start(listener(hearer, source))) for _ in range(2)]

    call(f"{source}.speak")

    until(lambda: all(len(ear.heard_types) == 2 for ear in ears))
    assert [sorted(ear.heard_types) for ear in ears] == [[f"{source}.told", f"{source}.touched"]] * 2


def test_what_one_transaction_touches_is_one_signal(
    start: Callable[..., Any], call: Callable[..., Any]
) -> None:
    source = f"speaker-{uuid.uuid4().hex[:6]}"
    start(speaker(source))
    ear = ear_of(start(listener(f"hearer-{uuid.uuid4().hex[:6]}", source)))

    call(f"{source}.speak")

    until(lambda: f"{source}.touched" in ear.heard_types)
    told = ear.heard_data[ear.heard_types.index(f"{source}.touched")]
    assert told == {"touched": [{"number": 1}, {"number": 2}]}


def test_a_signal_that_nobody_hears_is_kept_nowhere(
    start: Callable[..., Any], call: Callable[..., Any], channel: amqp.Channel
) -> None:
    """A fact without a listener is kept for repair; a signal is gone."""
    source = f"speaker-{uuid.uuid4().hex[:6]}"
    topology.declare_exchanges(channel)
    queue = channel.queue_declare("", exclusive=True).queue
    channel.queue_bind(queue, topology.UNROUTED)
    start(speaker(source))

    call(f"{source}.speak")

    found = until(lambda: channel.basic_get(queue, no_ack=True))
    assert found.properties["type"] == f"{source}.told"
    assert channel.basic_get(queue, no_ack=True) is None


def test_whoever_was_cut_off_is_told_that_facts_may_have_passed(start: Callable[..., Any]) -> None:
    container = start(listener(f"hearer-{uuid.uuid4().hex[:6]}", "nobody"))
    ear = ear_of(container)
    (broadcast,) = [one for one in container.dependencies if isinstance(one, Broadcast)]

    broadcast.bus.reconnect(OSError("cut off by the test"))

    until(lambda: ear.times_lost >= 2)  # when it was cut off, and when it is back
