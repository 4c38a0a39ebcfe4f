"""Danger of which no product is said is begun at once as the one that the organisation chose for it. Who goes
there the routing rules say, by place and hour, as of any order; the desk sorts it after.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Invalid

from intake.domain.danger_route import going_on, is_sent, why_not
from intake.domain.products import Product
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
GONE = "This product is not offered any more: nobody is sent, and it stays on top of triage. Choose another."


def get_route(work: IntakeWork, rules: Rules) -> View:
    """`fault`: why nobody is sent though a product was chosen."""
    route = work.danger_routes.newest()
    product = _offered(work, rules, route.product_id) if route.product_id else None
    fault = None
    if route.product_id:
        fault = why_not(product) if product else GONE
    named = {name: getattr(product.ref, name) for name in ("product_id", "slug", "name")} if product else None
    return {"version": route.version, "product_id": route.product_id, "product": named, "fault": fault,
            "at": route.at, "by": route.by}  # fmt: skip


def set_route(work: IntakeWork, rules: Rules, product_id: UUID | None, version: int) -> View:
    """For what is reported from now on. Raises Invalid for a product that is not for this, and Stale."""
    if product_id:
        product = _offered(work, rules, product_id)
        text = why_not(product) if product else "This product is not offered (any more). Choose another."
        if text:
            raise Invalid("invalid", text, {"product_id": [text]})
    by = {"kind": work.actor.kind, "name": work.actor.name or work.actor.id}
    work.danger_routes.set(product_id, version, work.now, by)
    return get_route(work, rules)


def send(work: IntakeWork, rules: Rules, request: Request) -> bool:
    """Begin what was just received as danger, unless it is none or nobody was chosen to go. Nothing is asked:
    what its product would like to know the report says, or who comes sees.
    """
    if not is_sent(request.danger, request.kind, request.product.product_id if request.product else None):
        return False
    product = chosen(work, rules)
    if product is None:
        return False
    request.assess(work.now, work.by)
    request.begin_as_danger(product.ref, product.kind, work.now, work.by)
    return True


def chosen(work: IntakeWork, rules: Rules) -> Product | None:
    """None also when what was chosen can't be begun any more: then a person looks, as before."""
    product_id = work.danger_routes.newest().product_id
    product = _offered(work, rules, product_id) if product_id else None
    return product if product and why_not(product) is None else None


def is_unsorted(work: IntakeWork, request: Request) -> bool:
    """It was begun as danger, and nobody has said yet what it is."""
    if not (request.danger and request.product):
        return False
    return str(work.danger_routes.newest().product_id) == request.product.product_id


def kept(work: IntakeWork, request: Request) -> tuple[str, ...]:
    """Orders with which somebody is on the way: sorting it does not call them back."""
    return going_on(request.orders.values(), request.round) if is_unsorted(work, request) else ()


def _offered(work: IntakeWork, rules: Rules, product_id: UUID) -> Product | None:
    return work.lookups.for_triage(product_id, rules.zone)[0]
