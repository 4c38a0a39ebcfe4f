"""Being somebody else."""

from __future__ import annotations

from servicekit.errors import NotFound

from gateway.pages.access.signing_in import enter
from gateway.pages.demo.first_minutes import opened
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.post("/demo/become", PUBLIC, demo_only=True)
def become(visit: Visit) -> Outcome:
    """Go on as another person of the demo; the session before ends."""
    if visit.house.becoming is None:
        raise NotFound("no_demo", "There is nothing here.")
    session = visit.house.becoming(visit.form.get("login", ""), visit.actor, visit.address)
    path = visit.form.get("next", "")
    opened(visit, path)
    return enter(visit, session, path)
