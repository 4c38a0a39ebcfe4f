"""One migrated database for the whole run, emptied before each test: making one takes longer than a
test does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from intake.storage.tables import METADATA
from intake.storage.unit_of_work import IntakeWork
from servicekit.ids import new_id
from servicekit.storage import METADATA as PLUMBING

from servicekit import database

from .house import House

TABLES = [*reversed(METADATA.sorted_tables), *PLUMBING.sorted_tables]
EMPTY = sa.text("; ".join(f"DELETE FROM {table.name}" for table in TABLES))


@pytest.fixture(scope="session")
def intake_database(postgres_url: str) -> Iterator[str]:
    name = f"test_intake_{new_id().hex}"
    server = sa.create_engine(
        database.driver_url(postgres_url), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool
    )
    with server.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    url = sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    database.migrate("intake", url)
    yield url
    with server.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def fresh_database(intake_database: str) -> Callable[[str], str]:
    """Takes the place of servicekit's, which makes a new one for each test."""
    engine = sa.create_engine(database.driver_url(intake_database), poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        connection.execute(EMPTY)
    return lambda _package: intake_database


@pytest.fixture
def work(work_factory: Callable[..., Any]) -> Callable[..., Any]:
    """`with work(actor) as w:` is one transaction of intake, committed at the end, its facts checked."""
    return work_factory(IntakeWork, "intake")


@pytest.fixture
def house(work: Callable[..., Any], clock: Any, published: Callable[..., Any]) -> House:
    """A small organisation: people, places, products, and whoever acts."""
    return House(work, clock, published)


@pytest.fixture
def statements(house: House) -> Iterator[list[str]]:
    """The text of every statement that reaches the database."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(house.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(house.engine, "before_cursor_execute", note)
