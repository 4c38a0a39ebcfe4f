"""Which errors say that the database is away, on a real one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from servicekit.database import create_engine
from servicekit.engine import is_database_away


def test_a_connection_that_dies_before_it_goes_back_into_the_pool(postgres_url: str) -> None:
    """Setting back its isolation level raises the driver's own error, which SQLAlchemy passes on as it is."""
    engine = create_engine(postgres_url, pool_size=2)
    with engine.connect() as other:
        _use(engine)
        with pytest.raises(Exception) as caught:
            _use(engine, killer=other)
    assert not isinstance(caught.value, sa.exc.SQLAlchemyError)
    assert is_database_away(caught.value), repr(caught.value)
    engine.dispose()


def test_what_is_wrong_with_a_statement_does_not_say_that_the_database_is_away(postgres_url: str) -> None:
    engine = create_engine(postgres_url, pool_size=1)
    with engine.connect() as connection, pytest.raises(sa.exc.ProgrammingError) as caught:
        connection.execute(sa.text("SELECT * FROM nowhere"))
    assert not is_database_away(caught.value)
    assert not is_database_away(KeyError("nowhere"))
    engine.dispose()


def _use(engine: sa.Engine, killer: sa.Connection | None = None) -> None:
    """Use a connection as a lease or the gateway's check does; `killer` ends it just before it goes back."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        process = connection.scalar(sa.text("SELECT pg_backend_pid()"))
        if killer is not None:
            killer.execute(sa.text("SELECT pg_terminate_backend(:process, 40000)"), {"process": process})
