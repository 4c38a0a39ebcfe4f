"""Where requests leave the regular process: of all products, and of one on its own page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from servicekit.errors import ServiceError

from gateway.api.schemas.deviations import DeviationFilter
from gateway.clients import Json
from gateway.http.naming import snake
from gateway.pages import deviation_words, forms
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

DAYS, LINES, LATEST = 90, 50, 8
NOBODY_ASKED: Json = {"items": [], "counts": [], "next_cursor": None}


@pages.get("/manage/products/deviations", "deviations.read")
def deviations(visit: Visit) -> Outcome:
    """How often per product, kind and step, and one by one. Raises Invalid for a filter of another kind."""
    wanted = forms.load(DeviationFilter(), {snake(key): visit.query.text(key) for key in visit.query})
    found = visit.services.dispatch.list_deviations(**{**_lately(visit), **wanted, "limit": LINES})
    return visit.show(
        "manage/deviations.html",
        found=found,
        days=DAYS,
        kinds=deviation_words.KINDS,
        what=lambda one: deviation_words.what(visit.words, visit.moments, one),
        chosen=wanted,
    )


def of_product(visit: Visit, product_id: str) -> Json | None:
    """For its page; None for who may not know, or when it cannot be asked now."""
    if not visit.can("deviations.read"):
        return None
    try:
        found = visit.services.dispatch.list_deviations(product_id=product_id, limit=LATEST, **_lately(visit))
    except ServiceError:
        return None
    return {
        "counts": deviation_words.counted(visit.words, found["counts"]),
        "items": [
            {**one, "what": deviation_words.what(visit.words, visit.moments, one)} for one in found["items"]
        ],
        "days": DAYS,
    }


def _lately(visit: Visit) -> dict[str, Any]:
    return {"since": (visit.moments.now - timedelta(days=DAYS)).isoformat()}
