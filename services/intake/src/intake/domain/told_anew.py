"""What a correction changes of what the customer was told: the product, the promise, who comes and when."""

from __future__ import annotations

from typing import Any

from intake.domain.corrections import What
from intake.domain.foreseeing import Foreseen, stops
from intake.domain.requests import Request

# An order in one of these has a moment that was told.
AGREED = frozenset({"accepted", "scheduled"})


def told_anew(request: Request, foreseen: Foreseen) -> dict[str, Any]:
    """Before it is corrected. `appointment`: the first moment that does not stand any more."""
    return {
        "product": _is_other_product(request, foreseen),
        "promise": "promise" in foreseen.changes,
        "provider": _is_other_provider(request, foreseen),
        "appointment": min(_lapsed(request, foreseen), default=None),
    }


def _is_other_product(request: Request, foreseen: Foreseen) -> bool:
    """Of what is being assessed nobody was told a product yet."""
    if not request.round or request.product is None or "product" not in foreseen.changes:
        return False
    right = foreseen.changes["product"]
    return right is None or bool(right.product_id != request.product.product_id)


def _is_other_provider(request: Request, foreseen: Foreseen) -> bool:
    wish = foreseen.wish
    order = request.orders.get(str(wish.work_order_id)) if wish.work_order_id else None
    if order is None or wish.provider_id is None or wish.what is What.PRICE:
        return False
    return str(order.provider["provider_id"]) != str(wish.provider_id)


def _lapsed(request: Request, foreseen: Foreseen) -> list[str]:
    gone = stops(request, foreseen)
    return [order.planned_from for order in gone if order.planned_from and order.state in AGREED]
