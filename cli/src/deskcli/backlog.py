"""What is still to be done after the last answer: facts, deliveries, mails. Looked up where it waits."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import amqp
import psycopg2
from servicekit.amqp import topology
from servicekit.embedded.programs import EmbeddedError

LOOK_SECONDS = 0.1
LIMIT_SECONDS = 180.0
QUIET_LOOKS = 4  # in a row: what has been taken from a queue but not handled yet is in neither place

OUTBOXES = ("intake", "catalog", "dispatch", "monitoring")
LISTENERS = ("intake", "dispatch", "monitoring", "notifications")
WORK = {
    ("dispatch", "deliveries"): "SELECT count(*) FROM deliveries WHERE state = 'pending'",
    ("notifications", "mails"): "SELECT count(*) FROM messages WHERE state = 'pending'",
}
MOVED = "SELECT coalesce(max(received_at)::text, '') FROM inbox"


@dataclass
class Backlog:
    """A view on a running system; `urls` are the system's."""

    urls: dict[str, str]
    _databases: dict[str, Any] = field(default_factory=dict, init=False)

    def __enter__(self) -> Self:
        self._ending = contextlib.ExitStack()
        for name in {*OUTBOXES, *LISTENERS}:
            connection = psycopg2.connect(self.urls[f"{name} database"])
            connection.autocommit = True
            self._ending.callback(connection.close)
            self._databases[name] = connection
        self._broker = _connect(self.urls["broker"])
        self._ending.callback(self._broker.collect)
        self.broker_version = str(self._broker.server_properties.get("version", "?"))
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def left(self) -> dict[str, int]:
        """What waits, by place; places where nothing waits are left out."""
        found = {place: int(self.ask(name, question)) for (name, place), question in WORK.items()}
        return {**self.facts(), **{place: count for place, count in found.items() if count}}

    def facts(self) -> dict[str, int]:
        """Facts on their way from one service to another, by place."""
        outboxes = {f"{name} outbox": int(self.ask(name, "SELECT count(*) FROM outbox")) for name in OUTBOXES}
        queues = self._messages(
            queue
            for service in LISTENERS
            for queue in (
                topology.event_queue(service),
                *(topology.retry_queue(service, delay) for delay in topology.RETRY_DELAYS_SECONDS),
            )
        )
        return {**{place: count for place, count in outboxes.items() if count}, **queues}

    def failed(self) -> dict[str, int]:
        """Facts that were given up, by queue."""
        return self._messages(topology.error_queue(service) for service in LISTENERS)

    def wait(self, limit: float = LIMIT_SECONDS) -> float:
        """The seconds until nothing was left. Raises EmbeddedError after `limit`."""
        return self._wait(self.left, limit)

    def wait_for_facts(self, limit: float) -> float:
        """The same for facts alone: deliveries and mails may wait for who cannot be reached."""
        return self._wait(
            lambda: {**self.facts(), **self.failed(), **self._messages([topology.UNROUTED])}, limit
        )

    def _wait(self, look: Callable[[], dict[str, int]], limit: float) -> float:
        began = quiet_since = time.monotonic()
        looks, seen = 0, self._progress()
        while looks < QUIET_LOOKS:
            time.sleep(LOOK_SECONDS)
            left, progress = look(), self._progress()
            if left or progress != seen:
                looks, seen, quiet_since = 0, progress, time.monotonic()
            else:
                looks += 1
            if left and time.monotonic() - began > limit:
                raise EmbeddedError(
                    f"the work was not done {limit:.0f} s after the last request; left: {left}"
                )
        return quiet_since - began

    def ask(self, database: str, question: str, *values: Any) -> Any:
        """The first column of the first row of the answer."""
        return self.rows(database, question, *values)[0][0]

    def rows(self, database: str, question: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._databases[database].cursor() as cursor:
            cursor.execute(question, values or None)
            return list(cursor.fetchall())

    def _progress(self) -> list[str]:
        """Changes as long as facts are being handled."""
        return [self.ask(name, MOVED) for name in LISTENERS]

    def _messages(self, queues: Iterable[str]) -> dict[str, int]:
        """How many, of those queues that have any."""
        counts = {}
        for queue in queues:
            channel = self._broker.channel()
            with contextlib.suppress(amqp.NotFound):  # not declared (yet): a service without it
                counts[queue] = int(channel.queue_declare(queue, passive=True).message_count)
                channel.close()
        return {queue: count for queue, count in counts.items() if count}


def _connect(url: str) -> amqp.Connection:
    parts = urlsplit(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    connection = amqp.Connection(
        f"{parts.hostname}:{parts.port}", user, password, virtual_host=parts.path[1:]
    )
    connection.connect()
    return connection
