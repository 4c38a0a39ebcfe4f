"""Visits of a team of our own: several orders in one go."""

from __future__ import annotations

from gateway.pages import own_visits
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.team.orders import TEAM
from gateway.pages.visit import Visit

pages = Pages()
VISIT = "/team/visits/<uuid:visit_id>"


@pages.get("/team/visits", "work_orders.act")
def board(visit: Visit) -> Outcome:
    """What is done in one go, and what could be."""
    return own_visits.board(visit, TEAM)


@pages.post("/team/visits", "work_orders.act")
def plan(visit: Visit) -> Outcome:
    """Put orders together."""
    return own_visits.plan(visit, TEAM)


@pages.get(VISIT, "work_orders.act")
def show(visit: Visit, visit_id: str) -> Outcome:
    """One visit."""
    return own_visits.show(visit, TEAM, visit_id)


@pages.post(f"{VISIT}/leave", "work_orders.act")
def leave(visit: Visit, visit_id: str) -> Outcome:
    """Take an order out."""
    return own_visits.leave(visit, TEAM, visit_id)


@pages.post(f"{VISIT}/<action>", "work_orders.act")
def act(visit: Visit, visit_id: str, action: str) -> Outcome:
    """Accept, plan, begin, interrupt, go on, report completion of all."""
    return own_visits.act(visit, TEAM, visit_id, action)
