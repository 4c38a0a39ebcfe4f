"""The clocks of all requests."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.clocks import ClockFilter, ClockPage
from gateway.clients import Json

resources = Resources()


@resources.route(
    "GET", "/v1/clocks", permission="clocks.read_all", query=ClockFilter, answer=ClockPage, paged=True
)
def list_clocks(call: Call) -> Json:
    """Find clocks: those that are due soon, or breached."""
    return call.services.monitoring.list_clocks(**call.query)
