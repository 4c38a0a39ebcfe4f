"""Deviations: where requests left the regular process of their product, and leaving it."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import deviations as shapes
from gateway.api.schemas.work_orders import WorkOrderView
from gateway.clients import Json

resources = Resources()


@resources.route(
    "GET", "/v1/deviations", permission="deviations.read", query=shapes.DeviationFilter,
    answer=shapes.DeviationPage, paged=True,
)  # fmt: skip
def list_deviations(call: Call) -> Json:
    """Where requests left the regular process, the newest first, and how often per product, kind and step."""
    return call.services.dispatch.list_deviations(**call.query)


@resources.route(
    "POST", "/v1/requests/<uuid:request_id>/added-steps", permission="work_orders.repair",
    body=shapes.AddedStep, answer=WorkOrderView, status=201, idempotent=True,
)  # fmt: skip
def add_step(call: Call, request_id: str) -> Json:
    """Give out work that the process does not know; it is kept as a deviation, with the reason."""
    return call.services.dispatch.add_step(request_id, **call.body)
