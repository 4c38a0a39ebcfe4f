"""Products and articles as callers and listeners see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.domain.article import Article
from catalog.domain.product import Product


def product(found: Product) -> dict[str, Any]:
    return {**product_fact(found), "current_version": found.version, "withdrawn_at": found.withdrawn_at}


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
