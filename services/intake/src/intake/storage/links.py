"""How requests hang together, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from intake.domain.links import Kind, Link, Rule
from intake.storage.tables import request_links as table
from intake.storage.tables import requests

# One at a time makes links: a circle of four may be made by two who each see half of it.
TURN = sa.text("SELECT pg_advisory_xact_lock(hashtext('intake.request_links'))")
# More than people make; it bounds the walk, not what is allowed.
MOST = 2_000
_r = requests.c

# Everything that hangs together with a request, going along included, however far.
TOGETHER = sa.text("""
    WITH RECURSIVE edges (a, b) AS (
        SELECT from_id, to_id FROM request_links UNION ALL
        SELECT request_id, follows FROM requests WHERE follows IS NOT NULL
    ), together (id) AS (
        SELECT unnest(CAST(:ids AS uuid[]))
        UNION
        SELECT CASE WHEN e.a = t.id THEN e.b ELSE e.a END FROM together t JOIN edges e ON t.id IN (e.a, e.b)
    )
    SELECT from_id, to_id, kind, rule FROM request_links WHERE from_id IN (SELECT id FROM together)
    UNION ALL
    SELECT request_id, follows, 'duplicate_of', NULL FROM requests
    WHERE follows IS NOT NULL AND request_id IN (SELECT id FROM together)
    LIMIT :most
""")
BLOCKERS = (
    sa.select(_r.reference)
    .join(table, table.c.from_id == _r.request_id)
    .where(
        table.c.to_id == sa.bindparam("the_id"),
        table.c.rule == Rule.BLOCKS.value,
        _r.state.not_in(["ready", "closed"]),
    )
    .order_by(_r.reference)
)
PARENTS = (
    sa.select(table.c.to_id)
    .where(table.c.from_id == sa.bindparam("the_id"), table.c.rule == Rule.BLOCKS.value)
    .order_by(table.c.to_id)
)
_SHOWN = (_r.request_id, _r.reference, _r.summary, _r.state, _r.resolution, _r.kind.label("request_kind"))


class Links:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take_turn(self) -> None:
        """Until the end of the transaction nobody else makes or removes links."""
        self._connection.execute(TURN)

    def together(self, *request_ids: UUID) -> list[Link]:
        ids = [str(each) for each in request_ids]
        rows = self._connection.execute(TOGETHER, {"ids": ids, "most": MOST})
        return [Link(row.from_id, row.to_id, Kind(row.kind), Rule(row.rule) if row.rule else None)
                for row in rows]  # fmt: skip

    def add(self, link: Link, at: Any, by: Any) -> bool:
        """False when it is there already."""
        ends = {"from_id": link.from_id, "to_id": link.to_id}
        new = insert(table).values({**ends, "kind": link.kind, "rule": link.rule, "at": at, "by": by})
        new = new.on_conflict_do_nothing()
        return self._connection.execute(new.returning(table.c.from_id)).first() is not None

    def remove(self, from_id: UUID, to_id: UUID, kind: Kind) -> bool:
        """False when there is none."""
        _t = table.c
        gone = sa.delete(table).where(_t.from_id == from_id, _t.to_id == to_id, _t.kind == kind)
        return self._connection.execute(gone.returning(_t.from_id)).first() is not None

    def blockers(self, request_id: UUID) -> list[str]:
        """The references of children that hold it up."""
        return list(self._connection.scalars(BLOCKERS, {"the_id": request_id}))

    def held_up_by(self, request_id: UUID) -> list[UUID]:
        """Whose completion it holds up."""
        return list(self._connection.scalars(PARENTS, {"the_id": request_id}))

    def children(self, request_id: UUID, rule: Rule | None = None) -> list[UUID]:
        wanted = sa.select(table.c.from_id).where(table.c.to_id == request_id, table.c.kind == Kind.CHILD_OF)
        if rule:
            wanted = wanted.where(table.c.rule == rule)
        return list(self._connection.scalars(wanted.order_by(table.c.from_id)))

    def of(self, request_id: UUID) -> Sequence[Any]:
        """Those of one request, from either end, with the other request as it is now."""
        out = sa.select(table.c.kind, table.c.rule, sa.literal(True).label("outward"), *_SHOWN).join(
            requests, _r.request_id == table.c.to_id
        ).where(table.c.from_id == request_id)  # fmt: skip
        back = sa.select(table.c.kind, table.c.rule, sa.literal(False), *_SHOWN).join(
            requests, _r.request_id == table.c.from_id
        ).where(table.c.to_id == request_id)  # fmt: skip
        return self._connection.execute(out.union_all(back).order_by("reference")).all()

    def along(self, request_id: UUID, follows: UUID | None) -> Sequence[Any]:
        """What it goes along with, and what goes along with it."""
        outward = sa.literal(False) if follows is None else _r.request_id == follows
        wanted = _r.follows == request_id if follows is None else outward
        shown = sa.select(*_SHOWN, outward.label("outward")).where(wanted).order_by(_r.reference)
        return self._connection.execute(shown).all()
