"""As what danger is begun of which nobody says what product it is."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.danger_route import DangerRouteView, NewDangerRoute
from gateway.clients import Json

resources = Resources()
PATH = "/v1/danger-route"


@resources.route("GET", PATH, permission="routing.read", answer=DangerRouteView)
def get_danger_route(call: Call) -> Json:
    """As which product danger without one is begun at once; who goes there the routing rules say."""
    return call.services.intake.get_danger_route()


@resources.route(
    "PUT", PATH, permission="routing.write", body=NewDangerRoute, answer=DangerRouteView, versioned=True
)
def set_danger_route(call: Call) -> Json:
    """Choose it, for what is reported from now on. Without a product danger waits on top of triage."""
    return call.services.intake.set_danger_route(call.version, call.body.get("product_id"))
