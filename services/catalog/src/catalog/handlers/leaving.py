"""Withdrawing products and articles on a date: planned, taken off the calendar, and carried out by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from catalog.domain.offer import Offered
from catalog.handlers import articles, products, views
from catalog.handlers.drafting import BATCH, told
from catalog.storage.unit_of_work import CatalogWork


def plan_product_withdrawal(
    work: CatalogWork, product_id: UUID, version: int | None, withdraw_at: datetime | None
) -> dict[str, Any]:
    """None: it stays after all."""
    work.products.lock_for_publishing()
    product = products.to_change(work, product_id, version)
    _plan(work, product, withdraw_at)
    work.products.save_withdrawal(product)
    return views.product(product)


def plan_article_withdrawal(
    work: CatalogWork, article_id: UUID, version: int | None, withdraw_at: datetime | None
) -> dict[str, Any]:
    """None: it stays after all."""
    work.products.lock_for_publishing()
    article = articles.to_change(work, article_id, version)
    _plan(work, article, withdraw_at)
    work.articles.save_withdrawal(article)
    return views.article(article)


def withdraw_due(work: CatalogWork) -> int:
    """Those whose moment has come; answers how many."""
    if not (work.products.leaving(work.now, 1) or work.articles.leaving(work.now, 1)):
        return 0  # nobody who publishes has to wait for that
    work.products.lock_for_publishing()
    due_products = work.products.leaving(work.now, BATCH)
    for product in due_products:
        product.withdraw(work.now)
        products.withdrawn(work, product)
    due_articles = work.articles.leaving(work.now, BATCH)
    for article in due_articles:
        article.withdraw(work.now)
        articles.withdrawn(work, article)
    return max(len(due_products), len(due_articles))


def _plan(work: CatalogWork, item: Offered, withdraw_at: datetime | None) -> None:
    with told("withdraw_at"):
        if withdraw_at is None:
            item.keep()
        else:
            item.plan_withdrawal(withdraw_at, work.now)
