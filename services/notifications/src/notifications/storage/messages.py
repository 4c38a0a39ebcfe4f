"""Messages as they are kept and read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from notifications.domain.messages import Message
from notifications.storage.tables import confided, messages

_SHOWN = (
    messages.c.message_id,
    messages.c.template,
    messages.c.address.label("to"),
    messages.c.language,
    messages.c.subject,
    messages.c.body,
    messages.c.state,
    messages.c.reason,
    messages.c.created_at,
    messages.c.sent_at,
    messages.c.attempts,
    messages.c.error,
)

_WRITTEN = (
    "message_id", "request_id", "reference", "person_id", "template", "occasion", "language", "name",
    "address", "subject", "body", "state", "reason", "created_at", "sequence", "mentions",
)  # fmt: skip
_given = {column.name: sa.bindparam(column.name, type_=column.type) for column in messages.c}
# Made confidential after what this message tells of: it is written without a word, in the same statement.
_BEFORE = sa.and_(confided.c.request_id == _given["request_id"], confided.c.sequence > _given["sequence"])
# What is confidential is in no visit, so who tells of it there tells of before.
_VEILED = sa.exists().where(sa.or_(_BEFORE, confided.c.request_id == sa.any_(_given["mentions"])))
_VALUES = {name: _given[name] for name in _WRITTEN} | {
    "subject": sa.case((_VEILED, sa.func.coalesce(_given["reference"], "")), else_=_given["subject"]),
    "body": sa.case((_VEILED, sa.bindparam("veil", type_=sa.Text)), else_=_given["body"]),
}
# Built once: building a statement costs more than running it.
_ADD = (
    insert(messages)
    .values(_VALUES)
    .on_conflict_do_nothing(constraint="messages_once")
    .returning(messages.c.message_id)
)


class Messages:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, message: Message, veil: str) -> bool:
        """False when this occasion has been told before: a fact that comes twice is told once. `veil`: what
        it says when its request has become confidential since.
        """
        recipient = message.recipient
        values = {
            "message_id": message.message_id,
            "request_id": message.request_id,
            "reference": message.reference,
            "person_id": UUID(recipient.person_id),
            "template": message.template,
            "occasion": message.occasion,
            "language": recipient.language,
            "name": recipient.name,
            "address": recipient.email,
            "subject": message.subject,
            "body": message.body,
            "state": message.state,
            "reason": message.reason,
            "created_at": message.created_at,
            "sequence": message.sequence,
            "mentions": list(message.mentions) or None,
            "veil": veil,
        }
        return self._connection.execute(_ADD, values).first() is not None

    def veil(self, request_id: UUID, sequence: int, said: str) -> None:
        """What was written about a request before, and is kept to be read or still to be sent, has no word of
        it; nor has what is still to come of before.
        """
        known = insert(confided).values(request_id=request_id, sequence=sequence)
        newest = sa.func.greatest(confided.c.sequence, known.excluded.sequence)
        self._connection.execute(
            known.on_conflict_do_update(index_elements=[confided.c.request_id], set_={"sequence": newest})
        )
        before = sa.or_(messages.c.sequence.is_(None), messages.c.sequence < sequence)
        about = sa.update(messages).where(_about(request_id), before)
        self._connection.execute(about.values(subject=sa.func.coalesce(messages.c.reference, ""), body=said))

    def sent(self, message_id: UUID) -> dict[str, Any] | None:
        """Who reads it, and what it is about. That of an approver is about a request of another."""
        named = ("request_id", "person_id", "name", "address", "language", "template")
        wanted = sa.select(*(messages.c[each] for each in named)).where(
            messages.c.message_id == message_id,
            messages.c.state != "suppressed",
            messages.c.template != "approval",
        )
        row = self._connection.execute(wanted).mappings().first()
        return dict(row) if row else None

    def about(self, request_id: UUID, person_ids: Collection[UUID] | None) -> list[dict[str, Any]]:
        """Oldest first; only those to one of `person_ids`, if given."""
        query = sa.select(*_SHOWN).where(_about(request_id))
        if person_ids is not None:
            query = query.where(messages.c.person_id.in_(person_ids))
        rows = self._connection.execute(query.order_by(messages.c.created_at, messages.c.message_id))
        return [dict(row) for row in rows.mappings()]


def _about(request_id: UUID) -> sa.ColumnElement[bool]:
    return sa.or_(messages.c.request_id == request_id, messages.c.mentions.contains([request_id]))
