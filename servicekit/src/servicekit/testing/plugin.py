"""The pytest plugin. It uses TEST_DATABASE_URL and TEST_AMQP_URL (`./desk test` sets them) or starts private
servers.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings

from servicekit import database, json
from servicekit.actor import Actor, service_actor
from servicekit.clock import FixedClock
from servicekit.storage import Context, Transaction, UnitOfWork, outbox
from servicekit.testing.databases import DatabasePool, administer, named

# How long an example takes says how busy the machine is, and nothing about what is tested. Every run takes
# the same examples, so that one passes when the one before did; HYPOTHESIS_PROFILE=explore looks for others.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("house", settings.get_profile("explore"), derandomize=True)
# For `./desk mutate`: that it fails is enough, nobody reads the smallest example.
settings.register_profile("mutation", settings.get_profile("house"), phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

# These limits end what hangs in production. A test that meets one on a busy machine would be red for nothing.
database.LOCK_TIMEOUT_MS, database.STATEMENT_TIMEOUT_MS = 60_000, 90_000
database.CONNECT_TIMEOUT_SECONDS = database.POOL_TIMEOUT_SECONDS = 60
database.ANSWER_LIMIT_SECONDS = 100.0

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL on which test databases may be created."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    from servicekit.testing.servers import private_postgres

    with private_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def broker_url() -> Iterator[str]:
    """The address of a private RabbitMQ."""
    given = os.environ.get("TEST_AMQP_URL")
    if given:
        yield given
        return
    from servicekit.testing.servers import private_rabbitmq

    with private_rabbitmq() as url:
        yield url


@pytest.fixture(scope="session")
def _templates(postgres_url: str) -> Iterator[Callable[[str], str]]:
    """Migrates each package's database once per run; tests get copies of it, which takes milliseconds."""
    made: dict[str, str] = {}

    def template(package: str) -> str:
        if package not in made:
            name = f"template_{package}_{uuid.uuid4().hex[:8]}"
            administer(postgres_url, f'CREATE DATABASE "{name}"')
            made[package] = name
            database.migrate(package, named(postgres_url, name))
        return made[package]

    yield template
    for name in made.values():
        administer(postgres_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def _databases(postgres_url: str, _templates: Callable[[str], str]) -> Iterator[DatabasePool]:
    pool = DatabasePool(postgres_url, _templates)
    yield pool
    pool.close()


@pytest.fixture
def fresh_database(_databases: DatabasePool) -> Iterator[Callable[[str], str]]:
    """fresh_database("dispatch") answers the address of an empty, migrated database, for one test alone."""
    taken: list[tuple[str, str]] = []

    def fresh(package: str) -> str:
        name = _databases.take(package)
        taken.append((package, name))
        return named(_databases.url, name)

    yield fresh
    for package, name in taken:
        _databases.give_back(package, name)


@pytest.fixture
def clock() -> FixedClock:
    """Stands at a Monday morning, 10:00 in Amsterdam."""
    return FixedClock(MONDAY_MORNING)


WorkFactory = Callable[..., Callable[..., AbstractContextManager[Any]]]


@pytest.fixture
def work_factory(fresh_database: Callable[[str], str], clock: FixedClock) -> Iterator[WorkFactory]:
    """work_factory(DispatchWork, "dispatch") -> make; `with make(actor=..., now=...) as work:` commits at the
    end.

    Every fact published in it is checked against its contract at commit.
    """
    engines: list[sa.Engine] = []

    def factory(work_class: type[UnitOfWork], package: str) -> Callable[..., AbstractContextManager[Any]]:
        engine = database.create_engine(fresh_database(package), pool_size=5)
        engines.append(engine)

        @contextmanager
        def make(actor: Actor | None = None, now: datetime | None = None) -> Iterator[UnitOfWork]:
            context = Context(
                producer=package,
                actor=actor or service_actor(package),
                clock=FixedClock(now) if now else clock,
                correlation_id="test",
            )
            transaction = CheckedTransaction(engine)
            try:
                yield work_class(transaction, context)
            except BaseException:
                transaction.rollback()
                raise
            transaction.commit()

        make.engine = engine  # type: ignore[attr-defined]
        return make

    yield factory
    for engine in engines:
        engine.dispose()


class CheckedTransaction(Transaction):
    """Refuses a fact that breaks its contract. A signal has none: it is no fact."""

    def add_fact(self, row: dict[str, Any]) -> None:
        if not row["headers"].get("signal"):
            check_contract(row["type"], row["version"], json.loads(row["data"]))
        super().add_fact(row)


def check_contract(event: str, version: int, data: dict[str, Any]) -> None:
    import deskcontracts

    wrong = deskcontracts.violations(event, version, data)
    assert not wrong, f"{event}.v{version} breaks its contract:\n" + "\n".join(wrong)


@pytest.fixture
def published() -> Callable[[sa.Connection], list[dict[str, Any]]]:
    """published(connection) lists the facts in the outbox as {"type", "version", "data", "headers"}, oldest
    first.
    """

    def read(connection: sa.Connection) -> list[dict[str, Any]]:
        rows = connection.execute(sa.select(outbox).order_by(outbox.c.id)).mappings()
        return [{**row, "data": json.loads(row["data"])} for row in rows]

    return read
