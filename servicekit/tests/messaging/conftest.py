"""Real services in this process, on a real broker and database. Run under eventlet (`./desk test
messaging`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import amqp
import pytest
import sqlalchemy as sa
from servicekit.actor import Actor, Signer
from servicekit.amqp.link import connection_arguments
from servicekit.errors import Unavailable
from servicekit.rpc_client import RpcClient
from servicekit.service import Service, _container
from servicekit.settings import Settings
from servicekit.storage import METADATA
from servicekit.testing.probes import AGENT, PATIENCE_SECONDS, effects, until

from servicekit import database

from .nodes import Broker, own_broker
from .replicas import Replica, probe


@pytest.fixture(scope="session")
def broker() -> Iterator[Broker]:
    """A node of our own: the shared one may not be killed."""
    with own_broker() as node:
        yield node


@pytest.fixture
def settings(postgres_url: str, broker_url: str) -> Iterator[Settings]:
    name = f"probe_{uuid.uuid4().hex[:8]}"
    administer(postgres_url, f"CREATE DATABASE {name}")
    url = sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    engine = sa.create_engine(database.driver_url(url), poolclass=sa.pool.NullPool)
    METADATA.create_all(engine)
    effects.create(engine)
    yield Settings(database_url=url, amqp_url=broker_url, actor_secret="probe-secret")
    administer(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def noted(settings: Settings) -> Callable[[], list[str]]:
    """noted() lists what the probe services have committed, in order."""
    engine = sa.create_engine(database.driver_url(settings.database_url), poolclass=sa.pool.NullPool)

    def read() -> list[str]:
        with engine.connect() as connection:
            return list(connection.scalars(sa.select(effects.c.text)))

    return read


@pytest.fixture
def start(settings: Settings) -> Iterator[Callable[..., Any]]:
    """start(ServiceClass) runs one replica until the test ends, and waits until it is connected. Other
    settings may be given.
    """
    containers = []

    def run(service: type[Service], other: Settings | None = None) -> Any:
        container = _container(service, other or settings, main=False)
        container.start()
        containers.append(container)
        until(lambda: any(getattr(one, "connected", False) for one in container.subextensions))
        return container

    yield run
    for container in containers:
        container.stop()


@pytest.fixture
def call(settings: Settings) -> Iterator[Callable[..., Any]]:
    """call(target, ...) waits for as long as a busy machine may need, unless the test names a deadline."""
    client = RpcClient(settings.amqp_url, Signer(settings.actor_secret), name="test")

    def make(target: str, actor: Actor | None = AGENT, **arguments: Any) -> Any:
        return client.call(target, actor=actor, **{"timeout": PATIENCE_SECONDS, **arguments})

    yield make
    client.close()


@pytest.fixture
def channel(settings: Settings) -> Iterator[amqp.Channel]:
    """A plain AMQP channel, to put things on the broker that no service would."""
    connection = amqp.Connection(**connection_arguments(settings.amqp_url))
    connection.connect()
    yield connection.channel()
    connection.close()


@pytest.fixture
def spawn(settings: Settings, call: Callable[..., Any]) -> Iterator[Callable[..., Replica]]:
    """spawn(name) runs the probe service as a process of its own until the end of the test, and waits until
    it (or another one of that name) answers.
    """
    replicas: list[Replica] = []

    def run(name: str, **environment: str) -> Replica:
        replica = probe(settings, name, **environment)
        replicas.append(replica)
        until(lambda: replica.ended or is_ready(call, name))
        return replica

    yield run
    for replica in replicas:
        replica.remove()


def is_ready(call: Callable[..., Any], name: str) -> bool:
    try:
        return bool(call(f"{name}.ready", timeout=1)["ready"])
    except Unavailable:
        return False


@pytest.fixture
def sql(settings: Settings) -> Iterator[Callable[..., Any]]:
    """sql(text) runs it in the probe's database."""
    engine = sa.create_engine(
        database.driver_url(settings.database_url), poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT"
    )

    def run(text: str) -> Any:
        with engine.connect() as connection:
            result = connection.execute(sa.text(text))
            return result.scalars().all() if result.returns_rows else None

    yield run
    engine.dispose()


@pytest.fixture
def unique() -> str:
    """A service name that no other test uses: queues outlive their services."""
    return f"probe_{uuid.uuid4().hex[:8]}"


def administer(url: str, statement: str) -> None:
    engine = sa.create_engine(
        database.driver_url(url), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool
    )
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
