"""The catalogue as its authors see it: what is published and drafts in one list, and the versions of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from catalog.domain.draft import State
from catalog.storage import tables
from catalog.storage.search import Page
from servicekit import paging


@dataclass(frozen=True)
class Shelf:
    """Products, or articles: where they stand, and which of their texts are searched."""

    key: str
    items: sa.Table
    drafts: sa.Table
    versions: sa.Table
    texts: tuple[str, ...]

    @property
    def item_id(self) -> sa.Label[UUID]:
        both = (self.items.c[self.key], self.drafts.c[self.key])
        return sa.func.coalesce(*both).label(self.key)

    @property
    def slug(self) -> sa.Label[str]:
        return sa.func.coalesce(self.items.c.slug, self.drafts.c.slug).label("slug")

    @property
    def content(self) -> sa.Label[Any]:
        """Of a new one as its draft has it; of one that is there as it stands now."""
        return sa.func.coalesce(self.items.c.content, self.drafts.c.content).label("content")

    def words(self) -> sa.ColumnElement[str]:
        texts = [
            self.content.element[(name, language)].astext for name in self.texts for language in ("nl", "en")
        ]
        return sa.func.concat_ws(" ", self.slug, *texts)

    def state(self, name: str) -> sa.ColumnElement[bool]:
        items, drafts = self.items.c, self.drafts.c
        return {
            "published": sa.and_(items[self.key].is_not(None), items.withdrawn_at.is_(None)),
            "leaving": items.withdraw_at.is_not(None),
            "withdrawn": items.withdrawn_at.is_not(None),
            "draft": drafts.state == State.OPEN.value,
            "scheduled": drafts.state == State.SCHEDULED.value,
        }[name]


OF_PRODUCTS = Shelf(
    "product_id", tables.products, tables.product_drafts, tables.product_versions, ("name", "category")
)
OF_ARTICLES = Shelf("article_id", tables.articles, tables.article_drafts, tables.article_versions, ("title",))


class Catalogue:
    def __init__(self, connection: sa.Connection, shelf: Shelf) -> None:
        self._connection, self._shelf = connection, shelf

    def page(self, q: str | None, state: str | None, cursor: str | None, limit: int) -> Page:
        """By slug. `q`: words that all occur in its texts or the slug."""
        shelf, key = self._shelf, self._shelf.key
        items, drafts, item_id, slug = shelf.items, shelf.drafts, shelf.item_id, shelf.slug
        query = sa.select(
            item_id,
            slug,
            shelf.content,
            *(items.c[name] for name in ("version", "published_at", "withdrawn_at", "withdraw_at")),
            drafts.c.state.label("draft_state"),
            *(drafts.c[name] for name in ("revision", "base_version", "publish_at", "refused")),
            *(drafts.c[name] for name in ("changed_at", "changed_by")),
        ).select_from(items.join(drafts, drafts.c[key] == items.c[key], full=True))
        if state:
            query = query.where(shelf.state(state))
        for word in (q or "").split():
            query = query.where(shelf.words().icontains(word, autoescape=True))
        if cursor:
            query = query.where(sa.tuple_(slug, item_id) > sa.tuple_(*_position(cursor)))
        rows = self._connection.execute(query.order_by(slug, item_id).limit(limit + 1)).mappings().all()
        if len(rows) <= limit:
            return Page(rows, None)
        last = rows[limit - 1]
        return Page(rows[:limit], paging.encode([last["slug"], str(last[key])]))

    def versions(self, item_id: UUID, cursor: str | None, limit: int) -> Page:
        """The newest first."""
        found = self._shelf.versions.c
        query = sa.select(found.version, found.published_at, found.published_by)
        query = query.where(found[self._shelf.key] == item_id)
        return newest_first(self._connection, query, found.version, cursor, limit)


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
