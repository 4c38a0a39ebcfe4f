"""What may go wrong with a supplier's program, over each line: one order, one execution, visible, repairable.

The program is the demo's, as a process of its own; it dies as programs die.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa
from dispatch import heard
from dispatch.domain.providers import Means, Provider
from dispatch.domain.supplier_access import invited
from dispatch.domain.webhook_secrets import signing_secrets
from dispatch.handlers import planning
from dispatch.handlers.acting import redeliver_work_order
from dispatch.storage.delivery_tables import supplier_access
from dispatch.testing import SuppliersBroker
from servicekit.embedded.ports import free_ports, is_open
from servicekit.testing.probes import until

from ..samples import NOW, RPC, WEBHOOK, closed, product, step  # noqa: TID252  own samples
from .conftest import Running, listeners, supplier_environment

MASTER = "master secret of this test"
CRASHED = 70


class Program:
    """The supplier's program, which may be started again; its record outlives it."""

    def __init__(self, environment: dict[str, str], listens: Callable[[], bool]) -> None:
        self._environment = environment
        self._listens = listens
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, **behaviour: str) -> None:
        """And wait until it takes orders."""
        self.launch(**behaviour)
        until(self._listens)

    def launch(self, **behaviour: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "demo_supplier"],
            env={**self._environment, "SUPPLIER_STEP_SECONDS": "60", **behaviour},
            stdout=subprocess.DEVNULL,
        )
        self._processes.append(process)

    def stop(self) -> None:
        self.kill()
        until(lambda: not self._listens())  # the broker sees it a moment later

    def kill(self) -> None:
        self._processes[-1].kill()
        self._processes[-1].wait()

    def died(self) -> int | None:
        return self._processes[-1].poll()

    def taken(self) -> list[str]:
        """The orders that it took, by its own record."""
        return self._numbers("WHERE stage = 'answered'")

    def begun(self) -> list[str]:
        """Also those that it thinks about."""
        return self._numbers("")

    def _numbers(self, which: str) -> list[str]:
        with closing(sqlite3.connect(self._environment["SUPPLIER_RECORD"])) as connection:
            return [number for (number,) in connection.execute(f"SELECT number FROM orders {which}")]

    def close(self) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.kill()
            process.wait()


@pytest.fixture(params=[Means.RPC, Means.WEBHOOK])
def program(
    request: pytest.FixtureRequest, running: Running, broker: SuppliersBroker, tmp_path: Path
) -> Iterator[Program]:
    """Not started yet; its orders come over this line."""
    environment = supplier_environment(broker, tmp_path)
    provider = RPC
    if request.param is Means.WEBHOOK:
        provider = by_webhook(running, environment, tmp_path)
    with running.work() as work:
        work.products.save(product(step("work", provider.slug)))

    def listens() -> bool:
        port = environment.get("SUPPLIER_PORT")
        return is_open(int(port)) if port else listeners(broker) > 0

    program = Program(environment, listens)
    yield program
    program.close()


def by_webhook(running: Running, environment: dict[str, str], folder: Path) -> Provider:
    (port,) = free_ports(1)
    provider = replace(WEBHOOK, address=f"http://127.0.0.1:{port}/orders")
    running.settings = replace(
        running.settings, webhook_master_secret=MASTER, webhook_allowed_targets=[f"127.0.0.1:{port}"]
    )
    with running.work() as work:
        work.providers.save(provider, work.now)
        access = invited(provider.provider_id, None, None, NOW, "Karin")
        work.connection.execute(sa.insert(supplier_access).values(**vars(access)))
    given = folder / "given.json"
    given.write_text(
        json.dumps({"token": "sdp_x", "secret": signing_secrets(MASTER, provider.provider_id, 1)[0]})
    )
    del environment["SUPPLIER_AMQP_URL"]
    environment |= {
        "SUPPLIER_DESK_URL": "http://127.0.0.1:1",
        "SUPPLIER_CREDENTIALS": str(given),
        "SUPPLIER_PORT": str(port),
    }
    return provider


def failed(running: Running) -> bool:
    return bool(running.order()["delivery"]["state"] == "failed")


def redeliver(running: Running) -> None:
    with running.work() as work:
        redeliver_work_order(work, running.order()["work_order_id"])


def withdraw(running: Running) -> None:
    with running.work() as work:
        planning.request_closed(work, heard.RequestClosed().load(closed()))


