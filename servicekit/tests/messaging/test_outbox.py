"""From the outbox to the listener: whatever breaks in between, each fact has its effect, and once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import amqp
import eventlet
import pytest
import sqlalchemy as sa
from servicekit.actor import service_actor
from servicekit.amqp import topology
from servicekit.clock import FixedClock, SystemClock
from servicekit.entrypoints import Call, rpc
from servicekit.errors import Invalid, Unavailable
from servicekit.messages import Message
from servicekit.metrics import OUTBOX_LAG
from servicekit.service import Service
from servicekit.settings import Settings
from servicekit.storage import Context, Transaction, WorkProvider
from servicekit.storage.unit_of_work import FACT_BYTES_MAX
from servicekit.testing.probes import PATIENCE_SECONDS, ProbeWork, until

from servicekit import database, json

from .test_facts import heard, listener, note, put, teller
from .wire import ACK, Wire, once, wire


@pytest.fixture
def sniffed(channel: amqp.Channel) -> Callable[..., Callable[[], list[str]]]:
    """sniffed(key)() lists the ids (or what else is asked) of all that the exchange got under that key."""

    def bind(
        key: str, what: Callable[[amqp.Message], str] = lambda message: message.properties["message_id"]
    ) -> Callable[[], list[str]]:
        topology.declare_exchanges(channel)
        queue = channel.queue_declare(exclusive=True).queue
        channel.queue_bind(queue, topology.EVENTS_EXCHANGE, key)
        seen: list[str] = []

        def read() -> list[str]:
            while message := channel.basic_get(queue, no_ack=True):
                seen.append(what(message))
            return seen

        return read

    return bind


@pytest.fixture
def record(settings: Settings) -> Iterator[Callable[[str, list[tuple[str, str]]], None]]:
    """record(service, [(event, text)]) commits facts of five seconds ago, without asking the service."""
    engine = sa.create_engine(database.driver_url(settings.database_url), poolclass=sa.pool.NullPool)

    def commit(name: str, facts: list[tuple[str, str]]) -> None:
        transaction = Transaction(engine)
        at = FixedClock(SystemClock().now() - timedelta(seconds=5))
        work = ProbeWork(transaction, Context(producer=name, actor=service_actor(name), clock=at))
        for event, text in facts:
            work.publish(event, {"text": text})
        transaction.commit()

    yield commit
    engine.dispose()


@pytest.fixture
def cable(settings: Settings) -> Iterator[Wire]:
    with wire(settings.amqp_url) as made:
        yield made


def through(cable: Wire, settings: Settings, start: Any, service: Any) -> Any:
    """One replica whose broker is at the other end of the cable."""
    return start(service, replace(settings, amqp_url=cable.url))


HOLD_COMMITS = """
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_sleep(90); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER hold AFTER DELETE ON outbox DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION hold();
"""
END_THE_HELD = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"


def test_a_relay_killed_between_sending_and_deleting_sends_twice_and_it_counts_once(
    spawn: Any, start: Any, unique: str, call: Any, noted: Any, sql: Any, sniffed: Any
) -> None:
    sent = sniffed(f"{unique}.told.v1")
    start(listener(f"{unique}_l", unique, note))
    first = spawn(unique)
    sql(HOLD_COMMITS)
    call(f"{unique}.do", text="x")
    until(lambda: len(sent()) == 1)
    first.signal(signal.SIGKILL)
    first.wait()
    sql(END_THE_HELD)  # the commit had not come through: the connection died with the process
    assert until(lambda: sql("SELECT count(*) FROM outbox")) == [1]
    sql("DROP TRIGGER hold ON outbox")
    spawn(unique)
    until(lambda: len(sent()) >= 2)
    assert len(set(sent())) == 1
    until(lambda: heard(noted) == ["heard x"])
    eventlet.sleep(0.3)
    assert heard(noted) == ["heard x"]


def test_a_lost_confirm_costs_a_second_sending_and_no_second_effect(
    settings: Settings,
    start: Any,
    cable: Wire,
    unique: str,
    call: Any,
    noted: Any,
    sniffed: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("servicekit.amqp.publisher.CONFIRM_TIMEOUT_SECONDS", 0.5)
    sent = sniffed(f"{unique}.told.v1")
    cable.lose = once(lambda direction, data: direction == "from" and ACK in data)
    start(listener(f"{unique}_l", unique, note))
    through(cable, settings, start, teller(unique))
    call(f"{unique}.tell", text="x")
    until(lambda: len(sent()) >= 2)
    assert len(set(sent())) == 1
    until(lambda: heard(noted) == ["heard x"])
    eventlet.sleep(0.3)
    assert heard(noted) == ["heard x"]


def test_one_fact_that_the_broker_refuses_does_not_hold_up_the_others(
    start: Any, unique: str, record: Any, channel: amqp.Channel, noted: Any, sql: Any
) -> None:
    """A queue that is full refuses; `<service>.other` goes there and nowhere else."""
    full = channel.queue_declare(
        exclusive=True, arguments={"x-max-length": 0, "x-overflow": "reject-publish"}
    ).queue
    topology.declare_exchanges(channel)
    channel.queue_bind(full, topology.EVENTS_EXCHANGE, f"{unique}.other.v1")
    start(listener(f"{unique}_l", unique, note))
    start(teller(unique))
    record(unique, [("other", "stuck"), ("told", "free")])
    until(lambda: heard(noted) == ["heard free"])
    until(lambda: sql("SELECT data FROM outbox") == ['{"text":"stuck"}'])
    until(lambda: OUTBOX_LAG._value.get() >= 5)
    channel.queue_unbind(full, topology.EVENTS_EXCHANGE, f"{unique}.other.v1")
    until(lambda: sql("SELECT count(*) FROM outbox") == [0])
    until(lambda: OUTBOX_LAG._value.get() == 0)


def test_the_largest_fact_is_sent_and_one_that_is_larger_is_refused_before_it_holds_up_others(
    start: Any, unique: str, record: Any, sniffed: Any, sql: Any
) -> None:
    sizes = sniffed(f"{unique}.told.v1", lambda message: str(len(message.body)))
    largest = "x" * (FACT_BYTES_MAX - len('{"text":""}'))
    with pytest.raises(Invalid, match="do it in parts"):
        record(unique, [("told", largest + "x")])
    record(unique, [("told", largest)])
    start(teller(unique))
    assert until(sizes) == [str(FACT_BYTES_MAX)]
    until(lambda: sql("SELECT count(*) FROM outbox") == [0])


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_connection_that_dies_in_the_middle_of_an_acknowledgement_brings_facts_twice_counted_once(
    settings: Settings, start: Any, cable: Wire, unique: str, channel: amqp.Channel, noted: Any, share: float
) -> None:
    deliveries: list[str] = []

    def count(work: ProbeWork, message: Message) -> None:
        deliveries.append(message.data["text"])
        note(work, message)

    is_ack = once(lambda direction, data: direction == "to" and ACK in data)
    cable.cut_at = lambda direction, data: int(len(data) * share) if is_ack(direction, data) else None
    through(cable, settings, start, listener(f"{unique}_l", unique, count))
    for number in range(30):
        put(channel, unique, str(number))
    until(lambda: len(heard(noted)) == 30)
    until(lambda: cable.connections >= 2)
    eventlet.sleep(0.5)
    assert len(heard(noted)) == len(set(heard(noted))) == 30
    assert len(deliveries) == 30  # the inbox knew them: no handler ran again


def test_a_lost_reply_is_asked_for_again_and_is_the_same(
    settings: Settings, start: Any, cable: Wire, unique: str, call: Any, noted: Any
) -> None:
    """The connection goes while the answer is on its way: the caller can't tell, and asks again."""
    cable.cut_at = once_answering(b'"result"')
    through(cable, settings, start, teller(unique))
    with pytest.raises(Unavailable):
        call(f"{unique}.tell", timeout=1, text="x", idempotency_key="k")

    def again() -> Any:
        with suppress(Unavailable):  # the service is still connecting anew, or took the first call too late
            return call(f"{unique}.tell", timeout=5, text="x", idempotency_key="k")

    assert until(again) == {"text": "x"}
    assert noted() == ["told x"]


