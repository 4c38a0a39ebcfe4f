"""From a commit to a supplier's hands and back, over a real broker, with a real supplier process."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import eventlet
import pytest
from dispatch.service import DispatchService
from dispatch.supplier_queues import ORDERS_EXCHANGE
from dispatch.testing import SuppliersBroker
from kombu import Connection, Consumer, Exchange, Producer, Queue
from servicekit.testing.probes import PATIENCE_SECONDS, until

from .conftest import USER, Running, supplier_environment


@pytest.fixture
def running(running: Running) -> Running:
    """Tries long enough for a supplier's program to come up, however busy the machine is."""
    running.settings = replace(running.settings, delivery_delays=[0.2, 0.4, *[0.5] * 60])
    return running


def test_an_order_is_accepted_planned_and_completed(running: Running, supplier: Callable[..., Any]) -> None:
    running.start()
    supplier()
    running.request()
    order = running.becomes("technically_complete")
    assert running.history() == ["accept", "schedule", "start", "complete"]
    assert order["cost_cents"] == 9500
    assert order["delivery"]["state"] == "delivered"


def test_a_refusal_arrives_with_its_reason(running: Running, supplier: Callable[..., Any]) -> None:
    running.start()
    supplier(SUPPLIER_MODE="refuse")
    running.request()
    assert "Geen monteur" in running.becomes("refused")["reason"]


def test_an_absent_supplier_shows_and_the_order_is_repaired_when_it_is_back(
    running: Running, supplier: Callable[..., Any]
) -> None:
    running.start(delivery_timeout=1.0, delivery_delays=[0.2, 0.4])
    running.request()
    until(lambda: running.order()["delivery"]["state"] == "failed")
    assert running.attempts() == ["no_answer"] * 3
    assert running.history() == ["delivery_failed"]
    supplier()
    from dispatch.handlers.acting import redeliver_work_order

    with running.work() as work:
        redeliver_work_order(work, running.order()["work_order_id"])
    running.becomes("technically_complete")


def test_a_silent_supplier_times_out_and_is_asked_again(
    running: Running, supplier: Callable[..., Any], tmp_path: Path
) -> None:
    running.start(delivery_timeout=1.0)
    process = supplier(SUPPLIER_MODE="silent")
    running.request()
    until(lambda: "no_answer" in running.attempts())
    # It must have begun, not only be starting up, before it can be asked to stop.
    until(lambda: orders_begun(tmp_path / "record.sqlite3"))
    process.terminate()
    assert process.wait(PATIENCE_SECONDS) == 0
    supplier()
    until(
        lambda: running.order()["state"] in ("accepted", "scheduled", "in_progress", "technically_complete")
    )


def orders_begun(record: Path) -> int:
    """How many orders the supplier's program has noted in its own record."""
    try:
        with closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as connection:
            found: int = connection.execute("SELECT count(*) FROM orders").fetchone()[0]
            return found
    except sqlite3.OperationalError:
        return 0  # it is still starting up


def test_a_supplier_that_is_too_slow_carries_it_out_once(
    running: Running, supplier: Callable[..., Any]
) -> None:
    """Its answer comes after the desk gave up waiting; the next attempt gets the recorded one."""
    running.start(delivery_timeout=1.0)
    supplier(SUPPLIER_ANSWER_SECONDS="1.3")
    running.request()
    running.becomes("technically_complete")
    assert running.attempts()[-1] == "accepted"
    assert running.history() == ["accept", "schedule", "start", "complete"]


def test_a_program_that_fails_is_told_and_tried_again(running: Running, supplier: Callable[..., Any]) -> None:
    running.start()
    supplier(SUPPLIER_MODE="fail")
    running.request()
    until(lambda: "error" in running.attempts())  # an attempt before it listens has no answer at all
    assert "out of order" in running.order()["delivery"]["error"]
    running.stop()  # before its program goes, or it would wait for that one's answer


def test_a_supplier_that_dies_after_accepting_goes_on_where_it_was(
    running: Running, supplier: Callable[..., Any]
) -> None:
    running.start()
    process = supplier(SUPPLIER_STEP_SECONDS="1.5")
    running.request()
    until(lambda: "accept" in running.history())
    process.kill()
    process.wait()
    supplier()
    running.becomes("technically_complete")
    assert running.history() == ["accept", "schedule", "start", "complete"]


