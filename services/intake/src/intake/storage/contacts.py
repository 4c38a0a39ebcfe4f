"""Contact moments of people: the lines of their dossiers by which they and the desk met, and what was noted
besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from intake.domain.contacts import MOMENTS
from intake.storage import pages
from intake.storage.confidence import hidden_from, open_to
from intake.storage.pages import Rows
from intake.storage.relation_tables import contact_moments, notes
from intake.storage.tables import requests, timeline

_m, _t, _r, _n = contact_moments.c, timeline.c, requests.c, notes.c


class Contacts:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, moment: dict[str, Any]) -> None:
        self._connection.execute(insert(contact_moments).values(moment))

    def page(
        self, person_ids: Sequence[UUID], reader_id: str | None, cursor: str | None, limit: int
    ) -> tuple[Rows, str | None]:
        """The newest first, without what is confidential to this reader. `type` is None for what was noted
        outside a timeline.
        """
        on_timelines = _on_timelines(person_ids).where(open_to(reader_id))
        hidden = _m.request_id.in_(hidden_from(reader_id))
        noted = _noted(person_ids).where(sa.or_(_m.request_id.is_(None), sa.not_(hidden)))
        both = sa.union_all(on_timelines, noted).subquery("moments")
        keys = [both.c.at, both.c.moment_id]
        return pages.page(self._connection, sa.select(both), keys, cursor, limit, descending=True)  # type: ignore[arg-type]

    # --- notes ---

    def notes_of_people(self, person_ids: Sequence[UUID]) -> Rows:
        return self._notes(_n.person_id.in_(person_ids))

    def notes_of_customer(self, customer_id: UUID) -> Rows:
        return self._notes(_n.customer_id == customer_id)

    def _notes(self, about: sa.ColumnElement[bool]) -> Rows:
        query = sa.select(_n.note_id, _n.person_id, _n.text, _n.at, _n.by).where(about)
        return self._connection.execute(query.order_by(_n.at.desc(), _n.note_id)).all()

    def add_note(self, note: dict[str, Any]) -> None:
        self._connection.execute(insert(notes).values(note))

    def remove_note(self, note_id: UUID) -> bool:
        """False when it is not there (any more)."""
        gone = sa.delete(notes).where(_n.note_id == note_id).returning(_n.note_id)
        return self._connection.scalar(gone) is not None


def _on_timelines(person_ids: Sequence[UUID]) -> sa.Select[Any]:
    number = sa.func.lpad(sa.cast(_t.entry_id, sa.Text), 20, "0", type_=sa.Text).label("moment_id")
    return (
        sa.select(
            _t.at,
            number,
            _t.type,
            _t.by,
            _t.data,
            sa.null().label("direction"),
            _r.channel,
            sa.null().label("text"),
            _r.request_id,
            _r.reference,
            _r.summary,
            _r.notify,
        )
        .join(requests, _r.request_id == _t.request_id)
        .where(_r.requester_id.in_(person_ids), _t.type.in_(list(MOMENTS)))
    )


def _noted(person_ids: Sequence[UUID]) -> sa.Select[Any]:
    own = sa.cast(_m.moment_id, sa.Text)
    return (
        sa.select(
            _m.at,
            own,
            sa.null(),
            _m.by,
            sa.null(),
            _m.direction,
            _m.channel,
            _m.text,
            _m.request_id,
            _r.reference,
            _r.summary,
            sa.null(),
        )
        .outerjoin(requests, _r.request_id == _m.request_id)
        .where(_m.person_id.in_(person_ids))
    )
