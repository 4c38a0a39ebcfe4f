"""One transaction, and everything that belongs to it.

A `Transaction` is begun once, by whoever comes first: a handler's own `with self.work()`, an RPC that must
be remembered under its idempotency key, or a batch of events. Units of work opened inside it join it.
Facts recorded in it are written to the outbox in one statement just before the commit; what was asked for
with `after_commit` runs after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from servicekit import json
from servicekit.actor import Actor, service_actor
from servicekit.clock import Clock, SystemClock
from servicekit.errors import Invalid
from servicekit.ids import new_id
from servicekit.recovery.store import Failures
from servicekit.storage.tables import outbox

# RabbitMQ refuses messages of over 16 MiB: one in the outbox would hold up all that come after it.
FACT_BYTES_MAX = 12_000_000


@dataclass(frozen=True)
class Context:
    """On whose behalf, and in which chain of causes, a unit of work runs."""

    producer: str
    actor: Actor
    clock: Clock = field(default_factory=SystemClock)
    correlation_id: str = ""
    causation_id: str | None = None
    traceparent: str | None = None

    @classmethod
    def of_service(cls, name: str, clock: Clock) -> Context:
        return cls(producer=name, actor=service_actor(name), clock=clock, correlation_id=str(new_id()))


@lru_cache(maxsize=1024)
def _described(actor: Actor) -> dict[str, Any]:
    """The actor as facts carry it. Shared: read only."""
    return actor.to_dict()


class Transaction:
    """A database transaction with its outbox rows. Begins lazily at the first use of `connection`."""

    def __init__(self, engine: sa.Engine, wake_relay: Callable[[], None] | None = None) -> None:
        self._engine = engine
        self._wake_relay = wake_relay
        self._connection: sa.Connection | None = None
        self._facts: list[dict[str, Any]] = []
        self._after_commit: list[Callable[[], None]] = []
        self.committing = False

    @property
    def connection(self) -> sa.Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def add_fact(self, row: dict[str, Any]) -> None:
        self._facts.append(row)

    def after_commit(self, action: Callable[[], None]) -> None:
        if action not in self._after_commit:
            self._after_commit.append(action)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What fails inside takes its facts along and leaves the rest of the transaction as it was."""
        facts, actions = len(self._facts), len(self._after_commit)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self._facts[facts:]
            del self._after_commit[actions:]
            raise

    def commit(self) -> None:
        """Raises what the database raises; the transaction is then rolled back and may be tried again as a
        whole.
        """
        try:
            if self._facts:
                self.connection.execute(sa.insert(outbox), outgoing(self._facts))
            if self._connection is not None:
                self.committing = True
                self._connection.commit()
        except BaseException as error:
            # Whoever wants to try again must know that this one may have been done.
            error.during_commit = self.committing  # type: ignore[attr-defined]
            self.rollback()
            raise
        woken, facts = self._after_commit, self._facts
        self._reset()
        if facts and self._wake_relay:
            self._wake_relay()
        for action in woken:
            action()

    def rollback(self) -> None:
        connection = self._connection
        self._reset()
        if connection is not None:
            connection.close()

    def _reset(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._facts, self._after_commit, self.committing = [], [], False


def outgoing(facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As rows of the outbox: the facts as they are, and signals of one name as one."""
    rows: list[dict[str, Any]] = []
    signals: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for fact in facts:
        if not fact["headers"].get("signal"):
            rows.append(fact)
            continue
        touched = signals.setdefault(fact["type"], (fact, []))[1]
        if fact["data"] not in touched:
            touched.append(fact["data"])
    merged = [row | {"data": f'{{"touched":[{",".join(touched)}]}}'} for row, touched in signals.values()]
    return rows + merged


class UnitOfWork:
    """Base of each service's unit of work: subclasses add their repositories in `__init__(self, *args)`."""

    def __init__(self, transaction: Transaction, context: Context) -> None:
        self.transaction = transaction
        self.context = context
        self.now: datetime = context.clock.now()

    @property
    def connection(self) -> sa.Connection:
        return self.transaction.connection

    @property
    def actor(self) -> Actor:
        return self.context.actor

    @property
    def failures(self) -> Failures:
        """The repair list, for changes that fail, or that put right what failed before."""
        return Failures(self.connection)

    def new_id(self) -> UUID:
        return new_id()

    def publish(self, event: str, data: dict[str, Any], version: int = 1) -> UUID:
        """Record the fact `<this service>.<event>`: it leaves after the commit, or never. Answers its message
        id. Raises Invalid for one that the broker would not take.
        """
        return self._record(event, data, version, {})

    def signal(self, name: str, about: dict[str, Any]) -> None:
        """Say after the commit that something was touched which is no fact for other services, but which open
        pages show. Whoever listens at that moment hears it (`servicekit.broadcast`); nobody keeps it. All
        that is touched in one transaction, such as by a batch of facts, goes as one: {"touched": [about]}.
        """
        self._record(name, about, 1, {"signal": True})

    def _record(self, name: str, data: dict[str, Any], version: int, more: dict[str, Any]) -> UUID:
        message_id, body = new_id(), json.dumps(data)
        if len(body) > FACT_BYTES_MAX:
            raise Invalid(
                "too_much_to_tell",
                f"What other services would have to hear of this is {len(body)} bytes, and at most"
                f" {FACT_BYTES_MAX} can be sent: do it in parts, or with shorter texts.",
            )
        headers = {
            **more,
            "actor": _described(self.actor),
            "correlation_id": self.context.correlation_id,
            "causation_id": self.context.causation_id,
            "traceparent": self.context.traceparent,
        }
        self.transaction.add_fact(
            {
                "message_id": message_id,
                "type": f"{self.context.producer}.{name}",
                "version": version,
                "occurred_at": self.now,
                "headers": headers,
                "data": body.decode(),
            }
        )
        return message_id

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run `action` once after a successful commit: to wake a loop, never to do work that must not be
        lost.
        """
        self.transaction.after_commit(action)

    def savepoint(self) -> AbstractContextManager[None]:
        """Tries something that may fail without losing the whole unit of work: `with work.savepoint():`."""
        return self.transaction.savepoint()

    def log(self, text: str, **details: Any) -> None:
        from servicekit.logs import logger

        logger(self.context.producer).info(text, **details)
