"""Work that nobody asks for: timers that one replica runs at a time, and background loops that every replica
runs.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg2
import sqlalchemy as sa
from nameko.extensions import Entrypoint

from servicekit.concurrency import Stop
from servicekit.engine import Engine, is_database_away
from servicekit.logs import logger
from servicekit.workers import spawn_and_wait

RESTART_LIMIT_SECONDS = 10.0

log = logger("loops")


class _Loop(Entrypoint):
    """A managed greenlet that runs the method again and again until the service stops."""

    def start(self) -> None:
        self._stop = Stop()
        self._greenlet = self.container.spawn_managed_thread(self._run, identifier=self.method_name)

    def stop(self) -> None:
        self._stop.set()
        self._greenlet.wait()

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            error = self._once()
            failures = failures + 1 if error is not None else 0
            if error is not None:
                away = is_database_away(error)
                log.warning(
                    "a loop failed",
                    loop=self.method_name,
                    error=error,
                    exc_info=None if away else error,
                )
            self._stop.wait(self._pause(failures))

    def _pause(self, failures: int) -> float:
        return min(RESTART_LIMIT_SECONDS, 0.2 * 2**failures) * random.uniform(0.5, 1) if failures else 0

    def _once(self) -> BaseException | None:
        """Run the method once; answers what went wrong, if anything."""
        raise AssertionError("a loop says what once is")


class Every(_Loop):
    """`@every(seconds=5, lease="deadlines")`: the first run is at the start. With a lease, one replica at a
    time.
    """

    engine = Engine()

    def __init__(self, seconds: float, lease: str | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._seconds = seconds
        self._lease = lease

    def _pause(self, failures: int) -> float:
        return max(self._seconds, super()._pause(failures))

    def _once(self) -> BaseException | None:
        try:
            with self._holding_lease() as held:
                return spawn_and_wait(self.container, self, (), {}) if held else None
        except (sa.exc.SQLAlchemyError, psycopg2.Error) as error:  # the latter when the lease is given back
            return error

    @contextmanager
    def _holding_lease(self) -> Iterator[bool]:
        """A session-level advisory lock: it is free again when this process or its connection dies."""
        if self._lease is None:
            yield True
            return
        key = {"key": _signed(zlib.crc32(self._lease.encode()))}
        with self.engine.sqlalchemy.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.scalar(sa.text("SELECT pg_try_advisory_lock(77, :key)"), key):
                yield False
                return
            try:
                yield True
            finally:
                connection.execute(sa.text("SELECT pg_advisory_unlock(77, :key)"), key)


class Background(_Loop):
    """`@background` on a method `(self, stop)` that loops until `stop.is_set()`; started again when it
    raises.
    """

    def _once(self) -> BaseException | None:
        return spawn_and_wait(self.container, self, (self._stop,), {})


def _signed(number: int) -> int:
    """PostgreSQL's integer is signed."""
    return number - 2**32 if number >= 2**31 else number


every = partial(Every.decorator)
background = Background.decorator
