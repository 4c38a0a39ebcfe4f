"""What the lead of a team looks at: work of the team that is done, where its step asks for that."""

from __future__ import annotations

from gateway.pages import order_checks
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.get("/team/checks", "work_orders.lead")
def checks(visit: Visit) -> Outcome:
    """Done, and not looked at yet."""
    return order_checks.show(visit, "/team", ("team_lead",))