def repaired(running: Running, program: Program) -> None:
    """A good program is there again, and the desk delivers once more if need be: taken, once."""
    program.start()

    def is_taken() -> bool:
        if failed(running):
            redeliver(running)
        return bool(running.order()["state"] == "accepted")

    until(is_taken)
    assert program.taken() == [running.order()["number"]]
    assert running.history().count("accept") == 1


def test_it_is_not_there(running: Running, program: Program) -> None:
    running.start(delivery_timeout=1.0)
    running.request()
    until(lambda: failed(running))
    assert set(running.attempts()) <= {"away", "no_answer"}
    assert running.history() == ["delivery_failed"]
    repaired(running, program)


@pytest.mark.parametrize(
    ("mode", "timeout", "outcome", "says"),
    [
        ("silent", 1.0, "no_answer", "1 seconds"),
        ("fail", 20.0, "error", "our planning system is out of order"),
    ],
)
def test_it_brings_no_answer(
    running: Running, program: Program, mode: str, timeout: float, outcome: str, says: str
) -> None:
    program.start(SUPPLIER_MODE=mode)
    running.start(delivery_timeout=timeout)
    running.request()
    until(lambda: failed(running))
    assert running.attempts() == [outcome] * 3
    assert says in running.order()["delivery"]["error"]
    assert running.order()["state"] == "issued"
    program.stop()
    repaired(running, program)


def test_it_refuses(running: Running, program: Program) -> None:
    program.start(SUPPLIER_MODE="refuse")
    running.start(delivery_delays=[0.5] * 10)
    running.request()
    order = running.becomes("refused")
    assert order["reason"]
    assert program.taken() == []
    program.stop()
    program.start()
    redeliver(running)
    running.becomes("accepted")
    assert program.taken() == [order["number"]]


def test_it_is_slower_than_the_desk_waits(running: Running, program: Program) -> None:
    program.start(SUPPLIER_ANSWER_SECONDS="1.5")
    running.start(delivery_timeout=1.0, delivery_delays=[0.5] * 60)
    running.request()
    running.becomes("accepted")
    assert "no_answer" in running.attempts()
    assert program.taken() == [running.order()["number"]]
    assert running.history() == ["accept"]


def test_it_dies_between_writing_the_order_down_and_saying_so(running: Running, program: Program) -> None:
    program.start(SUPPLIER_MODE="crash")
    running.start(delivery_timeout=1.0, delivery_delays=[0.5] * 60)
    running.request()
    until(lambda: program.died() == CRASHED)
    assert running.order()["state"] == "issued"
    repaired(running, program)


def test_it_answers_when_the_order_was_withdrawn_already(running: Running, program: Program) -> None:
    """Its acceptance comes after the desk took the order back: it hears that, and stops."""
    program.start(SUPPLIER_ANSWER_SECONDS="3")
    running.start(delivery_delays=[0.5] * 10)
    running.request()
    until(program.begun)
    withdraw(running)
    running.becomes("cancelled")
    assert running.history() == ["cancel", "confirm_cancellation"]
    assert program.taken() == []


def test_it_is_asked_twice_and_works_once(running: Running, program: Program) -> None:
    """The desk's own process dies after the answer and before it wrote that down: it asks again."""
    program.start(SUPPLIER_MODE="manual")
    running.start(delivery_delays=[0.5] * 10)
    running.request()
    until(lambda: running.order()["delivery"]["state"] == "delivered")
    redeliver(running)
    until(lambda: running.history() == ["deliver", "redeliver", "deliver"])
    assert program.taken() == [running.order()["number"]]


@pytest.fixture
def many(running: Running, program: Program) -> Callable[[int], list[dict[str, Any]]]:
    def request(count: int) -> list[dict[str, Any]]:
        for number in range(count):
            running.request(f"r{number}")
        return running.orders()

    return request


def test_it_is_killed_again_and_again_under_load(
    running: Running, program: Program, many: Callable[[int], list[dict[str, Any]]]
) -> None:
    program.start()
    running.start(delivery_timeout=1.0, delivery_delays=[0.5] * 80)
    many(12)
    for _ in range(3):
        eventlet.sleep(0.8)
        program.kill()
        program.launch()
    until(lambda: all(one["state"] == "accepted" for one in running.orders()))
    assert sorted(program.taken()) == sorted(one["number"] for one in running.orders())
