"""What goes along with an order, where it is shown: its visit, and what could be done in one go."""

from __future__ import annotations

from collections.abc import Sequence

from servicekit.errors import ServiceError

from gateway.clients import Json, Services
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

# With what is done, or not sent to anybody yet, nothing goes along.
IN_HAND = ("issued", "accepted", "scheduled", "in_progress", "paused")
VISITS = "/team/visits"  # where the desk finds those of all providers


@pages.get("/desk/requests/<uuid:request_id>/company", "work_orders.repair")
def company(visit: Visit, request_id: str) -> Outcome:
    """What could go along with the work of a request; the dossier fetches it after it is shown."""
    orders = visit.services.dispatch.list_work_orders(request_id=request_id, open=True)["items"]
    found = with_company(visit.services, orders)
    return visit.show("desk/company.html", request_id=request_id, found=found, visits=VISITS)


def with_company(services: Services, orders: Sequence[Json]) -> list[Json]:
    """Those with which something goes along, or could: {"order", "visit", "could", "visits"}."""
    asked = [{"order": order, **_asked(services, order)} for order in orders if order["state"] in IN_HAND]
    return [each for each in asked if each["visit"] or each["could"] or each["visits"]]


def of_order(services: Services, order: Json) -> Json | None:
    """None when nothing goes along, and nothing could."""
    return next(iter(with_company(services, [order])), None)


def _asked(services: Services, order: Json) -> Json:
    """An order is shown as well when this cannot be looked up."""
    try:
        return services.dispatch.get_company(str(order["work_order_id"]))
    except ServiceError:
        return {"visit": None, "could": [], "visits": []}
