"""As what danger is begun of which nobody has said yet what product it is: somebody goes there at once, and
the desk sorts it after.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from intake.domain.danger import KINDS
from intake.domain.products import Product


@dataclass(frozen=True)
class DangerRoute:
    """`product_id` None: nobody is sent, it stays on top of triage. Version 0: nobody has chosen yet."""

    product_id: UUID | None = None
    version: int = 0
    at: datetime | None = None
    by: Mapping[str, Any] | None = None


class Order(Protocol):
    @property
    def work_order_id(self) -> str: ...
    @property
    def round(self) -> int: ...
    @property
    def state(self) -> str: ...


# Somebody may be on the way with such an order.
ON_THE_WAY = frozenset({"issued", "accepted", "scheduled", "in_progress", "paused"})


def why_not(product: Product) -> str | None:
    """Why danger can't be begun as this product, in words for who chooses it."""
    if product.kind != "fault" or product.priority != "P1":
        return "Choose a product that is a fault with priority P1: danger is nothing less."
    if not product.has_process:
        return "This product has no work of its own, so nobody would go there."
    if product.confidential or product.ordering:
        return "Danger is for whoever is near: not confidential, and without rules for ordering."
    return None


def is_sent(danger: str | None, kind: str | None, product_id: str | None) -> bool:
    """Whether a report is begun as danger: what is broken, or not sorted yet, of which no product is said."""
    return danger is not None and kind in KINDS and product_id is None


def going_on(orders: Collection[Order], round_: int) -> tuple[str, ...]:
    """Who is on the way is not called back when the desk sorts it: these orders go on to their end."""
    return tuple(
        sorted(each.work_order_id for each in orders if each.round == round_ and each.state in ON_THE_WAY)
    )
