"""What colleagues wish for: how many, what was decided, and "me too"."""

from __future__ import annotations

from gateway.live import topics
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.get("/wishes", "requests.create")
def wishes(visit: Visit) -> Outcome:
    """Nobody's words or names; one's own are marked."""
    visit.follow(topics.CATALOGUE)
    items = visit.services.intake.list_wishes()["items"]
    waiting = [each for each in items if each["state"] in ("open", "later")]
    decided = [each for each in items if each["state"] in ("yes", "no")]
    return visit.show("site/wishes.html", waiting=waiting, decided=decided)


@pages.post("/wishes/<uuid:theme_id>/too", "requests.create")
def too(visit: Visit, theme_id: str) -> Outcome:
    """Wish it too."""
    visit.services.intake.wish_too(theme_id)
    return visit.go("/wishes", _("Counted. You hear what is decided."))
