"""The team's orders: what is to be done, what is done, and one of them."""

from __future__ import annotations

from gateway.pages import own_orders
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.own_orders import Side
from gateway.pages.page import Pages
from gateway.pages.team import lists
from gateway.pages.visit import Visit

pages = Pages()

TEAM = Side(
    "/team",
    _("My work"),
    "layout/work.html",
    of_nobody=_("Your account belongs to no team: these are the orders of all."),
    empty=_("New work appears here by itself."),
    internal=True,
)
ORDER = "/team/orders/<uuid:work_order_id>"


@pages.get("/team", "work_orders.act")
def board(visit: Visit) -> Outcome:
    """What the team has to do; for the desk that of all teams, by urgency and place."""
    if "supplier" in visit.actor.roles:
        return visit.go("/supplier")
    if visit.actor.provider_id and visit.can("teams.read"):
        return lists.show(visit, TEAM)
    return own_orders.board(visit, TEAM)


@pages.get("/team/done", "work_orders.act")
def done(visit: Visit) -> Outcome:
    """What the team has done, and what others do now."""
    return own_orders.done(visit, TEAM)


@pages.get(ORDER, "work_orders.act")
def order(visit: Visit, work_order_id: str) -> Outcome:
    """One order, with what may be done with it now."""
    return own_orders.show(visit, TEAM, work_order_id)


@pages.get(f"{ORDER}/files/<uuid:file_id>", "work_orders.act")
def file(visit: Visit, work_order_id: str, file_id: str) -> Outcome:
    """A photo or document that came with completion, to be saved."""
    return own_orders.send_file(visit, visit.services, work_order_id, file_id)


@pages.post(f"{ORDER}/<action>", "work_orders.act", takes_files=True)
def move_on(visit: Visit, work_order_id: str, action: str) -> Outcome:
    """Accept, refuse, plan, begin, interrupt, go on, report completion."""
    return own_orders.move_on(visit, TEAM, work_order_id, action)
