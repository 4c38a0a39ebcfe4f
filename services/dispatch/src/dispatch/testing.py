"""For tests: a private broker on which suppliers are let in as in production, and dispatch on it.

Run under eventlet (`./desk test messaging security`).
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from servicekit.actor import Actor
from servicekit.clock import SystemClock
from servicekit.embedded.broker_packages import find_or_unpack
from servicekit.embedded.broker_users import BrokerUser, Permission
from servicekit.embedded.ports import free_ports
from servicekit.embedded.programs import end, spawn
from servicekit.embedded.rabbitmq import Rabbitmq
from servicekit.service import _container
from servicekit.storage import Context, Transaction
from servicekit.testing.probes import PATIENCE_SECONDS, until
from servicekit.testing.servers import _checkout_cache

from dispatch.channels.broker_admin import BrokerAdmin
from dispatch.desk_service import DeskForSuppliers
from dispatch.domain.supplier_access import password_hash
from dispatch.handlers.reading import list_work_orders
from dispatch.service import DispatchService
from dispatch.settings import DispatchSettings
from dispatch.storage.reading import Filter
from dispatch.storage.unit_of_work import DispatchWork
from dispatch.supplier_queues import SupplierQueues
from servicekit import database

VHOSTS = ("desk", "suppliers")
AGENT = Actor("person", "amira", "Amira", frozenset({"agent"}))


@dataclass
class SuppliersBroker:
    """Addresses, each with the user and password that belong to it."""

    node: Rabbitmq
    desk: str
    suppliers: str
    admin_url: str
    urls: dict[str, str] = field(default_factory=dict)  # of the suppliers that were let in, by user

    @property
    def admin(self) -> BrokerAdmin:
        return BrokerAdmin(self.admin_url, "suppliers")

    def let_in(self, user: str) -> str:
        """Make a supplier's user as the desk does, with its queue; answers its address."""
        password = secrets.token_urlsafe(16)
        self.admin.make(user, password_hash(password, secrets.token_bytes(4)))
        SupplierQueues(self.suppliers).ensure([user])
        self.urls[user] = self.url(user, password)
        return self.urls[user]

    def url(self, user: str, password: str, vhost: str = "suppliers") -> str:
        return f"amqp://{user}:{password}@127.0.0.1:{self.node.ports[0]}/{vhost}"

    def in_vhost(self, user: str, vhost: str) -> str:
        """A supplier's address, with another vhost in it."""
        return self.url(user, str(urlsplit(self.urls[user]).password), vhost)


@contextmanager
def suppliers_broker(memory: int = 1024 * 1024 * 1024) -> Iterator[SuppliersBroker]:
    """A node of its own: that of the test run has neither a management API nor restricted users."""
    users = (
        BrokerUser("desk", secrets.token_hex(8), tuple(Permission(vhost) for vhost in VHOSTS)),
        BrokerUser("desk_admin", secrets.token_hex(8), (), tags=("administrator",)),
    )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="suppliers-broker-")))
        amqp, distribution, mapper, management = free_ports(4)
        node = Rabbitmq(
            folder,
            find_or_unpack(_checkout_cache(), print),
            (amqp, distribution, mapper),
            secrets.token_hex(16),
            VHOSTS,
            users,
            management,
            memory,
        )
        node.prepare()
        for program, is_up in ((node.port_mapper(), node.is_mapped), (node.node(), node.is_ready)):
            stack.callback(end, spawn(program, folder / f"{program.name}.log"), program)
            until(is_up, 60)
        broker = SuppliersBroker(
            node, node.url("desk", "desk"), node.url("desk", "suppliers"), node.management_url("desk_admin")
        )
        broker.admin.bound_queues()
        yield broker


class Running:
    """Replicas of dispatch in this process, and a way to look into their database."""

    def __init__(self, settings: DispatchSettings) -> None:
        self.settings = settings
        self._engine = database.create_engine(settings.database_url)
        self._containers: list[Any] = []
        # Of timers that shall not go as in production: method -> seconds.
        self.intervals: dict[str, float] = {}

    def start(self, *services: Any, **changed: Any) -> None:
        for service in services or (DispatchService, DeskForSuppliers):
            container = _container(service, replace(self.settings, **changed), main=False)
            for timer in (one for one in container.entrypoints if one.method_name in self.intervals):
                timer._seconds = self.intervals[timer.method_name]
            container.start()
            self._containers.append(container)
            until(partial(_is_connected, container))

    def stop(self) -> None:
        while self._containers:
            self._containers.pop().stop()

    @contextmanager
    def work(self, actor: Actor = AGENT) -> Iterator[DispatchWork]:
        transaction = Transaction(self._engine)
        try:
            yield DispatchWork(transaction, Context("dispatch", actor, SystemClock()))
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()

    def orders(self) -> list[dict[str, Any]]:
        """Newest first."""
        with self.work() as work:
            items: list[dict[str, Any]] = list_work_orders(work, Filter(), None, 100)["items"]
        return items

    def order(self) -> dict[str, Any]:
        """The only order, or the newest."""
        return self.orders()[0]

    def history(self) -> list[str]:
        with self.work() as work:
            return [line["action"] for line in work.orders.history(self.order()["work_order_id"])]

    def attempts(self) -> list[str]:
        with self.work() as work:
            return [line["outcome"] for line in work.deliveries.attempts(self.order()["work_order_id"])]

    def becomes(self, state: str, seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
        """Wait until the order is in `state`."""
        until(lambda: self.order()["state"] == state, seconds)
        return self.order()

    def close(self) -> None:
        self.stop()
        self._engine.dispose()


def _is_connected(container: Any) -> bool:
    return any(getattr(one, "connected", False) for one in container.subextensions)
