"""What is proposed on a page while somebody types, and what goes along with what they choose."""

from __future__ import annotations

from servicekit.errors import ServiceError

from gateway.clients import Json, Services
from gateway.pages.visit import Visit

LEAST_LETTERS = 4
MOST_LETTERS = 1_500
# What the form says for "at no particular place".
NO_PLACE = "none"
# A question needs some.
NO_WORDS = "-"
NOTHING: Json = {"kinds": [], "products": [], "locations": [], "duplicates": [], "danger": None}
# Hidden fields of the form -> what the API calls it. Each holds what was proposed, parted by spaces.
FIELDS = {
    "proposed.kinds": "kinds",
    "proposed.products": "productIds",
    "proposed.locations": "locationIds",
}


def proposals_for(services: Services, text: str | None, **chosen: str | None) -> Json:
    """Nothing when there is too little text, or nobody to ask: a form must do without. `chosen`:
    requester_id, location_id, object, asset_id. What is open on an object that was chosen
    needs no words to be found.
    """
    words = (text or "").strip()[:MOST_LETTERS]
    if len(words) < LEAST_LETTERS:
        if not chosen.get("asset_id"):
            return NOTHING
        words = words or NO_WORDS
    asked = {name: each for name, each in chosen.items() if each and each != NO_PLACE}
    try:
        found = services.intake.get_proposals(words, **asked)
    except ServiceError:
        return NOTHING
    return {**NOTHING, **found}  # an older replica says less


def proposed_from(visit: Visit) -> Json | None:
    """What the page had proposed when it was sent; None of a page that proposes nothing."""
    given = {name: visit.form.get(field, "").split() for field, name in FIELDS.items() if field in visit.form}
    return given or None
