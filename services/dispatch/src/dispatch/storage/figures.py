"""Counting work orders for figures, per provider: one statement per question, answered from indexes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from servicekit.worktime.period import Period

from dispatch.domain.work_order_states import DONE, State
from dispatch.storage.tables import processes, providers, work_orders

Rows = Sequence[Any]

_w = work_orders.c
_p = processes.alias("course").c
# A round that a correction of the request began is nobody's work over again.
FIRST_ROUND = (
    sa.select(_p.fresh_round).where(_p.request_id == _w.request_id).correlate(work_orders).scalar_subquery()
)
REDONE = sa.and_(_w.state.in_(sorted(DONE)), _w.round > FIRST_ROUND)
# Each piece of work that had to be done over is followed by one that is done over: found not in order by the
# desk, or of a later round because the customer was not satisfied.
NOT_AT_ONCE = sa.or_(_w.state == State.REJECTED.value, REDONE)
COMPLETED = _w.state.in_(sorted({*DONE, State.REJECTED}))


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count().filter(condition)


OPEN = (
    sa.select(
        _w.provider_id,
        sa.func.count().label("open"),
        _how_many(_w.planned_until < sa.bindparam("now")).label("late"),
    )
    .where(_w.open)
    .group_by(_w.provider_id)
)
FAILED = sa.text("SELECT provider_id, count(*) AS failed FROM deliveries WHERE state = 'failed' GROUP BY 1")
ISSUED = (
    sa.select(
        _w.provider_id,
        sa.func.count().label("issued"),
        _how_many(_w.refused_at.is_not(None)).label("refused"),
        _how_many(_w.accepted_at.is_not(None)).label("accepted"),
        sa.func.percentile_cont(0.5)
        .within_group(sa.extract("epoch", _w.accepted_at - _w.issued_at))
        .label("seconds_to_accept"),
        _how_many(COMPLETED).label("completed"),
        _how_many(NOT_AT_ONCE).label("not_at_once"),
        sa.func.sum(_w.hand_overs).label("hand_overs"),
    )
    .where(_w.issued_at >= sa.bindparam("start"), _w.issued_at < sa.bindparam("end"))
    .group_by(_w.provider_id)
)
PROVIDERS = sa.select(providers.c.provider_id, providers.c.slug, providers.c.name, providers.c.kind).order_by(
    providers.c.name
)


class Figures:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open(self, now: datetime) -> Rows:
        return self._connection.execute(OPEN, {"now": now}).all()

    def failed(self) -> Rows:
        return self._connection.execute(FAILED).all()

    def issued(self, period: Period) -> Rows:
        return self._connection.execute(ISSUED, {"start": period.start, "end": period.end}).all()

    def providers(self) -> Rows:
        return self._connection.execute(PROVIDERS).all()
