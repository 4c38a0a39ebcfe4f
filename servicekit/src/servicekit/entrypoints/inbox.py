"""The receiving side of facts: the queue, the batches, and where failed ones go. See
`servicekit.entrypoints.facts`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any
from uuid import UUID

import amqp
import eventlet
import sqlalchemy as sa
from nameko.extensions import SharedExtension

from servicekit.actor import service_actor
from servicekit.amqp import topology
from servicekit.amqp.link import cancel
from servicekit.amqp.publisher import PublishFailed, Unroutable
from servicekit.bus import Bus
from servicekit.concurrency import Wake
from servicekit.engine import Engine, is_database_away
from servicekit.entrypoints.parking import Parking
from servicekit.entrypoints.suspects import Suspects
from servicekit.entrypoints.wire import Undecodable, to_message
from servicekit.logs import logger
from servicekit.messages import Message
from servicekit.metrics import BATCH_SIZE, FACTS_HANDLED
from servicekit.recovery.failed import State
from servicekit.recovery.republishing import REPLAYED
from servicekit.recovery.store import Decision, Failures
from servicekit.relay import Relay
from servicekit.storage.unit_of_work import Context, Transaction
from servicekit.workers import spawn_and_wait

MAX_BATCH = 50
DRAIN_LIMIT_SECONDS = 15.0
RETRY_SECONDS = 1.0
HANDLING_LIMIT_SECONDS = 60.0

log = logger("facts")


class FactQueue(SharedExtension):
    bus = Bus()
    engine = Engine()
    relay = Relay()

    def __init__(self) -> None:
        super().__init__()
        self._handlers: dict[tuple[str, int], list[Any]] = {}
        self._waiting: deque[amqp.Message] = deque()
        self._wake = Wake()
        self._draining = False
        self._busy = False
        self._channel: amqp.Channel | None = None
        self._consumer = ""

    def setup(self) -> None:
        self.bus.add(self)

    def register(self, entrypoint: Any) -> None:
        self._handlers.setdefault((entrypoint.event, entrypoint.version), []).append(entrypoint)

    def start(self) -> None:
        self._parking = Parking(self.bus.publisher, self.container.service_name)
        self._suspects = Suspects(self.engine.sqlalchemy)
        self.container.spawn_managed_thread(self._run, identifier="facts")

    def subscribe(self, connection: amqp.Connection) -> None:
        service = self.container.service_name
        channel = connection.channel()
        topology.declare_exchanges(channel)
        topology.declare_event_queues(channel, service, self._handlers)
        channel.basic_qos(0, MAX_BATCH * 2, False)
        self._channel = channel
        if not self._draining:
            self._consumer = channel.basic_consume(topology.event_queue(service), callback=self._arrived)

    def connection_lost(self) -> None:
        """What was not acknowledged comes again on the next connection; the inbox knows what was done."""
        self._channel = None
        self._waiting.clear()

    def drain(self) -> None:
        """Take nothing new, end the batch that runs; what had arrived but not begun goes back to the
        queue.
        """
        if not self._draining:
            self._draining = True
            cancel(self._channel, self._consumer)
            self._wake.set()
        with eventlet.Timeout(DRAIN_LIMIT_SECONDS, False):
            while self._busy:
                eventlet.sleep(0.02)

    def _arrived(self, message: amqp.Message) -> None:
        self._waiting.append(message)
        self._wake.set()

    def _run(self) -> None:
        while not self._draining:
            if not self._waiting:
                self._wake.wait(1.0)
                continue
            self._busy = True
            try:
                self._take(self._next(), self._channel)
            finally:
                self._busy = False

    def _next(self) -> list[amqp.Message]:
        """All that has come, within bounds; but what came before goes alone: maybe a process died of it."""
        batch = [self._waiting.popleft()]
        if not _came_before(batch[0]):
            while self._waiting and len(batch) < MAX_BATCH and not _came_before(self._waiting[0]):
                batch.append(self._waiting.popleft())
        return batch

    def _take(self, batch: list[amqp.Message], channel: amqp.Channel | None) -> None:
        """Handle them all, park those that fail, and only then acknowledge: one frame for the whole batch."""
        facts: list[Message] = []
        by_id: dict[str, amqp.Message] = {}
        try:
            for raw in batch:
                try:
                    message = to_message(raw)
                    facts.append(message)
                    by_id[message.message_id] = raw
                except Undecodable as error:
                    self._park(channel, self._parking.give_up, raw, error)
            for message, fault in self._handle(facts, suspect=_came_before(batch[0])):
                self._park(channel, self._parking.park, by_id[message.message_id], message, fault)
            if channel is not None:
                channel.basic_ack(batch[-1].delivery_tag, multiple=True)
        except (OSError, amqp.AMQPError, AttributeError) as error:
            log.info("facts will be delivered again", error=error, count=len(batch))
        except Exception as error:
            # Without a confirm nothing may be acknowledged. A new connection brings all back, and declares
            # again what somebody may have deleted.
            log.warning("facts could not be parked", error=error, count=len(batch))
            if not self._draining:
                eventlet.sleep(RETRY_SECONDS)
                self.bus.reconnect(error)

    def _park(self, channel: amqp.Channel | None, park: Callable[..., None], *what: Any) -> None:
        """Until the broker has it. To give the connection up would bring all back that was fetched, each a
        step nearer to the broker's limit of deliveries.
        """
        while True:
            try:
                return park(*what)
            except Unroutable:
                raise
            except PublishFailed as error:
                if self._draining or channel is not self._channel:
                    raise
                log.warning("a fact can't be parked yet", error=error)
                eventlet.sleep(RETRY_SECONDS)

    def _handle(self, facts: list[Message], suspect: bool) -> list[tuple[Message, BaseException]]:
        """Answers those that failed, with why. Waits here for as long as the database is away."""
        BATCH_SIZE.observe(len(facts))
        while True:
            try:
                return self._handle_suspects(facts) if suspect else self._handle_once(facts)
            except Exception as error:
                if not is_database_away(error) or self._draining:
                    raise
                log.warning("the database is away; facts wait", error=error, count=len(facts))
                eventlet.sleep(RETRY_SECONDS)

    def _handle_suspects(self, facts: list[Message]) -> list[tuple[Message, BaseException]]:
        failed: list[tuple[Message, BaseException]] = []
        for fact in facts:
            verdict = self._suspects.strike(fact.message_id)
            if verdict is not None:
                failed.append((fact, verdict))
                continue
            failed += self._handle_once([fact])
            self._suspects.clear(fact.message_id)
        return failed

    def _handle_once(self, facts: list[Message]) -> list[tuple[Message, BaseException]]:
        if len(facts) > 1 and self._attempt(facts) is None:
            return []
        failed = []
        for fact in facts:
            error = self._attempt([fact])
            if error is not None:
                failed.append((fact, error))
        return failed

    def _attempt(self, facts: list[Message]) -> BaseException | None:
        """All of `facts` in one transaction, or none. Raises only when the database is away."""
        transaction = Transaction(self.engine.sqlalchemy, self.relay.wake)
        try:
            new = _first_time(transaction, facts)
            for fact in facts:
                if fact.message_id in new:
                    new.discard(fact.message_id)
                    self._dispatch(fact, transaction)
            self._settle_replayed(facts, transaction)
            transaction.commit()
        except Exception as error:
            transaction.rollback()
            if is_database_away(error):
                raise
            _count(facts if len(facts) == 1 else [], "failed")
            return error
        _count(facts, "handled")
        return None

    def _settle_replayed(self, facts: list[Message], transaction: Transaction) -> None:
        """What was replayed from the repair list has had its effect, now or before: its row is settled."""
        replayed = [UUID(fact.message_id) for fact in facts if REPLAYED in fact.headers]
        if replayed:
            at = self.container.config["clock"].now()
            decision = Decision(State.RESOLVED, self.container.service_name, "handled", at)
            Failures(transaction.connection).settle(replayed, decision)

    def _dispatch(self, fact: Message, transaction: Transaction) -> None:
        # What follows from a fact is the service's own doing; whose doing the fact was stays in the fact.
        context = Context(
            producer=self.container.config["producer"],
            actor=service_actor(self.container.service_name),
            clock=self.container.config["clock"],
            correlation_id=fact.correlation_id,
            causation_id=fact.message_id,
            traceparent=fact.traceparent,
        )
        for entrypoint in self._handlers.get((fact.type, fact.version), ()):
            data = {"transaction": transaction, "context": context}
            error = spawn_and_wait(self.container, entrypoint, (fact,), data, HANDLING_LIMIT_SECONDS)
            if error is not None:
                raise error


def _came_before(raw: amqp.Message) -> bool:
    return bool(raw.delivery_info["redelivered"])


# One statement for any number of facts: SQLAlchemy would compile an insert of several rows each time anew.
_NEW = sa.text("""
    INSERT INTO inbox (message_id) SELECT unnest(CAST(:ids AS uuid[]))
    ON CONFLICT DO NOTHING RETURNING message_id
""")


def _first_time(transaction: Transaction, facts: list[Message]) -> set[str]:
    ids = [fact.message_id for fact in facts]
    return {str(row.message_id) for row in transaction.connection.execute(_NEW, {"ids": ids})}


def _count(facts: list[Message], outcome: str) -> None:
    for fact in facts:
        FACTS_HANDLED.labels(fact.type, outcome).inc()
