"""What a process knows about texts, and keeping it up to date: one small statement when nothing has changed.

Each replica has its own, made from the database alone, so that all propose the same and any may be restarted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from intake.domain.proposing.knowledge import Chosen, Knowledge, Offered
from intake.storage.mirror_tables import product_versions, products
from intake.storage.published import LIVE
from intake.storage.tables import choices, requests

# More would say little more, and take longer at a start.
MOST_CHOICES = 5_000
# Numbers are given out before they are committed, so a choice may appear under one that was seen before.
LOOK_BACK = 100

MARKS = sa.select(
    sa.select(sa.func.coalesce(sa.func.max(choices.c.choice_id), 0)).scalar_subquery().label("choice"),
    sa.func.count(),
    sa.func.sum(products.c.version),
    sa.func.max(products.c.published_at),
    sa.func.max(products.c.withdrawn_at),
).select_from(products)
VERSIONS = sa.select(products.c.product_id, products.c.version).where(LIVE)
CONTENTS = sa.select(product_versions.c.content).join(
    products,
    sa.and_(
        products.c.product_id == product_versions.c.product_id,
        products.c.version == product_versions.c.version,
    ),
)
CHOSEN = (
    sa.select(
        choices.c.choice_id, choices.c.request_id, choices.c.kind, choices.c.product_id, requests.c.text
    )
    .join(requests, requests.c.request_id == choices.c.request_id)
    .where(requests.c.sealed.is_(None), choices.c.by_desk, choices.c.choice_id > sa.bindparam("after"))
    .order_by(choices.c.choice_id.desc())
    .limit(MOST_CHOICES)
)


class Memory:
    """`learnt`: the last choice for each request, so that one that is put right is forgotten."""

    def __init__(self) -> None:
        self.knowledge = Knowledge()
        self.marks: tuple[Any, ...] = (0, None)
        self._seen: set[int] = set()
        self._learnt: dict[UUID, Chosen] = {}

    @property
    def last(self) -> int:
        return max(self._seen, default=0)

    def take_choices(self, rows: Sequence[Any]) -> None:
        for row in sorted(rows, key=lambda row: row.choice_id):
            if row.choice_id in self._seen:
                continue
            self._seen.add(row.choice_id)
            if before := self._learnt.get(row.request_id):
                self.knowledge.forget(before)
            chosen = Chosen(row.text, row.kind, str(row.product_id) if row.product_id else None)
            self._learnt[row.request_id] = chosen
            self.knowledge.learn(chosen)
        self._seen = {number for number in self._seen if number > self.last - LOOK_BACK}


_memories: WeakKeyDictionary[sa.Engine, Memory] = WeakKeyDictionary()


def knowledge(connection: sa.Connection) -> Knowledge:
    memory = _memories.setdefault(connection.engine, Memory())
    marks = tuple(connection.execute(MARKS).one())
    if marks[1:] != memory.marks[1:]:
        _take_products(connection, memory.knowledge)
    if marks[0] != memory.marks[0]:
        after = max(0, memory.last - LOOK_BACK)
        memory.take_choices(connection.execute(CHOSEN, {"after": after}).all())
    memory.marks = marks
    return memory.knowledge


def _take_products(connection: sa.Connection, known: Knowledge) -> None:
    """Reads before it changes anything: another call may do the same while this one waits."""
    live = {str(row.product_id): row.version for row in connection.execute(VERSIONS)}
    new = [UUID(product_id) for product_id in live if live[product_id] != known.versions.get(product_id)]
    wanted = CONTENTS.where(products.c.product_id.in_(new))
    contents = list(connection.scalars(wanted)) if new else []
    for product_id in known.versions.keys() - live.keys():
        known.take_back(product_id)
    for content in contents:
        known.offer(Offered.from_fact(content))
