"""Takes facts from the outbox to the broker: at least once, oldest first, gone from the table only when
confirmed.
"""

from __future__ import annotations

import random
import time
from typing import Any

import sqlalchemy as sa
from nameko.extensions import SharedExtension

from servicekit import json
from servicekit.amqp.publisher import ConfirmingPublisher, Outgoing
from servicekit.amqp.topology import FACTS_EXCHANGE, SIGNALS_EXCHANGE, declare_exchanges, routing_key
from servicekit.concurrency import Stop, Wake
from servicekit.engine import Engine
from servicekit.logs import logger
from servicekit.metrics import FACTS_SENT, OUTBOX_LAG

BATCH = 200
POLL_SECONDS = 1.0
LIMIT_SECONDS = 10.0
LAST_SECONDS = 5.0

log = logger("relay")

# One statement takes and locks a batch; other replicas skip what is locked. It commits after the confirms.
_TAKE = sa.text("""
    DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED)
    RETURNING id, message_id, type, version, occurred_at, headers, data
""")

_SENT = sa.text("DELETE FROM outbox WHERE id = ANY(:ids)")
_OLDEST = sa.text("SELECT occurred_at FROM outbox ORDER BY id LIMIT 1")


class Relay(SharedExtension):
    """One per container. Woken after each commit that recorded facts; polls once a second for those of
    others.
    """

    engine = Engine()

    def __init__(self) -> None:
        super().__init__()
        self._wake = Wake()
        self._stop = Stop()

    def setup(self) -> None:
        url, name = self.container.config["settings"].amqp_url, self.container.service_name
        self._publisher = ConfirmingPublisher(url, f"{name} facts", declare_exchanges)

    def start(self) -> None:
        self._greenlet = self.container.spawn_managed_thread(self._run, identifier="relay")

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        self._greenlet.wait()
        self._publisher.close()

    def wake(self) -> None:
        self._wake.set()

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            taken = 0
            try:
                taken = self.send_batch()
                failures = 0
            except Exception as error:
                failures += 1
                log.warning("facts stay in the outbox for now", error=error, failures=failures)
                self._measure_lag()
                self._stop.wait(min(LIMIT_SECONDS, 0.2 * 2**failures) * random.uniform(0.5, 1))
            if taken < BATCH and not self._stop.is_set():
                self._wake.wait(POLL_SECONDS)
        if not failures:
            self._send_the_last()

    def _send_the_last(self) -> None:
        """What this replica has recorded; other replicas may go on recording, so not for ever."""
        end = time.monotonic() + LAST_SECONDS
        try:
            while time.monotonic() < end and self.send_batch():
                pass
        except Exception as error:
            log.warning("facts stay in the outbox until the next start", error=error)

    def send_batch(self) -> int:
        """Answers how many were sent. Those that the broker did not confirm stay, and raise PublishFailed."""
        with self.engine.sqlalchemy.connect() as connection:
            rows = sorted(connection.execute(_TAKE, {"batch": BATCH}).all(), key=lambda row: row.id)
            if not rows:
                OUTBOX_LAG.set(0)
                return 0
            errors = self._publisher.publish_all([to_outgoing(row) for row in rows])
            refused = [row.id for row, error in zip(rows, errors, strict=True) if error is not None]
            if len(refused) == len(rows):
                raise next(error for error in errors if error is not None)
            if refused:
                # One queue that is full must not hold up what goes to the others.
                connection.rollback()
                sent = [row.id for row in rows if row.id not in set(refused)]
                connection.execute(_SENT, {"ids": sent})
            connection.commit()
        FACTS_SENT.inc(len(rows) - len(refused))
        if refused:
            raise next(error for error in errors if error is not None)
        OUTBOX_LAG.set(0)
        return len(rows)

    def _measure_lag(self) -> None:
        try:
            with self.engine.sqlalchemy.connect() as connection:
                oldest = connection.execute(_OLDEST).scalar()
        except sa.exc.SQLAlchemyError:
            return
        if oldest is not None:
            now = self.container.config["clock"].now()
            OUTBOX_LAG.set(max(0.0, (now - oldest).total_seconds()))


def to_outgoing(row: Any) -> Outgoing:
    """An outbox row as an AMQP message; the actor travels as JSON text, for AMQP tables are dear to
    encode.
    """
    given = row.headers
    headers = {
        "version": row.version,
        "occurred_at": row.occurred_at.isoformat(),
        "actor": json.dumps(given["actor"]).decode(),
        "causation_id": given.get("causation_id"),
        "traceparent": given.get("traceparent"),
    }
    properties = {
        "message_id": str(row.message_id),
        "type": row.type,
        "correlation_id": given.get("correlation_id") or str(row.message_id),
        "app_id": row.type.partition(".")[0],
        "content_type": "application/json",
        "content_encoding": "utf-8",
        "delivery_mode": 2,
        "application_headers": {name: value for name, value in headers.items() if value is not None},
    }
    exchange = SIGNALS_EXCHANGE if given.get("signal") else FACTS_EXCHANGE
    return Outgoing(exchange, routing_key(row.type, row.version), row.data.encode(), properties)
