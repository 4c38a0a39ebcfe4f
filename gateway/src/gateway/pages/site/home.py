"""The front door: what can we do for you?"""

from __future__ import annotations

from typing import Any

from servicekit.concurrency import gather

from gateway.clients import Json
from gateway.live import topics
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site import finding
from gateway.pages.site.approvals import own_approvals
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
    if visit.target == "own":
        return visit.show("site/home.html", own=finding.open_requests(visit)[:FEW])
    words = visit.query.text("q") or ""
    # Who searched has what was found before them; the rest of the page would only make them wait.
    own, found, offer, asked = gather(
        [
            lambda: finding.open_requests(visit),
            lambda: finding.search(visit, words),
            lambda: _NOTHING if words or visit.target == "found" else _offer(visit),
            lambda: [] if words or visit.target == "found" else own_approvals(visit),
        ]
    )
    found = found.with_own(finding.alike(own, words))
    if visit.target == "found":
        return visit.show("site/home.html", found=found)
    if person_id := own_id(visit):
        visit.follow(topics.person(person_id))
    return visit.show("site/home.html", found=found, own=own[:FEW], asked=asked, **offer)


def _offer(visit: Visit) -> dict[str, Any]:
    """What can be asked for: all of it by category, or one category whole."""
    catalog = public_services(visit).catalog
    category = visit.query.text("category")

    def offered() -> list[Json]:
        mine = offered_to(visit)
        return items(lambda: catalog.list_products(category=category, limit=EVERY_PRODUCT, **mine))

    products, norms = gather([offered, lambda: norms_of(visit)])
    return {
        "category": category,
        "products": products if category else [],
        "categories": finding.categories(visit, products),
        "norms": norms,
    }
