"""Articles as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.actor import Actor
from sqlalchemy.dialects.postgresql import insert

from catalog.domain.article import Article, ArticleContent
from catalog.storage import search
from catalog.storage.catalogue import newest_first
from catalog.storage.tables import article_judgements, article_versions, articles

JUDGEMENTS = ("helped", "did_not_help")


class Articles:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, article_id: UUID) -> Article | None:
        return self._one(articles.c.article_id == article_id)

    def by_slug(self, slug: str) -> Article | None:
        return self._one(articles.c.slug == slug)

    def all(self) -> list[Article]:
        """By slug."""
        rows = self._connection.execute(sa.select(articles).order_by(articles.c.slug)).mappings()
        return [_article(row) for row in rows]

    def page(self, *, product_id: UUID | None, **page: Any) -> search.Page:
        """`page` is what search.page takes: q, match, cursor, limit."""
        query = sa.select(articles)
        if product_id:
            query = query.where(articles.c.content["product_ids"].has_key(str(product_id)))
        return search.page(self._connection, query, articles, **page)

    def save_new_version(self, article: Article, by: Actor) -> None:
        row: dict[str, Any] = {
            "version": article.version,
            "content": article.content.to_dict(),
            "published_at": article.published_at,
        }
        statement = insert(articles).values(article_id=article.article_id, slug=article.content.slug, **row)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[articles.c.article_id], set_=row)
        )
        version = {
            "article_id": article.article_id,
            "content_hash": article.content.hash,
            "published_by": {"kind": by.kind, "id": by.id, "name": by.name},
        }
        self._connection.execute(sa.insert(article_versions).values(**row, **version))

    def version(self, article_id: UUID, version: int) -> sa.RowMapping | None:
        query = sa.select(article_versions.c.content, article_versions.c.published_at).where(
            article_versions.c.article_id == article_id, article_versions.c.version == version
        )
        return self._connection.execute(query).mappings().first()

    def versions(self, article_id: UUID, cursor: str | None, limit: int) -> search.Page:
        """The newest first, each with how often it helped and did not."""
        found, said = article_versions.c, article_judgements.c
        counts = [
            sa.select(sa.func.coalesce(sa.func.sum(said[name]), 0))
            .where(said.article_id == found.article_id, said.version == found.version)
            .scalar_subquery()
            .label(name)
            for name in JUDGEMENTS
        ]
        query = sa.select(found.version, found.published_at, found.published_by, *counts)
        query = query.where(found.article_id == article_id)
        return newest_first(self._connection, query, found.version, cursor, limit)

    def judge(self, article_id: UUID, version: int, day: date, helped: bool) -> None:
        """One more reader whom this version helped, or not."""
        new = insert(article_judgements).values(
            article_id=article_id, version=version, day=day, helped=int(helped), did_not_help=int(not helped)
        )
        one_more = {name: article_judgements.c[name] + new.excluded[name] for name in JUDGEMENTS}
        keys = [article_judgements.c[name] for name in ("article_id", "version", "day")]
        self._connection.execute(new.on_conflict_do_update(index_elements=keys, set_=one_more))

    def judgements(self, article_id: UUID) -> dict[str, int]:
        return self.judgements_of([article_id]).get(article_id, {"helped": 0, "did_not_help": 0})

    def judgements_of(self, article_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
        """Those that anybody said something of."""
        counts = article_judgements.c
        sums = (sa.func.sum(counts[name]).label(name) for name in JUDGEMENTS)
        query = sa.select(counts.article_id, *sums)
        query = query.where(counts.article_id.in_(article_ids)).group_by(counts.article_id)
        rows = self._connection.execute(query).mappings()
        return {row["article_id"]: {name: int(row[name]) for name in JUDGEMENTS} for row in rows}

    def _one(self, condition: sa.ColumnElement[bool]) -> Article | None:
        row = self._connection.execute(sa.select(articles).where(condition)).mappings().first()
        if row is None:
            return None
        return _article(row)


def _article(row: sa.RowMapping) -> Article:
    content = ArticleContent.of(row["content"])
    return Article(row["article_id"], content, row["version"], row["published_at"])
