"""Figures: how the desk is doing."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.figures import compose, days
from gateway.api.operation import Resources
from gateway.api.schemas.figures import Figures, PeriodFilter
from gateway.clients import Json

resources = Resources()


@resources.route("GET", "/v1/figures", permission="figures.read", query=PeriodFilter, answer=Figures)
def get_figures(call: Call) -> Json:
    """Backlog, flow, levels kept, coordination effort and providers, over a period of whole days."""
    now, zone = call.house.demo_clock.now(), call.house.settings.zone
    return compose(call.services, days(call.query.get("from"), call.query.get("until"), now, zone))
