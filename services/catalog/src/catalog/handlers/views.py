"""Products and articles as callers and listeners see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.domain.article import Article
from catalog.domain.critical_path import critical_path
from catalog.domain.product import Product, ProductContent
from catalog.storage.drafts import Kept


def product(found: Product) -> dict[str, Any]:
    return {
        **product_fact(found),
        "current_version": found.version,
        "withdrawn_at": found.withdrawn_at,
        "critical_path": critical(found.content),
    }


def critical(content: ProductContent) -> dict[str, Any] | None:
    """The way through the process that takes longest, and whether it fits in the promise."""
    found = critical_path(content.steps, content.lead_time)
    if found is None:
        return None
    names = ("steps", "minutes", "promised", "silent", "too_long")
    return {name: getattr(found, name) for name in names}


def product_fact(published: Product) -> dict[str, Any]:
    """catalog.product_published.v1"""
    return {
        "product_id": published.product_id,
        "version": published.version,
        **published.content.to_dict(),
        "published_at": published.published_at,
    }


def withdrawal_fact(withdrawn: Product) -> dict[str, Any]:
    """catalog.product_withdrawn.v1"""
    return {
        "product_id": withdrawn.product_id,
        "version": withdrawn.version,
        "withdrawn_at": withdrawn.withdrawn_at,
    }


def product_line(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row of a list: the whole product, because whoever picks one asks its questions next.

    `standard` says that a request for it starts its process at once.
    """
    return {
        "product_id": row["product_id"],
        "version": row["version"],
        **row["content"],
        "standard": bool(row["content"]["process"]["steps"]),
        "published_at": row["published_at"],
        "withdrawn_at": row["withdrawn_at"],
    }


def draft(kept: Kept, now: Product | None, slug_problem: str | None) -> dict[str, Any]:
    """`problems`: what stands in the way of publishing it, per field. `current_version`: of the product as
    it stands.
    """
    found = kept.draft
    problems = dict(found.content.problems().by_field)
    if slug_problem:
        problems.setdefault("slug", []).append(slug_problem)
    return {
        "product_id": found.product_id,
        "version": found.revision,
        "state": found.state.value,
        "actions": found.actions(),
        "content": found.content.to_dict(),
        "problems": problems,
        "critical_path": critical(found.content),
        "base_version": found.base_version,
        "current_version": now.version if now else None,
        "withdrawn_at": now.withdrawn_at if now else None,
        "publish_at": found.publish_at,
        "refused": found.refused,
        "changed_at": kept.changed_at,
        "changed_by": kept.changed_by,
    }


_OF_A_DRAFT = ("revision", "base_version", "publish_at", "refused", "changed_at", "changed_by")


def catalogue_line(row: Mapping[Any, Any]) -> dict[str, Any]:
    """`draft` is None where nobody works on a next version; `version` where none was published yet."""
    content = row["content"]
    draft = {"state": row["draft_state"], **{name: row[name] for name in _OF_A_DRAFT}}
    return {
        "product_id": row["product_id"],
        "slug": row["slug"],
        **{name: content.get(name) for name in ("name", "category", "kind", "owner")},
        **{name: row[name] for name in ("version", "published_at", "withdrawn_at")},
        "draft": draft if row["draft_state"] else None,
    }


def article_fact(published: Article) -> dict[str, Any]:
    """catalog.article_published.v1, and what a caller sees."""
    return {
        "article_id": published.article_id,
        "version": published.version,
        **published.content.to_dict(),
        "published_at": published.published_at,
    }


def article_line(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "article_id": row["article_id"],
        "version": row["version"],
        **row["content"],
        "published_at": row["published_at"],
    }


def article_version(row: Mapping[Any, Any]) -> dict[str, Any]:
    judgements = {name: row[name] for name in ("helped", "did_not_help")}
    return {
        **{name: row[name] for name in ("version", "published_at", "published_by")},
        "judgements": judgements,
    }
