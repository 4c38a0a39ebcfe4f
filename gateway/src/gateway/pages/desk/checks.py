"""What the desk looks at when it is done, and what requesters still have to: they may be telephoned."""

from __future__ import annotations

from gateway.pages import order_checks
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.get("/desk/checks", "work_orders.repair")
def checks(visit: Visit) -> Outcome:
    """Done, and not looked at yet."""
    return order_checks.show(visit, "/desk", ("desk", "customer"))
