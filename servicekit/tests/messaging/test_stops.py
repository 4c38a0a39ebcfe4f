"""A service asked to stop ends what it does, within its time, and leaves the rest to others."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from typing import Any

import amqp
import eventlet
import pytest
from servicekit.settings import Settings
from servicekit.testing.probes import until

from .replicas import probe
from .test_facts import put

ROUNDS = int(os.environ.get("STOP_ROUNDS", "1"))  # 7 by hand, of three replicas each


def test_a_stop_ends_what_runs_and_nothing_runs_again(
    spawn: Any, unique: str, channel: amqp.Channel, call: Any, noted: Any
) -> None:
    first = spawn(unique)
    running = eventlet.spawn(call, f"{unique}.do", text="take a second")
    put(channel, f"{unique}_source", "take two seconds")
    until(lambda: "began take a second" in noted() and first.hears("take two seconds"))
    first.signal(signal.SIGTERM)
    assert first.wait() == 0
    assert running.wait()["text"] == "take a second"
    spawn(unique)
    once = ["began take a second", "did take a second", "heard take two seconds"]
    until(lambda: sorted(noted()) == once)
    eventlet.sleep(1)
    assert sorted(noted()) == once


@pytest.mark.parametrize("deed", ["hang", "compute for ever"])
def test_a_fact_whose_handling_never_ends_cannot_hold_up_a_stop(
    spawn: Any, unique: str, channel: amqp.Channel, deed: str
) -> None:
    replica = spawn(unique, STOP_LIMIT="2")
    put(channel, f"{unique}_source", deed)
    until(lambda: replica.hears(deed))
    replica.signal(signal.SIGTERM)
    assert replica.wait() == 1  # by itself: the deed has no end
    assert "the stop took too long" in replica.log


def test_starts_and_stops_under_a_burst(
    spawn: Any, settings: Settings, unique: str, channel: amqp.Channel, call: Any, noted: Any
) -> None:
    """Some asked twice, some in the middle of their start: all end by themselves, in time."""
    spawn(unique)
    sent: list[str] = []
    burst = eventlet.spawn(keep_busy, channel, call, unique, sent)
    chance = random.Random(20)
    for _ in range(ROUNDS):
        replicas = [probe(settings, unique, wait=False, STOP_LIMIT="20") for _ in range(3)]
        for replica in replicas[:2]:
            until(lambda replica=replica: replica.has_started)  # type: ignore[misc]
        eventlet.sleep(chance.uniform(0, 0.3))
        for replica in replicas:
            replica.signal(signal.SIGTERM)
        replicas[0].signal(signal.SIGINT)
        codes = [replica.wait() for replica in replicas]
        assert codes[:2] == [0, 0]  # 1 when something held it up until its limit
        assert codes[2] in (0, -signal.SIGTERM)  # the latter before it has looked at signals at all
        for replica in replicas:
            assert "simultaneous read" not in replica.log
            replica.remove()
    burst.kill()
    until(lambda: set(noted()) >= {f"heard {text}" for text in sent})
    heard = [text for text in noted() if text.startswith("heard")]
    assert len(heard) == len(set(heard))


def keep_busy(channel: amqp.Channel, call: Callable[..., Any], name: str, sent: list[str]) -> None:
    for number in range(100_000):
        put(channel, f"{name}_source", f"fact {number}")
        sent.append(f"fact {number}")
        eventlet.spawn_n(ask, call, name, number)
        eventlet.sleep(0.01)


def ask(call: Callable[..., Any], name: str, number: int) -> None:
    call(f"{name}.do", timeout=10, text=f"call {number}", idempotency_key=f"key-{number}")
