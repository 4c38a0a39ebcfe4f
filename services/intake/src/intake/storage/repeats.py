"""Repeats: what keeps coming back outside the catalogue, with the requests that are in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Stale

from intake.domain.repeats import Decision, Repeat, State
from intake.storage.gathering_tables import repeats as table
from intake.storage.mirror_tables import products
from intake.storage.tables import UNSORTED, requests

# Of a text that says nothing: it is in no repeat, and is not looked at again.
NOWHERE = UUID(int=0)
# What was not seen for long is known no more; of a large repeat the newest say how it is.
MOST_KNOWN = 2_000
MOST_MEMBERS = 200

_r = requests.c
NEXT = (
    sa.select(_r.request_id, _r.text, _r.received_at)
    .where(UNSORTED, _r.sealed.is_(None))
    .order_by(_r.number)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
)
KNOWN = sa.select(table).order_by(table.c.last_at.desc(), table.c.repeat_id).limit(MOST_KNOWN)
MEMBERS = sa.text("""
    SELECT wanted.repeat_id, member.*
    FROM unnest(:wanted) AS wanted (repeat_id) CROSS JOIN LATERAL (
        SELECT request_id, reference, summary, text, state, kind, resolution, product_id, product, orders,
               received_at, closed_at, (approval ->> 'estimate_cents')::bigint AS estimate_cents
        FROM requests WHERE requests.repeat_id = wanted.repeat_id
        ORDER BY received_at DESC, request_id DESC LIMIT :most
    ) AS member
""").bindparams(sa.bindparam("wanted", type_=sa.ARRAY(sa.Uuid)))
SINCE = sa.text("""
    SELECT repeat_id,
           (SELECT count(*) FROM requests WHERE requests.product_id = repeats.product_id AND standard
                AND received_at > repeats.decided_at) AS standard,
           (SELECT count(*) FROM requests WHERE requests.repeat_id = repeats.repeat_id
                AND received_at > repeats.decided_at) AS other
    FROM repeats WHERE state = 'proposed' AND repeat_id = ANY(:wanted)
""").bindparams(sa.bindparam("wanted", type_=sa.ARRAY(sa.Uuid)))


class Repeats:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    # --- sorting in ----------------------------------------------------------------------------------------

    def unsorted(self, most: int) -> Sequence[Any]:
        """Requests that are in no repeat yet, in the order in which they came."""
        return self._connection.execute(NEXT, {"most": most}).all()

    def known(self) -> list[Repeat]:
        """The oldest first, so that of equals it is taken."""
        rows = self._connection.execute(KNOWN).all()
        return sorted(map(repeat_of, rows), key=lambda repeat: repeat.repeat_id)

    def keep(self, repeat: Repeat, came: Sequence[datetime]) -> None:
        """As it has become. `came`: when the requests came that were sorted into it now."""
        whole = {"count": repeat.count, "spread": repeat.spread, "said": repeat.said}
        new = {"repeat_id": repeat.repeat_id, "first_at": min(came), "version": 1, "state": State.OPEN}
        statement = sa.dialects.postgresql.insert(table).values({**whole, **new, "last_at": max(came)})
        later = sa.func.greatest(table.c.last_at, statement.excluded.last_at)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["repeat_id"], set_={**whole, "last_at": later})
        )

    def sort(self, request_ids: Iterable[UUID], repeat_id: UUID) -> None:
        self._connection.execute(
            sa.update(requests).where(_r.request_id.in_(list(request_ids))).values(repeat_id=repeat_id)
        )

    # --- looking -------------------------------------------------------------------------------------------

    def page(self, state: State, least: int, most: int) -> Sequence[Any]:
        """The largest first."""
        query = sa.select(table).where(table.c.state == state, table.c.count >= least)
        order = (table.c.count.desc(), table.c.last_at.desc(), table.c.repeat_id)
        return self._connection.execute(query.order_by(*order).limit(most)).all()

    def find(self, repeat_id: UUID) -> Any:
        return self._connection.execute(sa.select(table).where(table.c.repeat_id == repeat_id)).first()

    def members(self, repeat_ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
        """The newest first, at most MOST_MEMBERS of each."""
        found: dict[UUID, list[Any]] = {repeat_id: [] for repeat_id in repeat_ids}
        for row in self._connection.execute(MEMBERS, {"wanted": list(repeat_ids), "most": MOST_MEMBERS}):
            found[row.repeat_id].append(row)
        return found

    def since(self, repeat_ids: Sequence[UUID]) -> dict[UUID, Any]:
        """Of those of which a product was proposed: how often it was asked for, and how often not, since."""
        rows = self._connection.execute(SINCE, {"wanted": list(repeat_ids)})
        return {row.repeat_id: row for row in rows}

    def is_published(self, product_id: UUID) -> bool:
        there = sa.select(products.c.version).where(
            products.c.product_id == product_id, products.c.withdrawn_at.is_(None)
        )
        return self._connection.execute(there).scalar() is not None

    # --- deciding ------------------------------------------------------------------------------------------

    def lock(self, repeat_id: UUID) -> Any:
        query = sa.select(table).where(table.c.repeat_id == repeat_id).with_for_update()
        return self._connection.execute(query).first()

    def decide(self, repeat_id: UUID, version: int, decision: Decision) -> None:
        """`version` is what was looked at. Raises Stale when somebody was first."""
        changed = self._connection.execute(
            sa.update(table)
            .where(table.c.repeat_id == repeat_id, table.c.version == version)
            .values(
                version=version + 1,
                state=decision.state,
                decided_at=decision.at,
                decided_by=decision.by,
                reason=decision.reason,
                product_id=decision.product_id,
            )
        )
        if changed.rowcount != 1:
            raise Stale("stale", "Somebody else decided about this. Look at it again.")


def repeat_of(row: Any) -> Repeat:
    return Repeat(**{name: row._mapping[name] for name in ("repeat_id", "count", "spread", "said")})