def once_answering(part: bytes) -> Callable[[str, bytes], int | None]:
    matches = once(lambda direction, data: direction == "to" and part in data)
    return lambda direction, data: 10 if matches(direction, data) else None


def test_facts_of_one_thing_leave_one_replica_in_the_order_of_its_changes(
    start: Any, unique: str, call: Any, sniffed: Any
) -> None:
    """Ids are given out before the commit; but who changes the same thing waits for the other's commit."""
    sent = sniffed(f"{unique}.told.v1", lambda message: json.loads(message.body)["text"])
    start(counter(unique))
    pile = eventlet.GreenPile(8)
    for _ in range(40):
        pile.spawn(call, f"{unique}.count", timeout=PATIENCE_SECONDS)
    list(pile)
    until(lambda: len(sent()) == 40)
    assert sent() == [str(number) for number in range(40)]


def counter(name: str) -> Any:
    class Counter(Service):
        work = WorkProvider(ProbeWork)

        @rpc()
        def count(self, call: Call) -> dict[str, Any]:
            with self.work() as work:
                work.connection.execute(sa.text("LOCK effects IN EXCLUSIVE MODE"))
                number = work.connection.scalar(sa.text("SELECT count(*) FROM effects"))
                work.note(str(number))
                work.publish("told", {"text": str(number)})
            return {}

    Counter.name = name
    return Counter
