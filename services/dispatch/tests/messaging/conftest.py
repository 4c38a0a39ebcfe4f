"""Dispatch as it runs, on a real broker with a supplier user of the rights that production gives.

Run under eventlet (`./desk test messaging`). The supplier is a process of its own.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import eventlet
import pytest
from deskcli.broker_layout import RPC_EXCHANGE, SUPPLIERS_VHOST, VHOSTS, supplier_user
from dispatch import messages
from dispatch.desk_service import DeskForSuppliers
from dispatch.handlers import planning
from dispatch.handlers.reading import list_work_orders
from dispatch.service import DispatchService
from dispatch.settings import DispatchSettings
from dispatch.storage.reading import Filter
from dispatch.storage.unit_of_work import DispatchWork
from servicekit.clock import SystemClock
from servicekit.embedded.broker_packages import find_or_unpack
from servicekit.embedded.broker_users import BrokerUser, Permission
from servicekit.embedded.ports import free_ports
from servicekit.embedded.programs import end, spawn
from servicekit.embedded.rabbitmq import Rabbitmq
from servicekit.service import _container
from servicekit.storage import Context, Transaction
from servicekit.testing.probes import until

from servicekit import database

from ..samples import AGENT, RPC, TEAM, accepted, product, step  # noqa: TID252  own samples

USER = str(RPC.address)
ROOT = Path(__file__).parents[4]


@dataclass(frozen=True)
class Broker:
    desk: str
    suppliers: str
    supplier: str


@pytest.fixture(scope="session")
def broker() -> Iterator[Broker]:
    """A node of our own: the shared one of the test run has no restricted users."""
    everywhere = tuple(Permission(vhost) for vhost in VHOSTS)
    users = (
        BrokerUser("desk", secrets.token_hex(8), everywhere),
        supplier_user(USER, secrets.token_hex(8)),
        supplier_user("supplier_kabel", secrets.token_hex(8)),
    )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dispatch-broker-")))
        ports = free_ports(3)
        node = Rabbitmq(
            folder=folder,
            programs=find_or_unpack(ROOT / ".desk" / "rabbitmq", print),
            ports=(ports[0], ports[1], ports[2]),
            cookie=secrets.token_hex(16),
            vhosts=VHOSTS,
            users=users,
        )
        node.prepare()
        for program in (node.port_mapper(), node.node()):
            process = spawn(program, folder / f"{program.name}.log")
            stack.callback(end, process, program)
        until(node.is_ready, 60)
        yield Broker(
            node.url("desk", "desk"), node.url("desk", SUPPLIERS_VHOST), node.url(USER, SUPPLIERS_VHOST)
        )


@pytest.fixture
def settings(fresh_database: Callable[[str], str], broker: Broker) -> DispatchSettings:
    return DispatchSettings(
        database_url=fresh_database("dispatch"),
        amqp_url=broker.desk,
        suppliers_amqp_url=broker.suppliers,
        actor_secret="test",
        delivery_timeout=1.0,
        delivery_delays=[0.2, 0.4],
        delivery_poll=0.5,
    )


class Running:
    """Replicas of dispatch in this process, and a way to look into their database."""

    def __init__(self, settings: DispatchSettings) -> None:
        self.settings = settings
        self._engine = database.create_engine(settings.database_url)
        self._containers: list[Any] = []

    def start(self, *services: Any, **changed: Any) -> None:
        from dataclasses import replace

        for service in services or (DispatchService, DeskForSuppliers):
            container = _container(service, replace(self.settings, **changed), main=False)
            container.start()
            self._containers.append(container)
            until(lambda c=container: any(getattr(one, "connected", False) for one in c.subextensions))

    def stop(self) -> None:
        while self._containers:
            self._containers.pop().stop()

    @contextmanager
    def work(self) -> Iterator[DispatchWork]:
        transaction = Transaction(self._engine)
        try:
            yield DispatchWork(transaction, Context("dispatch", AGENT, SystemClock()))
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()

    def request(self, name: str = "request") -> None:
        """A request for Vonk & Val is accepted."""
        with self.work() as work:
            planning.request_accepted(work, messages.RequestAccepted().load(accepted(name)))

    def order(self) -> dict[str, Any]:
        """The only order, or the newest."""
        return self.orders()[0]

    def orders(self) -> list[dict[str, Any]]:
        with self.work() as work:
            items: list[dict[str, Any]] = list_work_orders(work, Filter(), None, 100)["items"]
        return items

    def history(self) -> list[str]:
        with self.work() as work:
            return [line["action"] for line in work.orders.history(self.order()["work_order_id"])]

    def attempts(self) -> list[str]:
        with self.work() as work:
            return [line["outcome"] for line in work.deliveries.attempts(self.order()["work_order_id"])]

    def becomes(self, state: str, seconds: float = 15) -> dict[str, Any]:
        """Wait until the order is in `state`."""
        until(lambda: self.order()["state"] == state, seconds)
        return self.order()

    def close(self) -> None:
        self.stop()
        self._engine.dispose()


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
def supplier(broker: Broker, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """supplier(SUPPLIER_MODE="refuse") starts the demo's supplier; its record outlives it within one test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo_supplier"],
            env={**supplier_environment(broker, tmp_path), **environment},
            stdout=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def supplier_environment(broker: Broker, folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "SUPPLIER_AMQP_URL": broker.supplier,
        "SUPPLIER_RECORD": str(folder / "record.sqlite3"),
        "SUPPLIER_STEP_SECONDS": "0.1",
        "LOG_LEVEL": "INFO",
    }


@pytest.fixture(autouse=True)
def empty_queue(broker: Broker) -> Iterator[None]:
    """What one test left in the supplier's queue is not the next one's."""
    yield
    from kombu import Connection

    with Connection(broker.suppliers) as connection:
        channel = connection.default_channel
        channel.queue_declare(f"rpc-{USER}", durable=True, auto_delete=False)
        channel.queue_purge(f"rpc-{USER}")
    eventlet.sleep(0)


__all__ = ["RPC_EXCHANGE", "SUPPLIERS_VHOST"]
