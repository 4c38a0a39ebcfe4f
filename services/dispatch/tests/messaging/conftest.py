"""Dispatch as it runs, on a real broker with a supplier user of the rights that production gives.

Run under eventlet (`./desk test messaging`). The supplier is a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dispatch import heard
from dispatch.handlers import planning
from dispatch.settings import DispatchSettings
from dispatch.testing import Running as RunningDispatch
from dispatch.testing import SuppliersBroker, suppliers_broker
from kombu import Connection
from servicekit.testing.probes import until

from ..samples import OTHER_RPC, RPC, TEAM, accepted, product, step  # noqa: TID252  own samples

USER = str(RPC.address)
RPC_EXCHANGE = "nameko-rpc"


@pytest.fixture(scope="session")
def broker() -> Iterator[SuppliersBroker]:
    with suppliers_broker() as made:
        for user in (USER, str(OTHER_RPC.address)):
            made.let_in(user)
        yield made


@pytest.fixture
def settings(fresh_database: Callable[[str], str], broker: SuppliersBroker) -> DispatchSettings:
    return DispatchSettings(
        database_url=fresh_database("dispatch"),
        amqp_url=broker.desk,
        suppliers_amqp_url=broker.suppliers,
        actor_secret="test",
        delivery_timeout=20.0,  # as long as a busy machine may need; who waits for silence says less
        delivery_delays=[0.2, 0.4],
        delivery_poll=0.5,
    )


class Running(RunningDispatch):
    def request(self, name: str = "request") -> None:
        """A request for Vonk & Val is accepted."""
        with self.work() as work:
            planning.request_accepted(work, heard.RequestAccepted().load(accepted(name)))


@pytest.fixture
def running(settings: DispatchSettings) -> Iterator[Running]:
    """Not started yet; knows the providers and a product whose one step is for Vonk & Val."""
    running = Running(settings)
    with running.work() as work:
        for provider in (TEAM, RPC):
            work.providers.save(provider, work.now)
        work.products.save(product(step("repair", RPC.slug)))
    yield running
    running.close()


@pytest.fixture
def supplier(broker: SuppliersBroker, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """supplier(SUPPLIER_MODE="refuse") starts the demo's supplier, and waits until it listens; its record
    outlives it within one test.
    """
    started: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo_supplier"],
            env={**supplier_environment(broker, tmp_path), **environment},
            stdout=subprocess.DEVNULL,
        )
        started.append(process)
        # One that was killed before counts until the broker has seen it.
        until(lambda: listeners(broker) == sum(one.poll() is None for one in started))
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def supplier_environment(broker: SuppliersBroker, folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "SUPPLIER_AMQP_URL": broker.urls[USER],
        "SUPPLIER_RECORD": str(folder / "record.sqlite3"),
        "SUPPLIER_STEP_SECONDS": "0.1",
        "LOG_LEVEL": "INFO",
    }


def listeners(broker: SuppliersBroker) -> int:
    """How many programs of the supplier wait for orders."""
    with Connection(broker.suppliers) as connection:
        found = connection.default_channel.queue_declare(f"rpc-{USER}", passive=True)
    return int(found.consumer_count)


@pytest.fixture(autouse=True)
def empty_queue(broker: SuppliersBroker) -> None:
    """What one test left in the supplier's queue is not the next one's: nor what the broker puts back there
    when it sees that a program has died.
    """
    until(lambda: not broker.admin.connection_count(USER))
    with Connection(broker.suppliers) as connection:
        connection.default_channel.queue_purge(f"rpc-{USER}")
