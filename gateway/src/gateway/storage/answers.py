"""Answers that the gateway gave under an idempotency key, for what no service does on its behalf."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from servicekit.errors import Conflict, IdempotencyMismatch
from servicekit.storage import idempotency

KEEP = timedelta(days=2)

_CLAIM = sa.text("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, 0))")


class Answers:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def claim(self, actor_id: str, key: str, fingerprint: bytes) -> Any | None:
        """The answer given before, or None: then this transaction alone may work under the key.

        Raises Conflict while another does, IdempotencyMismatch when the key was used for something else.
        """
        if not self._connection.scalar(_CLAIM, {"key": f"{actor_id} {key}"}):
            raise Conflict("idempotency_in_flight", "The first call with this Idempotency-Key still runs.")
        table = idempotency.c
        query = sa.select(table.fingerprint, table.answer).where(table.actor_id == actor_id, table.key == key)
        found = self._connection.execute(query).first()
        if found is None:
            return None
        if bytes(found.fingerprint) != fingerprint:
            text = "This Idempotency-Key was used for another call; use a new one."
            raise IdempotencyMismatch("idempotency_key_reused", text)
        return found.answer

    def keep(self, actor_id: str, key: str, fingerprint: bytes, answer: Any) -> None:
        values = {"actor_id": actor_id, "key": key, "fingerprint": fingerprint, "answer": answer}
        self._connection.execute(sa.insert(idempotency).values(values))

    def prune(self) -> None:
        old = idempotency.c.created_at < sa.func.now() - KEEP
        self._connection.execute(sa.delete(idempotency).where(old))
