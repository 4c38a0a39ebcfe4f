"""Links to one order, for a supplier without an account: made, looked at, ended, mailed anew."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import order_links as shapes
from gateway.clients import Json
from gateway.order_links import make_link

resources = Resources()

LINK = "/v1/work-orders/<uuid:work_order_id>/link"
LINKS = "/v1/work-orders/<uuid:work_order_id>/links"


@resources.route("GET", LINK, permission="work_orders.repair", answer=shapes.OrderLinkView, refuses=(409,))
def link_to_work_order(call: Call, work_order_id: str) -> Json:
    """A link with which a supplier sees this one order and acts on it without an account, for 30 days."""
    order = call.services.dispatch.get_work_order(work_order_id)
    links = call.services.dispatch.get_order_links(work_order_id)
    return make_link(call.house, call.actor, order, links)


@resources.route("GET", LINKS, permission="work_orders.repair", answer=shapes.OrderLinksView)
def get_order_links(call: Call, work_order_id: str) -> Json:
    """When a link to this order was used last, whether they were ended, and where one would be mailed."""
    return call.services.dispatch.get_order_links(work_order_id)


@resources.route(
    "POST", f"{LINKS}/end", permission="work_orders.repair", body=shapes.EndingLinks,
    answer=shapes.OrderLinksView, idempotent=True,
)  # fmt: skip
def end_order_links(call: Call, work_order_id: str) -> Json:
    """End all links to this order that were made until now, mailed or given, also those on their way.

    Its supplier keeps the order, and links to others. 409 `no_addresses` when one is to be mailed and there
    is nowhere to; then nothing is ended either."""
    return call.services.dispatch.end_order_links(work_order_id, **call.body)


@resources.route(
    "POST", f"{LINKS}/send", permission="work_orders.repair", answer=shapes.OrderLinksView, idempotent=True,
    refuses=(409,),
)  # fmt: skip
def send_order_link(call: Call, work_order_id: str) -> Json:
    """Mail the supplier a link to this order again. Those of before stay good."""
    return call.services.dispatch.send_order_link(work_order_id)
