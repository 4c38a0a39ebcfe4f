"""A running system with what its clients know of it, and the question whether all of it is right."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from deskcli.faults.checks import CHECKS
from deskcli.faults.client import Client
from deskcli.faults.evidence.reading import count_inboxes, gather
from deskcli.faults.ledger import Deed, Json, Ledger
from deskcli.faults.load.crew import Crew
from deskcli.faults.load.reporter import answers_for
from deskcli.faults.play import to_working_hours
from deskcli.faults.settle import settle
from deskcli.system import System

COMMIT_LOCK = 4711


@dataclass
class House:
    """`heard` is how many facts each service had heard when the ledger was opened."""

    system: System
    heard: dict[str, int]
    ledger: Ledger = field(default_factory=Ledger)

    @classmethod
    def of(cls, system: System) -> House:
        to_working_hours(system)
        house = cls(system, {})
        settle(system, house.client("amira"), print)
        house.heard = count_inboxes(system.urls)
        return house

    def client(self, name: str) -> Client:
        return Client(
            self.system.urls["gateway"],
            f"{name}@meerwal.example",
            self.system.secrets.demo_password,
            self.ledger,
        )

    @contextlib.contextmanager
    def at_work(self, seed: int, moving_clock: bool = False) -> Iterator[None]:
        """Everybody works meanwhile, and ends what they have begun."""
        clock = self.system.layout.clock if moving_clock else None
        url, password = self.system.urls["gateway"], self.system.secrets.demo_password
        crew = Crew(url, password, self.ledger, seed, clock)
        crew.start()
        try:
            yield
        finally:
            assert crew.stop(180) == 0

    def report(self, client: Client, slug: str, marker: str) -> Deed:
        """A standard request for a product."""
        found = client.read("/products", limit=100)
        assert found
        product = next(each for each in found["items"] if each["slug"] == slug)
        body = {
            "channel": "site",
            "text": f"Koud. {marker}",
            "productId": product["productId"],
            "answers": answers_for(product),
        }
        about = {"product": product["productId"]}
        return client.command("create", "/requests", body, marker=marker, about=about)

    def accepted(self, marker: str, key: str, answer: Json) -> None:
        """Note a report that was made past the clients."""
        self.ledger.note(Deed("create", "sanne", key, answer["requestId"], 201, marker, answer))

    def assert_all_is_right(self, expected_errors: str = "") -> None:
        """When all is calm. `expected_errors`: what this fault makes the logs say, beside what they may."""
        desk = self.client("amira")
        left = settle(self.system, desk, print)
        evidence = gather(self.system.urls, self.system.layout, self.heard)
        evidence.left = left
        if expected_errors:
            evidence.errors = [each for each in evidence.errors if not re.search(expected_errors, each.text)]
        verdicts = [check(self.ledger, evidence) for check in CHECKS]
        found = [verdict for verdict in verdicts if not verdict.good]
        assert not found, "\n".join(str(verdict) for verdict in found)
        assert all(verdict.checked for verdict in verdicts[:2])

    def ask(self, database: str, question: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        with contextlib.closing(psycopg2.connect(self.system.urls[f"{database} database"])) as connection:
            cursor = connection.cursor()
            cursor.execute(question, values or None)
            row = cursor.fetchone()
        return row[0] if row else None

    def recorded(self) -> dict[str, str]:
        """Vonk & Val's own record: stage by order number."""
        record = self.system.layout.data / "supplier-vonk-val.sqlite3"
        with contextlib.closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True, timeout=5)) as connection:
            return dict(connection.execute("SELECT number, stage FROM orders").fetchall())

    @contextlib.contextmanager
    def without(self, name: str, seconds: float) -> Iterator[None]:
        """Killed, and kept away for at least so long."""
        self.system.kill(name, keep_down=True)
        gone = time.monotonic()
        try:
            yield
            time.sleep(max(0.0, seconds - (time.monotonic() - gone)))
        finally:
            self.system.start_process(name)

    @contextlib.contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """Stopped in its tracks, with all that it started: it loses nothing and does nothing."""
        group = self.system.pids()[name]
        os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(group, signal.SIGCONT)

    @contextlib.contextmanager
    def commits_held(self, database: str, table: str) -> Iterator[Callable[[], None]]:
        """Commits that add to `table` wait inside the database until the context ends.

        Call what is yielded to wait until one does. Services wait three seconds for a lock: be quick.
        """
        url = self.system.urls["database"].rpartition("/")[0] + f"/{database}"
        with contextlib.closing(psycopg2.connect(url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(HOLD.format(lock=COMMIT_LOCK, table=table))
                cursor.execute("SELECT pg_advisory_lock(%s)", (COMMIT_LOCK,))

                def one_waits() -> None:
                    until(lambda: _waiting(cursor), "a commit that waits")

                try:
                    yield one_waits
                finally:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", (COMMIT_LOCK,))
                    cursor.execute(f"DROP TRIGGER hold ON {table}; DROP FUNCTION hold()")


HOLD = """
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN PERFORM pg_advisory_xact_lock({lock}); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION hold();
"""


def _waiting(cursor: Any) -> bool:
    cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    return bool(cursor.fetchone()[0])


def until(look: Callable[[], Any], wanted: str, seconds: float = 120) -> Any:
    """The first answer that is true. What has not come about by then, on a busy machine too, does not."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {wanted}"
        time.sleep(0.02)
    return found


class Meanwhile:
    """Runs something in a thread; `result` waits for it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._found: list[Any] = []
        self._thread = threading.Thread(target=lambda: self._found.append(work()), daemon=True)
        self._thread.start()

    def result(self, seconds: float = 120) -> Any:
        self._thread.join(seconds)
        assert self._found, "it did not end, or failed"
        return self._found[0]
