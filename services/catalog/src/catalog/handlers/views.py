"""Products and articles as callers and listeners see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.domain.article import Article
from catalog.domain.critical_path import critical_path
from catalog.domain.offer import Offered
from catalog.domain.product import Product, ProductContent
from catalog.storage.drafts import Kept


def product(found: Product) -> dict[str, Any]:
    return {
        **product_fact(found),
        "current_version": found.version,
        **offer(found),
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


def draft(kept: Kept[Any]) -> dict[str, Any]:
    """What drafts of anything have in common."""
    found = kept.draft
    return {
        "version": found.revision,
        "state": found.state.value,
        "actions": found.actions(),
        "content": found.content.to_dict(),
        "base_version": found.base_version,
        "publish_at": found.publish_at,
        "refused": found.refused,
        "changed_at": kept.changed_at,
        "changed_by": kept.changed_by,
    }


_OF_A_DRAFT = ("revision", "base_version", "publish_at", "refused", "changed_at", "changed_by")


_OF_AN_OFFER = ("version", "published_at", "withdrawn_at", "withdraw_at")


def catalogue_line(row: Mapping[Any, Any]) -> dict[str, Any]:
    """`draft` is None where nobody works on a next version; `version` where none was published yet."""
    content = row["content"]
    return {
        "product_id": row["product_id"],
        **{name: content.get(name) for name in ("name", "category", "kind", "owner")},
        **_stands(row),
    }


def article_catalogue_line(row: Mapping[Any, Any]) -> dict[str, Any]:
    content = row["content"]
    return {
        "article_id": row["article_id"],
        **{name: content[name] for name in ("title", "product_ids")},
        **_stands(row),
    }


def _stands(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What was published, and what somebody works on."""
    draft = {"state": row["draft_state"], **{name: row[name] for name in _OF_A_DRAFT}}
    return {
        "slug": row["slug"],
        **{name: row[name] for name in _OF_AN_OFFER},
        "draft": draft if row["draft_state"] else None,
    }


def article(found: Article) -> dict[str, Any]:
    return {**article_fact(found), "current_version": found.version, **offer(found)}


def article_fact(published: Article) -> dict[str, Any]:
    """catalog.article_published.v1"""
    return {
        "article_id": published.article_id,
        "version": published.version,
        **published.content.to_dict(),
        "published_at": published.published_at,
    }


def article_withdrawal_fact(withdrawn: Article) -> dict[str, Any]:
    """catalog.article_withdrawn.v1"""
    return {
        "article_id": withdrawn.article_id,
        "version": withdrawn.version,
        "withdrawn_at": withdrawn.withdrawn_at,
    }


def offer(found: Offered) -> dict[str, Any]:
    return {"withdrawn_at": found.withdrawn_at, "withdraw_at": found.withdraw_at}


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
