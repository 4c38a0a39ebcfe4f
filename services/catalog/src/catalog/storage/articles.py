"""Articles as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
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

    def by_slugs(self, slugs: Iterable[str]) -> dict[str, Article]:
        query = sa.select(articles).where(articles.c.slug.in_(list(slugs)))
        return {row["slug"]: _article(row) for row in self._connection.execute(query).mappings()}

    def existing(self, article_ids: Iterable[UUID]) -> frozenset[UUID]:
        query = sa.select(articles.c.article_id).where(articles.c.article_id.in_(list(article_ids)))
        return frozenset(self._connection.scalars(query))

    def all(self) -> list[Article]:
        """Those that were ever published, by slug."""
        rows = self._connection.execute(sa.select(articles).order_by(articles.c.slug)).mappings()
        return [_article(row) for row in rows]

    def page(self, *, product_id: UUID | None, **page: Any) -> search.Page:
        """Those on offer. `page` is what search.page takes: q, match, cursor, limit."""
        query = sa.select(articles).where(articles.c.withdrawn_at.is_(None))
        if product_id:
            query = query.where(articles.c.content["product_ids"].has_key(str(product_id)))
        return search.page(self._connection, query, articles, **page)

    def save_new_versions(self, changed: Iterable[Article], by: dict[str, Any]) -> None:
        """Write articles whose `publish` made a new version. Two statements, however many there are."""
        pairs = [(_row(article), _version_row(article, by)) for article in changed]
        if not pairs:
            return
        statement = insert(articles).values([row for row, _ in pairs])
        names = ("version", "content", "published_at", "withdrawn_at", "withdraw_at")
        changes = {name: statement.excluded[name] for name in names}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[articles.c.article_id], set_=changes)
        )
        self._connection.execute(sa.insert(article_versions), [version for _, version in pairs])

    def save_withdrawal(self, article: Article) -> None:
        change = sa.update(articles).where(articles.c.article_id == article.article_id)
        self._connection.execute(
            change.values(withdrawn_at=article.withdrawn_at, withdraw_at=article.withdraw_at)
        )

    def leaving(self, now: datetime, limit: int) -> list[Article]:
        """Those whose moment to be withdrawn has come, the earliest first."""
        query = sa.select(articles).where(articles.c.withdraw_at <= now)
        query = query.order_by(articles.c.withdraw_at, articles.c.article_id).limit(limit)
        return [_article(row) for row in self._connection.execute(query).mappings()]

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
    return Article(
        article_id=row["article_id"],
        content=ArticleContent.of(row["content"]),
        version=row["version"],
        published_at=row["published_at"],
        withdrawn_at=row["withdrawn_at"],
        withdraw_at=row["withdraw_at"],
    )


def _row(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "slug": article.content.slug,
        "version": article.version,
        "content": article.content.to_dict(),
        "published_at": article.published_at,
        "withdrawn_at": article.withdrawn_at,
        "withdraw_at": article.withdraw_at,
    }


def _version_row(article: Article, by: dict[str, Any]) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "version": article.version,
        "content": article.content.to_dict(),
        "content_hash": article.content.hash,
        "published_at": article.published_at,
        "published_by": by,
    }
