"""Engines and migrations. PostgreSQL through psycopg2, which eventlet's monkey patch makes cooperative."""

from __future__ import annotations

import importlib.resources
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

STATEMENT_TIMEOUT_MS = 10_000
LOCK_TIMEOUT_MS = 3_000
CONNECT_TIMEOUT_SECONDS = 5
POOL_TIMEOUT_SECONDS = 5
IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000
# A server that is gone without a word: the kernel gives up after this long, not after a quarter of an hour.
# One that hangs still answers the kernel: that is what ANSWER_LIMIT_SECONDS is for.
ANSWER_LIMIT_SECONDS = 15.0  # longer than any statement may take
PEER_LIMITS = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
MIGRATION_LOCK = 7_268_302_401  # any fixed number: replicas that start together migrate one after another


def driver_url(url: str) -> sa.URL:
    """The same address with the driver that we have measured (SQLAlchemy's default would block the whole
    process).
    """
    return sa.make_url(url).set(drivername="postgresql+psycopg2")


def create_engine(url: str, pool_size: int = 16) -> sa.Engine:
    """A pooled engine whose every wait has a limit; pages of rows come without server-side cursors."""
    options = (
        f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS}"
        f" -c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_TIMEOUT_MS} -c timezone=UTC"
    )
    return sa.create_engine(
        driver_url(url),
        pool_size=pool_size,
        max_overflow=0,  # a connection above the pool's size would be opened and closed for each use
        pool_timeout=POOL_TIMEOUT_SECONDS,
        connect_args={"connect_timeout": CONNECT_TIMEOUT_SECONDS, "options": options, **PEER_LIMITS},
        json_serializer=_json_text,
        json_deserializer=_json_value,
        executemany_mode="values_plus_batch",
        hide_parameters=True,  # they would stand in the text of errors, and so in logs
    )


def assert_cooperative() -> None:
    """Fails at start when a query would stop every other greenlet of the process (eventlet patched too
    late).
    """
    if "eventlet" not in sys.modules:
        return
    import eventlet.patcher
    import psycopg2.extensions

    if eventlet.patcher.is_monkey_patched("socket") and psycopg2.extensions.get_wait_callback() is None:
        raise RuntimeError(
            "psycopg2 is not cooperative: eventlet.monkey_patch() must run before anything else"
        )


def limit_waits() -> None:
    """Under eventlet: no greenlet waits longer for the database than any statement may take. psycopg2 closes
    a connection whose wait was broken off.
    """
    from eventlet.hubs import trampoline
    from psycopg2 import OperationalError, extensions

    def wait(connection: Any, timeout: object = None) -> None:
        while (state := connection.poll()) != extensions.POLL_OK:
            trampoline(
                connection.fileno(),
                read=state == extensions.POLL_READ,
                write=state == extensions.POLL_WRITE,
                timeout=ANSWER_LIMIT_SECONDS,
                timeout_exc=OperationalError("the database did not answer in time"),
            )

    extensions.set_wait_callback(wait)


def migrate(package: str, url: str) -> None:
    """Bring the database of `package` up to date, from `<package>/storage/migrations`. Safe to run from many
    at once.
    """
    # Here, not above: services need 9 MB less without Alembic, and migrate in a process of their own.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    folder = importlib.resources.files(package) / "storage" / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes["url"] = url
    script = ScriptDirectory.from_config(config)

    def upgrade(revision: object, _context: object) -> list[object]:
        return script._upgrade_revs("head", revision)  # type: ignore[arg-type, return-value]

    with EnvironmentContext(config, script, fn=upgrade):
        script.run_env()


def run_migrations(metadata: sa.MetaData) -> None:
    """What a service's `migrations/env.py` calls."""
    from alembic import context

    url = context.config.attributes["url"]
    engine = sa.create_engine(driver_url(url), poolclass=sa.pool.NullPool)
    with engine.connect() as connection, _migration_lock(connection):
        context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


@contextmanager
def _migration_lock(connection: sa.Connection) -> Iterator[None]:
    connection.execute(sa.text("SET lock_timeout = '30s'"))
    connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()


def _json_text(value: object) -> str:
    from servicekit import json

    return json.dumps(value).decode()


def _json_value(value: str) -> object:
    from servicekit import json

    return json.loads(value)
