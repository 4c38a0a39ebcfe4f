"""Dispatch as it runs, on a real broker with suppliers' users as the desk makes them. Nothing here is played.

Two suppliers: Vonk & Val, who turns hostile, and Kabel & Co, who does not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from uuid import UUID

import amqp
import deskcontracts
import pytest
from dispatch import heard
from dispatch.domain.products import Product, Step
from dispatch.domain.providers import Kind, Means, Provider
from dispatch.handlers import planning
from dispatch.settings import DispatchSettings
from dispatch.testing import Running, SuppliersBroker, suppliers_broker
from servicekit.amqp.link import connection_arguments
from servicekit.amqp.topology import declare_rpc_queue
from servicekit.testing.databases import DatabasePool, named
from servicekit.testing.probes import PATIENCE_SECONDS, until

from servicekit import json

HOSTILE, HONEST = "supplier_vonk_val", "supplier_kabel"
VONK = Provider(UUID(int=1), "vonk-val", "Vonk & Val", Kind.SUPPLIER, Means.RPC, HOSTILE)
KABEL = Provider(UUID(int=2), "kabel-co", "Kabel & Co", Kind.SUPPLIER, Means.RPC, HONEST)
REPLY_TO = "amq.rabbitmq.reply-to"
CANARY = "kanarie-9f31c7"


@pytest.fixture(scope="session")
def broker() -> Iterator[SuppliersBroker]:
    with suppliers_broker() as made:
        for user in (HOSTILE, HONEST):
            made.let_in(user)
        with connected(made.suppliers) as desk:
            declare_rpc_queue(desk.channel(), "desk")
        yield made


@contextmanager
def connected(url: str, **more: Any) -> Iterator[amqp.Connection]:
    """A connection that is closed even when the broker closed first."""
    connection = amqp.Connection(**connection_arguments(url), connect_timeout=PATIENCE_SECONDS, **more)
    try:
        connection.connect()
        yield connection
    finally:
        connection.collect()


@contextmanager
def channel(url: str) -> Iterator[amqp.Channel]:
    """On which each publish waits for the broker's word, so that a refusal is raised."""
    with connected(url, confirm_publish=True) as connection:
        yield connection.channel()


@pytest.fixture(autouse=True)
def clean_broker(broker: SuppliersBroker) -> None:
    """What one test left is not the next one's: neither in the queues nor among the connections, which the
    broker counts for a moment after they have gone.
    """
    for user in (HOSTILE, HONEST):
        until(lambda user=user: not broker.admin.connection_count(user))
    with connected(broker.suppliers) as desk:
        for queue in (f"rpc-{HOSTILE}", f"rpc-{HONEST}", "rpc-desk"):
            desk.channel().queue_purge(queue)


def dispatch_settings(database_url: str, broker: SuppliersBroker) -> DispatchSettings:
    return DispatchSettings(
        database_url=database_url,
        amqp_url=broker.desk,
        suppliers_amqp_url=broker.suppliers,
        actor_secret="test",
        delivery_timeout=1.0,
        delivery_delays=[0.5, 0.5],
        delivery_poll=0.5,
        supplier_calls_per_second=200.0,
    )


@pytest.fixture
def settings(fresh_database: Callable[[str], str], broker: SuppliersBroker) -> DispatchSettings:
    return dispatch_settings(fresh_database("dispatch"), broker)


class Desk(Running):
    """Dispatch with an order for each of the two suppliers."""

    def __init__(self, settings: DispatchSettings) -> None:
        super().__init__(settings)
        with self.work() as work:
            for number, provider in enumerate((VONK, KABEL), 1):
                work.providers.save(provider, work.now)
                steps = (Step("repair", {"nl": "Herstel", "en": "Repair"}, provider.slug, ()),)
                work.products.save(Product(UUID(int=number), 1, False, steps))

    def request(self, number: int = 1) -> None:
        """A request for the first supplier, or the second."""
        fact = deepcopy(deskcontracts.example("intake.request_accepted"))
        fact["product"] |= {"product_id": str(UUID(int=number)), "version": 1}
        fact |= {"request_id": str(UUID(int=100 + number)), "reference": f"SD-26-00000{number}"}
        with self.work() as work:
            planning.request_accepted(work, heard.RequestAccepted().load(fact))

    def order_of(self, provider: Provider) -> dict[str, Any]:
        return next(one for one in self.orders() if one["provider"]["slug"] == provider.slug)


