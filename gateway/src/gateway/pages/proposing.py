"""What is proposed on a page while somebody types, and what goes along with what they choose."""

from __future__ import annotations

from servicekit.errors import ServiceError

from gateway.clients import Json, Services
from gateway.pages.visit import Visit

LEAST_LETTERS = 4
MOST_LETTERS = 1_500
# What the form says for "at no particular place".
NO_PLACE = "none"
NOTHING: Json = {"kinds": [], "products": [], "locations": [], "duplicates": [], "danger": None}
# Hidden fields of the form -> what the API calls it. Each holds what was proposed, parted by spaces.
FIELDS = {
    "proposed.kinds": "kinds",
    "proposed.products": "productIds",
    "proposed.locations": "locationIds",
}


def proposals_for(
    services: Services, text: str | None, requester_id: str | None = None, location_id: str | None = None
) -> Json:
    """None when there is too little text, or nobody to ask: a form must do without."""
    chosen = {"requester_id": requester_id, "location_id": None if location_id == NO_PLACE else location_id}
    words = (text or "").strip()[:MOST_LETTERS]
    if len(words) < LEAST_LETTERS:
        return NOTHING
    try:
        found = services.intake.get_proposals(words, **{name: each for name, each in chosen.items() if each})
    except ServiceError:
        return NOTHING
    return {**NOTHING, **found}  # an older replica says less


def proposed_from(visit: Visit) -> Json | None:
    """What the page had proposed when it was sent; None of a page that proposes nothing."""
    given = {name: visit.form.get(field, "").split() for field, name in FIELDS.items() if field in visit.form}
    return given or None