def test_a_person_may_answer(
    running: Running, supplier: Callable[..., Any], broker: SuppliersBroker, tmp_path: Any
) -> None:
    import subprocess
    import sys

    running.start()
    supplier(SUPPLIER_MODE="manual")
    running.request()
    until(lambda: running.order()["delivery"]["state"] == "delivered")
    assert (running.order()["state"], running.history()) == ("issued", ["deliver"])
    number = running.order()["number"]
    for words in (["orders"], ["accept", number], ["start", number], ["complete", number]):
        told = subprocess.run(
            [sys.executable, "-m", "demo_supplier", *words],
            env=supplier_environment(broker, tmp_path),
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
        assert number.encode() in told.stdout
    running.becomes("technically_complete")


def test_a_withdrawal_reaches_the_supplier_and_is_acknowledged(
    running: Running, supplier: Callable[..., Any]
) -> None:
    from dispatch import heard
    from dispatch.handlers import planning

    from ..samples import closed  # noqa: TID252  own samples

    running.start()
    supplier(SUPPLIER_STEP_SECONDS="30")
    running.request()
    running.becomes("accepted")
    with running.work() as work:
        planning.request_closed(work, heard.RequestClosed().load(closed()))
    running.becomes("cancelled")
    assert running.history() == ["accept", "cancel", "confirm_cancellation"]


def test_what_a_dead_replica_claimed_is_taken_over(running: Running, supplier: Callable[..., Any]) -> None:
    from datetime import timedelta

    from dispatch.handlers.delivering import claim_parcels

    running.request()
    with running.work() as work:
        assert claim_parcels(work, 5, 5, timedelta(seconds=2), [])  # and this process dies here
        lapses = work.now + timedelta(seconds=2)
    running.start()
    supplier()
    running.becomes("technically_complete")
    with running.work() as work:
        history = work.orders.history(running.order()["work_order_id"])
    assert min(line["at"] for line in history) >= lapses


def test_two_replicas_deliver_many_orders_once_each(running: Running, supplier: Callable[..., Any]) -> None:
    running.start()
    running.start(DispatchService)
    supplier(SUPPLIER_STEP_SECONDS="60")
    for number in range(30):
        running.request(f"r{number}")
    until(lambda: all(one["state"] == "accepted" for one in running.orders()))
    orders = running.orders()
    assert len(orders) == 30
    with running.work() as work:
        for one in orders:
            actions = [line["action"] for line in work.orders.history(one["work_order_id"])]
            assert actions == ["accept"]


def test_an_idle_delivery_is_quick(running: Running, broker: SuppliersBroker) -> None:
    """From the commit in this process (the bell rings as after an event) into the supplier's hands."""
    from dispatch.channels import bell

    running.start(delivery_poll=5.0, delivery_timeout=1.0, delivery_delays=[])  # nobody answers
    arrived: list[float] = []

    def taken_by(begin: Callable[[], None]) -> float:
        count, began = len(arrived), time.perf_counter()
        begin()
        until(lambda: len(arrived) > count)
        return arrived[-1] - began

    with (
        listening(broker, lambda _: arrived.append(time.perf_counter())),
        Connection(broker.suppliers) as desk,
    ):
        exchange = Exchange(ORDERS_EXCHANGE, no_declare=True)
        producer = Producer(desk, exchange, f"{USER}.receive_order", auto_declare=False)
        took, bare = [], []
        for number in range(12):
            running.request(f"timed {number}")
            took.append(taken_by(bell.DELIVERIES.set))
            bare.append(taken_by(lambda: producer.publish(b"{}")))
    median, alone = sorted(took[1:])[5], sorted(bare[1:])[5]
    print(f"commit to supplier: median {median * 1000:.1f} ms, the broker alone {alone * 1000:.1f} ms")  # noqa: T201
    # The goal is 15 ms. This machine may be doing other things, as is seen by what the broker alone takes.
    assert median < max(0.1, 20 * alone)


@contextmanager
def listening(broker: SuppliersBroker, heard: Callable[[Any], Any]) -> Iterator[None]:
    """A supplier's program in this process; `heard` gets what comes, and may answer it."""

    def listen() -> None:
        with Connection(broker.urls[USER]) as connection:
            queue = Queue(f"rpc-{USER}", no_declare=True)
            with Consumer(connection, [queue], no_ack=True, auto_declare=False, on_message=heard):
                while True:
                    connection.drain_events()

    greenlet = eventlet.spawn(listen)
    eventlet.sleep(0.5)
    try:
        yield
    finally:
        greenlet.kill()


def test_a_supplier_stops_cleanly(running: Running, supplier: Callable[..., Any]) -> None:
    running.start()
    process = supplier()
    running.request()
    running.becomes("technically_complete")
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_SECONDS) == 0


def test_an_answer_that_comes_twice_counts_once(running: Running, broker: SuppliersBroker) -> None:
    """A program that sends its reply three times over disturbs neither this order nor the next."""

    def answer(message: Any) -> None:
        with Connection(broker.urls[USER]) as back:
            producer = Producer(back, auto_declare=False)
            for _ in range(3):
                producer.publish(
                    b'{"result": {"answer": "accepted"}, "error": null}',
                    exchange="nameko-rpc",
                    routing_key=message.properties["reply_to"],
                    correlation_id=message.properties["correlation_id"],
                    content_type="application/json",
                    content_encoding="utf-8",
                    declare=[],
                    user_id=USER,
                )

    running.start()
    with listening(broker, answer):
        running.request()
        running.becomes("accepted")
        running.request("another")
        until(lambda: [one["state"] for one in running.orders()] == ["accepted", "accepted"])
    assert running.attempts() == ["accepted"]
    assert running.history() == ["accept"]
