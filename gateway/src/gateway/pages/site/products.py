"""One product: what it is, what it costs, and what would be promised if it were asked for now."""

from __future__ import annotations

from uuid import UUID

from servicekit.concurrency import gather
from servicekit.errors import Invalid, NotFound

from gateway.clients import Json
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site import finding, terms
from gateway.pages.site.visitors import if_there, items, public_services
from gateway.pages.visit import Visit

pages = Pages()

FEW = 3


@pages.get("/products/<which>", PUBLIC)
def product(visit: Visit, which: str) -> Outcome:
    """A product, by its id or by the short name in its address."""
    found = product_of(visit, which)
    catalog = public_services(visit).catalog
    product_id = found["product_id"]
    promise, articles = gather(
        [
            lambda: promise_of(visit, product_id),
            lambda: items(lambda: catalog.list_articles(product_id=product_id, limit=FEW)),
        ]
    )
    return visit.show(
        "site/product.html",
        product=found,
        icon_name=finding.icon_of(found["category"]),
        promise=promise,
        lead_time=terms.term(visit.words, found["lead_time"]),
        price=terms.costs(visit.words, found),
        articles=articles,
    )


def product_of(visit: Visit, which: str) -> Json:
    """Raises NotFound, also for one that is not offered any more."""
    catalog = public_services(visit).catalog
    found: Json | None
    if _is_id(which):
        found = catalog.get_product(which)
    else:
        try:
            found = next(iter(catalog.list_products(slug=which, limit=1)["items"]), None)
        except Invalid:
            found = None
    if found is None or found.get("withdrawn_at"):
        raise NotFound("no_such_product", "This is not offered (any more).")
    return found


def promise_of(visit: Visit, product_id: str | None) -> Json | None:
    """What would be promised now; None when intake is away."""
    return if_there(lambda: public_services(visit).intake.preview_promise(product_id))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