@contextmanager
def working(
    settings: DispatchSettings, broker: SuppliersBroker, orders: tuple[int, ...] = (1, 2), **intervals: float
) -> Iterator[Desk]:
    """Running, with an order out for each supplier, or one of them; nobody listens to them. If it manages
    the broker's users, it has taken away those that it does not know.
    """
    desk = Desk(settings)
    desk.intervals = intervals
    for number in orders:
        desk.request(number)
    desk.start()
    try:
        if settings.broker_admin_url:
            until(lambda: not broker.admin.supplier_users())
        yield desk
    finally:
        desk.close()


@pytest.fixture
def desk(settings: DispatchSettings, broker: SuppliersBroker) -> Iterator[Desk]:
    """For one test alone."""
    with working(settings, broker) as desk:
        yield desk


@pytest.fixture(scope="module")
def unmoved_desk(_databases: DatabasePool, broker: SuppliersBroker) -> Iterator[Desk]:
    """For all tests of a file: what they try is to change nothing."""
    name = _databases.take("dispatch")
    with working(dispatch_settings(named(_databases.url, name), broker), broker) as desk:
        yield desk
    _databases.give_back("dispatch", name)


class Program:
    """A supplier's program of its own making: it calls the desk, with whatever it likes in the message."""

    def __init__(self, connection: amqp.Connection) -> None:
        self.connection = connection
        self.channel = connection.channel()
        self.replies: dict[str, Any] = {}
        self.channel.basic_consume(REPLY_TO, no_ack=True, callback=self._replied)
        self._sent = 0

    def send(self, method: str, body: Any, reply_to: str | None = REPLY_TO, **properties: Any) -> str:
        """Answers the correlation id. A body that is no bytes goes as arguments in JSON."""
        self._sent += 1
        given = {"correlation_id": str(self._sent), "reply_to": reply_to, "user_id": HOSTILE, **properties}
        kept = {name: value for name, value in given.items() if value is not None}
        raw = body if isinstance(body, bytes) else json.dumps({"args": [], "kwargs": body})
        self.channel.basic_publish(amqp.Message(raw, **kept), "nameko-rpc", f"desk.{method}")
        return str(given["correlation_id"])

    def ask(
        self, method: str, body: Any, seconds: float = PATIENCE_SECONDS, **properties: Any
    ) -> dict[str, Any]:
        """What the desk answers. Raises TimeoutError."""
        call = self.send(method, body, **properties)
        while call not in self.replies:
            self.connection.drain_events(timeout=seconds)
        answer: dict[str, Any] = json.loads(self.replies.pop(call))
        return answer

    def refused(self, method: str, body: Any, **properties: Any) -> str:
        """The name of the error that the desk answers with."""
        return str(self.ask(method, body, **properties)["error"]["exc_type"])

    def _replied(self, message: amqp.Message) -> None:
        self.replies[message.properties["correlation_id"]] = message.body


@pytest.fixture
def program(broker: SuppliersBroker, desk: Desk) -> Iterator[Program]:
    """Vonk & Val's, connected while the desk runs."""
    with connected(broker.urls[HOSTILE]) as connection:
        yield Program(connection)


@pytest.fixture
def written(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Everything that was logged or printed so far in this test."""
    caplog.set_level(logging.DEBUG)

    def read() -> str:
        out, err = capfd.readouterr()
        return out + err + caplog.text

    return read


class Bomb:
    """Runs code when it is unpickled."""

    def __reduce__(self) -> Any:
        return exec, (f"raise SystemExit('{CANARY}')",)


def waiting_in(broker: SuppliersBroker, queue: str) -> int:
    """How many messages are ready in a queue."""
    with connected(broker.suppliers) as desk:
        return int(desk.channel().queue_declare(queue, passive=True).message_count)
