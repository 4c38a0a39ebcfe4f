"""The orders of a supplier that signs in."""

from __future__ import annotations

from gateway.pages import own_orders
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.own_orders import Side
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

SUPPLIER = Side(
    "/supplier",
    _("My orders"),
    "layout/site.html",
    of_nobody=_("Your account belongs to no supplier. Tell the desk."),
    empty=_("New orders appear here by themselves."),
    main_class="wide",
)
ORDER = "/supplier/orders/<uuid:work_order_id>"


@pages.get("/supplier", "work_orders.act")
def board(visit: Visit) -> Outcome:
    """What the supplier has to do, by urgency and place."""
    if "supplier" not in visit.actor.roles:
        return visit.go("/team")
    return own_orders.board(visit, SUPPLIER)


@pages.get("/supplier/done", "work_orders.act")
def done(visit: Visit) -> Outcome:
    """What the supplier has done."""
    return own_orders.done(visit, SUPPLIER)


@pages.get(ORDER, "work_orders.act")
def order(visit: Visit, work_order_id: str) -> Outcome:
    """One order, with what may be done with it now."""
    return own_orders.show(visit, SUPPLIER, work_order_id)


@pages.get(f"{ORDER}/files/<uuid:file_id>", "work_orders.act")
def file(visit: Visit, work_order_id: str, file_id: str) -> Outcome:
    """A photo or document that came with completion, to be saved."""
    return own_orders.send_file(visit, visit.services, work_order_id, file_id)


@pages.post(f"{ORDER}/<action>", "work_orders.act", takes_files=True)
def move_on(visit: Visit, work_order_id: str, action: str) -> Outcome:
    """Accept, refuse, plan, begin, interrupt, go on, report completion."""
    return own_orders.move_on(visit, SUPPLIER, work_order_id, action)
