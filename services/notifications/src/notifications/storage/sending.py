"""Messages as they are sent: claimed with a lease, so that replicas share them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from notifications.domain.messages import Outgoing, State
from notifications.storage.tables import messages

_COLUMNS = tuple(
    messages.c[name]
    for name in (
        *("message_id", "request_id", "person_id", "reference", "template", "name", "address", "language"),
        *("subject", "body", "created_at", "replays"),
    )
)


class Sending:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def claim(self, limit: int, lease: timedelta) -> list[Outgoing]:
        """What is due, oldest first. Others that claim at the same time skip these."""
        due = (
            sa.select(messages.c.message_id)
            .where(messages.c.state == State.PENDING, messages.c.due_at <= sa.func.clock_timestamp())
            .order_by(messages.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        statement = (
            sa.update(messages)
            .where(messages.c.message_id == due.c.message_id)
            .values(attempts=messages.c.attempts + 1, due_at=sa.func.clock_timestamp() + lease)
            .returning(*_COLUMNS, messages.c.attempts.label("attempt"))
        )
        rows = [Outgoing(**row) for row in self._connection.execute(statement).mappings()]
        return sorted(rows, key=lambda row: row.created_at)

    def sent(self, message_ids: Sequence[UUID], at: datetime) -> None:
        if message_ids:
            self._connection.execute(
                sa.update(messages)
                .where(messages.c.message_id.in_(message_ids))
                .values(state=State.SENT, sent_at=at, error=None)
            )

    def hand_back(self, message_ids: Sequence[UUID]) -> None:
        if message_ids:
            self._connection.execute(
                sa.update(messages)
                .where(messages.c.message_id.in_(message_ids))
                .values(attempts=messages.c.attempts - 1, due_at=sa.func.clock_timestamp())
            )

    def try_again(self, message_id: UUID, delay: timedelta, error: str) -> None:
        self._change(message_id, {"error": error, "due_at": sa.func.clock_timestamp() + delay})

    def give_up(self, message_id: UUID, error: str) -> None:
        self._change(message_id, {"error": error, "state": State.FAILED})

    def lock(self, message_id: UUID) -> State | None:
        query = sa.select(messages.c.state).where(messages.c.message_id == message_id).with_for_update()
        state = self._connection.scalar(query)
        return State(state) if state else None

    def send_again(self, message_id: UUID) -> None:
        """From its first attempt; it stays the same mail."""
        again = {"state": State.PENDING, "attempts": 0, "due_at": sa.func.clock_timestamp()}
        self._change(message_id, {**again, "replays": messages.c.replays + 1})

    def _change(self, message_id: UUID, values: dict[str, object]) -> None:
        self._connection.execute(
            sa.update(messages).where(messages.c.message_id == message_id).values(values)
        )
