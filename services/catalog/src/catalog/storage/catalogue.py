"""The catalogue as its authors see it: products and drafts in one list, and the versions of one product."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from catalog.domain.draft import State
from catalog.storage.search import Page
from catalog.storage.tables import product_drafts as drafts
from catalog.storage.tables import product_versions, products
from servicekit import paging

_slug = sa.func.coalesce(products.c.slug, drafts.c.slug).label("slug")
_product_id = sa.func.coalesce(products.c.product_id, drafts.c.product_id).label("product_id")
# A new product is shown as its draft has it; one that is there as it stands now.
_content = sa.func.coalesce(products.c.content, drafts.c.content).label("content")
_STATES = {
    "published": sa.and_(products.c.product_id.is_not(None), products.c.withdrawn_at.is_(None)),
    "withdrawn": products.c.withdrawn_at.is_not(None),
    "draft": drafts.c.state == State.OPEN.value,
    "scheduled": drafts.c.state == State.SCHEDULED.value,
}


class Catalogue:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def page(self, q: str | None, state: str | None, cursor: str | None, limit: int) -> Page:
        """By slug. `q`: words that all occur in the name, the category or the slug."""
        query = sa.select(
            _product_id,
            _slug,
            _content,
            products.c.version,
            products.c.published_at,
            products.c.withdrawn_at,
            drafts.c.state.label("draft_state"),
            *(drafts.c[name] for name in ("revision", "base_version", "publish_at", "refused")),
            *(drafts.c[name] for name in ("changed_at", "changed_by")),
        ).select_from(products.join(drafts, drafts.c.product_id == products.c.product_id, full=True))
        if state:
            query = query.where(_STATES[state])
        for word in (q or "").split():
            query = query.where(_words().icontains(word, autoescape=True))
        if cursor:
            query = query.where(sa.tuple_(_slug, _product_id) > sa.tuple_(*_position(cursor)))
        rows = self._connection.execute(query.order_by(_slug, _product_id).limit(limit + 1)).mappings().all()
        if len(rows) <= limit:
            return Page(rows, None)
        last = rows[limit - 1]
        return Page(rows[:limit], paging.encode([last["slug"], str(last["product_id"])]))

    def versions(self, product_id: UUID, cursor: str | None, limit: int) -> Page:
        """The newest first."""
        query = sa.select(
            product_versions.c.version, product_versions.c.published_at, product_versions.c.published_by
        ).where(product_versions.c.product_id == product_id)
        return newest_first(self._connection, query, product_versions.c.version, cursor, limit)


def newest_first(
    connection: sa.Connection, query: sa.Select[Any], version: sa.Column[int], cursor: str | None, limit: int
) -> Page:
    """A page of versions; `query` selects `version` under its own name."""
    if cursor:
        (before,) = _checked(paging.decode(cursor), int)
        query = query.where(version < before)
    rows = connection.execute(query.order_by(version.desc()).limit(limit + 1)).mappings().all()
    if len(rows) <= limit:
        return Page(rows, None)
    return Page(rows[:limit], paging.encode([rows[limit - 1]["version"]]))


def _words() -> sa.ColumnElement[str]:
    texts = [_content[(name, language)].astext for name in ("name", "category") for language in ("nl", "en")]
    return sa.func.concat_ws(" ", _slug, *texts)


def _position(cursor: str) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    slug, text = _checked(paging.decode(cursor), str, str)
    try:
        product_id = UUID(text)
    except ValueError:
        paging.decode("!")
        raise
    return sa.literal(slug), sa.literal(product_id, sa.Uuid)


def _checked(position: list[Any], *types: type) -> list[Any]:
    """Raises the same Invalid as any cursor that is not ours."""
    fits = len(position) == len(types) and all(map(isinstance, position, types))
    return position if fits else paging.decode("!")
