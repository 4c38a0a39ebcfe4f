"""Whom one may report for, and what may be charged."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import involving as shapes
from gateway.api.schemas.ordering import OrderingTerms, OrderTermsFilter
from gateway.clients import Json

resources = Resources()


@resources.route(
    "GET", "/v1/people/me/colleagues", permission="relations.read", query=shapes.ColleagueFilter,
    answer=shapes.ColleagueList,
)  # fmt: skip
def list_colleagues(call: Call) -> Json:
    """Find colleagues of one's own customer, to report for: name and department, six at most."""
    return call.services.intake.list_colleagues(call.query["q"])


@resources.route(
    "GET", "/v1/people/me/cost-centres", permission="relations.read", answer=shapes.OwnCostCentreList
)
def list_own_cost_centres(call: Call) -> Json:
    """The cost centres that one may charge: those of one's own customer; for the desk all."""
    return call.services.intake.list_own_cost_centres()


@resources.route(
    "GET", "/v1/products/<uuid:product_id>/order-terms", permission="catalog.read", query=OrderTermsFilter,
    answer=OrderingTerms,
)  # fmt: skip
def get_ordering_terms(call: Call, product_id: str) -> Json:
    """Until when a product may be ordered and is cancelled free, and what is left, before one orders."""
    asked = dict(call.query)
    moment = asked.pop("wanted", None)
    return call.services.intake.get_order_terms(product_id, moment and {"from": moment.isoformat()}, **asked)
