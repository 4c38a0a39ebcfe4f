"""The container's one database engine, and the word on whether the database answers."""

from __future__ import annotations

from typing import Any

import psycopg2
import sqlalchemy as sa
from nameko.extensions import SharedExtension

from servicekit import database

# SQLSTATE classes that say "the server is away or going", not "this statement is wrong".
_AWAY = ("08", "57P", "53")


class Engine(SharedExtension):
    def setup(self) -> None:
        database.assert_cooperative()
        database.limit_waits()
        self.sqlalchemy: sa.Engine = database.create_engine(self.container.config["settings"].database_url)

    def stop(self) -> None:
        self.sqlalchemy.dispose()

    def answers(self) -> bool:
        try:
            with self.sqlalchemy.connect() as connection:
                connection.execute(sa.text("SELECT 1"))
            return True
        except sa.exc.SQLAlchemyError:
            return False


def is_database_away(error: Any) -> bool:
    """Whether trying the same again later may help, with nothing wrong in what was tried."""
    if isinstance(error, sa.exc.TimeoutError):
        return True
    if isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated:
        return True
    # SQLAlchemy passes on what the driver raises while a connection goes back into the pool.
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    code = getattr(cause, "pgcode", None)
    if code is None:
        return isinstance(cause, psycopg2.OperationalError | psycopg2.InterfaceError)
    return str(code).startswith(_AWAY)
