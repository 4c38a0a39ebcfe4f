"""The front door: what can we do for you?"""

from __future__ import annotations

from typing import Any

from gateway.live import topics
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site import finding
from gateway.pages.site.norms import norms_of
from gateway.pages.site.visitors import items, offered_to, own_id, public_services
from gateway.pages.visit import Visit

pages = Pages()

EVERY_PRODUCT = 100
_NOTHING: dict[str, Any] = {"category": None, "products": [], "categories": [], "norms": None}
FEW = 5


@pages.get("/", PUBLIC)
def home(visit: Visit) -> Outcome:
    """Search answers and products, see what can be asked for and how one's own requests stand. While one
    types only what is found is asked for again.
    """
    own = finding.open_requests(visit)
    if visit.target == "own":
        return visit.show("site/home.html", own=own[:FEW])
    found = finding.search(visit, visit.query.text("q") or "", own)
    if visit.target == "found":
        return visit.show("site/home.html", found=found)
    if person_id := own_id(visit):
        visit.follow(topics.person(person_id))
    # Who searched has what was found before them; the rest of the page would only make them wait.
    offer = _NOTHING if found.words else _offer(visit)
    return visit.show("site/home.html", found=found, own=own[:FEW], **offer)


def _offer(visit: Visit) -> dict[str, Any]:
    """What can be asked for: all of it by category, or one category whole."""
    catalog = public_services(visit).catalog
    category = visit.query.text("category")
    products = items(
        lambda: catalog.list_products(category=category, limit=EVERY_PRODUCT, **offered_to(visit))
    )
    return {
        "category": category,
        "products": products if category else [],
        "categories": finding.categories(visit, products),
        "norms": norms_of(visit),
    }
