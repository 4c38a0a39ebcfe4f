"""Visits of a supplier that signs in: several orders in one go."""

from __future__ import annotations

from gateway.pages import own_visits
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.supplier.orders import SUPPLIER
from gateway.pages.visit import Visit

pages = Pages()
VISIT = "/supplier/visits/<uuid:visit_id>"


@pages.get("/supplier/visits", "work_orders.act")
def board(visit: Visit) -> Outcome:
    """What is done in one go, and what could be."""
    return own_visits.board(visit, SUPPLIER)


@pages.post("/supplier/visits", "work_orders.act")
def plan(visit: Visit) -> Outcome:
    """Put orders together."""
    return own_visits.plan(visit, SUPPLIER)


@pages.get(VISIT, "work_orders.act")
def show(visit: Visit, visit_id: str) -> Outcome:
    """One visit."""
    return own_visits.show(visit, SUPPLIER, visit_id)


@pages.post(f"{VISIT}/leave", "work_orders.act")
def leave(visit: Visit, visit_id: str) -> Outcome:
    """Take an order out."""
    return own_visits.leave(visit, SUPPLIER, visit_id)


@pages.post(f"{VISIT}/<action>", "work_orders.act")
def act(visit: Visit, visit_id: str, action: str) -> Outcome:
    """Accept, plan, begin, interrupt, go on, report completion of all."""
    return own_visits.act(visit, SUPPLIER, visit_id, action)
