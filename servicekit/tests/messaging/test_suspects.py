"""A fact that kills whoever handles it is put aside after a few deaths, alone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import amqp
import eventlet
import pytest
import sqlalchemy as sa
from servicekit.amqp import topology
from servicekit.entrypoints.suspects import STRIKES
from servicekit.settings import Settings
from servicekit.testing.probes import OPERATOR, until

from servicekit import database

from .replicas import Replica, probe
from .test_facts import put


class Kept:
    """Starts a replica anew whenever one has died, as whoever keeps the services does."""

    def __init__(self, settings: Settings, name: str, count: int) -> None:
        self.replicas: list[Replica] = [probe(settings, name) for _ in range(count)]
        self.deaths = 0
        self._stopping = False
        self._start = lambda: probe(settings, name)
        self._greenlet = eventlet.spawn(self._keep)

    def _keep(self) -> None:
        while not self._stopping:
            for index, replica in enumerate(self.replicas):
                if replica.ended:
                    self.deaths += 1
                    replica.remove()
                    self.replicas[index] = self._start()
            eventlet.sleep(0.05)

    def stop(self) -> None:
        self._stopping = True
        self._greenlet.wait()
        for replica in self.replicas:
            replica.remove()


@pytest.fixture
def keep(settings: Settings, unique: str, channel: amqp.Channel) -> Iterator[Any]:
    made: list[Kept] = []

    def start(count: int) -> Kept:
        made.append(Kept(settings, unique, count))
        return made[-1]

    topology.declare_exchanges(channel)
    topology.declare_event_queues(channel, unique, [(f"{unique}_source.told", 1)])
    yield start
    for kept in made:
        kept.stop()


def test_only_the_poisonous_fact_is_put_aside(
    keep: Any, unique: str, channel: amqp.Channel, call: Any, noted: Any
) -> None:
    innocent = [f"fact {number}" for number in range(99)]
    for text in [*innocent[:20], "die", *innocent[20:]]:
        put(channel, f"{unique}_source", text)
    kept = keep(2)
    failures = until(lambda: failures_of(call, unique), 100)
    assert [(one["reason_type"], one["attempts"]) for one in failures] == [("ProcessDied", STRIKES + 1)]
    until(lambda: sorted(noted()) == sorted(f"heard {text}" for text in innocent))
    assert kept.deaths <= STRIKES + 3  # one more for each replica that took it unsuspecting
    assert len(failures_of(call, unique)) == 1


def test_who_was_only_there_is_not_marked(
    keep: Any, unique: str, settings: Settings, channel: amqp.Channel, noted: Any
) -> None:
    for number in range(10):
        put(channel, f"{unique}_source", f"fact {number}")
    put(channel, f"{unique}_source", "take two seconds")
    kept = keep(1)
    until(lambda: kept.replicas[0].hears("take two seconds"))
    os.kill(kept.replicas[0].process.pid, signal.SIGKILL)
    until(lambda: len(noted()) == 11)
    engine = sa.create_engine(database.driver_url(settings.database_url), poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM suspects")) == 0


def failures_of(call: Any, service: str) -> list[dict[str, Any]]:
    try:
        items: list[dict[str, Any]] = call(f"{service}.list_failures", actor=OPERATOR, timeout=5)["items"]
        return items
    except Exception:  # it has just died
        return []
