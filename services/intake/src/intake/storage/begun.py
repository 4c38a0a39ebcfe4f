"""Reports that were begun on the site, by their code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.worktime.period import Period
from sqlalchemy.dialects.postgresql import insert

from intake.domain.begun import State
from intake.storage.begun_tables import begun_reports, wrong_codes
from intake.storage.tables import requests

_b, _w = begun_reports.c, wrong_codes.c
# What is not kept longer than it is of use.
PERSONAL = ("filled", "files", "person_id", "by", "origin")
_EMPTY = {_b[name]: sa.null() for name in PERSONAL}


class Begun:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, row: dict[str, Any]) -> bool:
        """False when this code is taken."""
        new = insert(begun_reports).values(row).on_conflict_do_nothing(index_elements=[_b.code])
        return self._connection.scalar(new.returning(_b.begun_id)) is not None

    def count_since(self, at: datetime, person_id: UUID | None, origin: str | None) -> tuple[int, int]:
        """How many were begun: by this one, and by all who did not sign in."""
        same = _b.person_id == person_id if person_id else _b.origin == origin
        counted = sa.select(
            sa.func.count().filter(same), sa.func.count().filter(_b.person_id.is_(None))
        ).where(_b.at > at)
        own, all_ = self._connection.execute(counted).one()
        return own, all_

    def by_code(self, code: str) -> Any:
        """With the request that it became; None for a code that was never given."""
        columns = (*begun_reports.c, requests.c.reference)
        found = sa.select(*columns).outerjoin(requests, requests.c.request_id == _b.request_id)
        return self._connection.execute(found.where(_b.code == code)).first()

    def to_finish(self, begun_id: UUID) -> Any:
        """Locked: of two who finish it at the same time the second sees that it is done."""
        wanted = sa.select(begun_reports).where(_b.begun_id == begun_id).with_for_update()
        return self._connection.execute(wanted).first()

    def finish(self, begun_id: UUID, request_id: UUID, over: str, at: datetime) -> None:
        done = {_b.state: State.FINISHED, _b.request_id: request_id, _b.over: over, _b.ended_at: at}
        self._connection.execute(
            sa.update(begun_reports).where(_b.begun_id == begun_id).values(done | _EMPTY)
        )

    def expire(self, now: datetime) -> int:
        """What is in them is gone; that they were there stays, to be counted. How many there were."""
        late = sa.update(begun_reports).where(_b.state == State.OPEN, _b.ends_at <= now)
        ended = late.values({_b.state: State.EXPIRED, _b.ended_at: _b.ends_at} | _EMPTY)
        return self._connection.execute(ended).rowcount

    def count(self, period: Period, now: datetime) -> Any:
        """Of those begun in the period: {begun, finished, expired}."""
        expired = sa.or_(_b.state == State.EXPIRED, sa.and_(_b.state == State.OPEN, _b.ends_at <= now))
        counted = sa.select(
            sa.func.count().label("begun"),
            sa.func.count().filter(_b.state == State.FINISHED).label("finished"),
            sa.func.count().filter(expired).label("expired"),
        )
        return self._connection.execute(counted.where(_b.at >= period.start, _b.at < period.end)).one()

    def known_files(self, digests: Sequence[str]) -> set[str]:
        """Of these, those that wait in a report that was begun."""
        file = sa.func.jsonb_array_elements(_b.files).table_valued("value", name="file")
        digest = file.c.value.op("->>")("digest")
        wanted = sa.select(digest).select_from(begun_reports).join(file, sa.true())
        wanted = wanted.where(_b.state == State.OPEN, digest.in_(list(digests)))
        return set(self._connection.scalars(wanted))

    # --- wrong codes ---

    def note_wrong(self, actor_id: str, at: datetime) -> None:
        self._connection.execute(insert(wrong_codes).values(actor_id=actor_id, at=at))

    def count_wrong(self, actor_id: str, since: datetime) -> int:
        counted = sa.select(sa.func.count()).where(_w.actor_id == actor_id, _w.at > since)
        return int(self._connection.scalar(counted) or 0)

    def forget_wrong(self, before: datetime) -> None:
        self._connection.execute(sa.delete(wrong_codes).where(_w.at < before))
