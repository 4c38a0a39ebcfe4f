"""Of each order whose links were ended, mailed anew or used: which are still good, and when one was used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.storage.tables import METADATA, MOMENT

# How often it is written down that a link is used: who reads for an hour leaves sixty moments, not thousands.
NOTED_EVERY = timedelta(minutes=1)

order_links = sa.Table(
    "order_links",
    METADATA,
    sa.Column("work_order_id", sa.Uuid, sa.ForeignKey("work_orders.work_order_id"), primary_key=True),
    sa.Column("serial", sa.Integer, nullable=False, server_default="0"),  # only links that carry it are good
    sa.Column("sent", sa.Integer, nullable=False, server_default="0"),  # how often it was mailed anew
    sa.Column("sent_at", MOMENT),
    sa.Column("used_at", MOMENT),  # a link that was good, for the last time
    sa.Column("ended_at", MOMENT),
    sa.Column("ended_by", sa.Text),
    sa.Column("ended_why", sa.Text),
)
_T = order_links.c


@dataclass(frozen=True)
class Links:
    """`serial` is how often they were ended. `sent`: how often somebody mailed one anew."""

    serial: int = 0
    sent: int = 0
    sent_at: datetime | None = None
    used_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_why: str | None = None


class OrderLinks:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of(self, work_order_id: UUID) -> Links:
        names = [column for column in _T if column.name != "work_order_id"]
        row = self._connection.execute(sa.select(*names).where(_T.work_order_id == work_order_id)).first()
        return Links(**row._mapping) if row else Links()

    def used(self, work_order_id: UUID, at: datetime) -> None:
        statement = insert(order_links).values(work_order_id=work_order_id, used_at=at)
        before = sa.or_(_T.used_at.is_(None), _T.used_at < at - NOTED_EVERY)
        change = statement.on_conflict_do_update(
            index_elements=[_T.work_order_id], set_={"used_at": at}, where=before
        )
        self._connection.execute(change)

    def end(self, work_order_id: UUID, at: datetime, by: str, why: str) -> None:
        ended = {"ended_at": at, "ended_by": by, "ended_why": why}
        statement = insert(order_links).values(work_order_id=work_order_id, serial=1, **ended)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[_T.work_order_id], set_={"serial": _T.serial + 1, **ended}
            )
        )

    def send(self, work_order_id: UUID, at: datetime) -> None:
        statement = insert(order_links).values(work_order_id=work_order_id, sent=1, sent_at=at)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[_T.work_order_id], set_={"sent": _T.sent + 1, "sent_at": at}
            )
        )
