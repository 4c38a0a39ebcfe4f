"""Broker and database go away and come back: everything is kept, and goes on without a hand."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa
from servicekit.actor import service_actor
from servicekit.errors import ServiceError, Unavailable
from servicekit.logs import logger
from servicekit.settings import Settings
from servicekit.storage import Context, Transaction, outbox
from servicekit.testing.probes import OPERATOR, ProbeWork, until

from servicekit import clock, database

from .nodes import Broker, Database, own_database
from .test_facts import heard, listener, note, teller

log = logger("outages")
SOON_SECONDS = 15.0  # a caller's deadline, and what a busy machine may add; an outage has no end by itself
AWAY_SECONDS = float(os.environ.get("AWAY_SECONDS", "1"))  # 60 by hand


@pytest.fixture(scope="module")
def store() -> Iterator[Database]:
    with own_database() as server:
        yield server


@pytest.fixture(scope="module")
def broker_url(broker: Broker) -> str:
    return broker.url


@pytest.fixture(scope="module")
def postgres_url(store: Database) -> str:
    return store.url


@pytest.fixture
def record(settings: Settings) -> Iterator[Callable[[str, str], None]]:
    """record(service, text) commits the fact `<service>.told`, without asking the service."""
    engine = sa.create_engine(database.driver_url(settings.database_url), poolclass=sa.pool.NullPool)

    def commit(name: str, text: str) -> None:
        transaction = Transaction(engine)
        context = Context(producer=name, actor=service_actor(name), clock=clock.SystemClock())
        ProbeWork(transaction, context).publish("told", {"text": text})
        transaction.commit()

    yield commit
    engine.dispose()


@pytest.fixture
def pair(start: Any, unique: str, noted: Any, record: Any) -> str:
    """Who tells and who listens, both at work."""
    start(listener(f"{unique}_l", unique, note))
    start(teller(unique))
    record(unique, "before")
    until(lambda: heard(noted) == ["heard before"])
    return unique


def waiting(settings: Settings) -> int:
    engine = sa.create_engine(database.driver_url(settings.database_url), poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(outbox)) or 0)


def outcome(call: Any, target: str, **arguments: Any) -> tuple[str, float]:
    """What a caller hears, and after how many seconds."""
    began = time.monotonic()
    try:
        call(target, **{"timeout": 1.5, **arguments})
        said = "answered"
    except ServiceError as error:
        said = type(error).__name__
    return said, time.monotonic() - began


def is_told_once(call: Any, pair: str) -> bool:
    """Under a key: an answer that comes too late must not make it told twice."""
    return outcome(call, f"{pair}.tell", timeout=5, text="after", idempotency_key="after")[0] == "answered"


def test_under_a_memory_alarm_facts_wait_and_callers_are_told(
    pair: str,
    broker: Broker,
    settings: Settings,
    record: Any,
    noted: Any,
    call: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("servicekit.amqp.publisher.CONFIRM_TIMEOUT_SECONDS", 0.5)
    broker.alarm(True)
    record(pair, "in the alarm")
    eventlet.sleep(1.5)
    said, seconds = outcome(call, f"{pair}.tell", text="no answer can come")
    assert said in ("DeadlineExceeded", "Unavailable")
    assert seconds < SOON_SECONDS
    assert waiting(settings) == 1
    assert heard(noted) == ["heard before"]
    broker.alarm(False)
    until(lambda: "heard in the alarm" in heard(noted))
    until(lambda: is_told_once(call, pair))
    until(lambda: "heard after" in heard(noted))
    assert len(heard(noted)) == len(set(heard(noted)))


def test_a_failing_fact_is_parked_when_the_alarm_is_over_and_nothing_is_counted_against_the_others(
    start: Any,
    broker: Broker,
    unique: str,
    record: Any,
    noted: Any,
    call: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("servicekit.amqp.publisher.CONFIRM_TIMEOUT_SECONDS", 0.3)
    monkeypatch.setattr("servicekit.entrypoints.inbox.RETRY_SECONDS", 0.1)
    deliveries: list[int] = []

    def fail_at_first(work: ProbeWork, message: Any) -> None:
        if message.data["text"] == "bad":
            if not deliveries:
                broker.alarm(True)
            deliveries.append(int(message.headers.get("x-delivery-count", 0)))
            if message.attempt == 1:
                raise ValueError("not at first")
        note(work, message)

    start(teller(unique))
    start(listener(f"{unique}_l", unique, fail_at_first))
    record(unique, "bad")
    until(lambda: deliveries)
    eventlet.sleep(2)
    broker.alarm(False)
    until(lambda: heard(noted) == ["heard bad"])
    assert max(deliveries) == 0
    assert call(f"{unique}_l.list_failures", actor=OPERATOR)["items"] == []


def test_a_service_stops_in_time_under_a_memory_alarm(
    broker: Broker, start: Any, unique: str, record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicekit.amqp.publisher.CONFIRM_TIMEOUT_SECONDS", 0.5)
    container = start(teller(unique))
    broker.alarm(True)
    try:
        record(unique, "stays")
        eventlet.sleep(1)
        began = time.monotonic()
        container.stop()
        assert time.monotonic() - began < SOON_SECONDS
    finally:
        broker.alarm(False)


def test_the_broker_goes_away_and_comes_back(
    pair: str, broker: Broker, settings: Settings, record: Any, noted: Any, call: Any
) -> None:
    broker.kill()
    record(pair, "while it was away")
    said, seconds = outcome(call, f"{pair}.tell", text="nobody hears this")
    assert said in ("DeadlineExceeded", "Unavailable")
    assert seconds < SOON_SECONDS
    eventlet.sleep(AWAY_SECONDS)
    assert waiting(settings) == 1
    broker.start()
    back = time.monotonic()
    until(lambda: "heard while it was away" in heard(noted))
    log.info("the broker was back", seconds_to_recover=round(time.monotonic() - back, 1))
    until(lambda: is_told_once(call, pair))
    until(lambda: "heard after" in heard(noted))
    assert len(heard(noted)) == len(set(heard(noted)))


@pytest.mark.parametrize("way", ["kill", "stop"])
def test_the_database_goes_away_and_comes_back(
    pair: str, store: Database, record: Any, noted: Any, call: Any, way: str, settings: Settings
) -> None:
    record(pair, "just before")
    getattr(store, way)()
    said, _ = outcome(call, f"{pair}.tell", timeout=SOON_SECONDS, text="not written")
    assert said == "Unavailable"  # and not DeadlineExceeded: it is told, and does not wait for ever
    eventlet.sleep(AWAY_SECONDS)
    store.start()
    back = time.monotonic()
    until(lambda: is_told_once(call, pair))
    log.info("the database was back", seconds_to_recover=round(time.monotonic() - back, 1))
    until(lambda: sorted(heard(noted)) == ["heard after", "heard before", "heard just before"])
    assert call(f"{pair}_l.list_failures", actor=OPERATOR)["items"] == []


def test_a_database_that_hangs_is_given_up_and_taken_back(
    pair: str, store: Database, noted: Any, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicekit.database.ANSWER_LIMIT_SECONDS", 1.0)
    store.freeze(True)
    try:
        with pytest.raises(Unavailable):
            call(f"{pair}.tell", timeout=SOON_SECONDS, text="not written")
    finally:
        store.freeze(False)
    until(lambda: is_told_once(call, pair))
    until(lambda: "heard after" in heard(noted))
