"""As what danger without a product is begun: a card on the page of the rules, which say who goes there."""

from __future__ import annotations

from servicekit.errors import ServiceError

from gateway.api.schemas.danger_route import NewDangerRoute
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.visit import Visit

DANGER = "P1"


def chosen(visit: Visit, products: list[Json]) -> Json | None:
    """What was chosen and what there is to choose; None while intake is away: the rules are there all the
    same.
    """
    try:
        route = visit.services.intake.get_danger_route()
    except ServiceError:
        return None
    fit = [each for each in products if (each.get("kind"), each.get("priority")) == ("fault", DANGER)]
    return {**route, "choices": fit}


def choose(visit: Visit) -> None:
    """Raises Invalid for a product that sends nobody at once."""
    given = forms.load(NewDangerRoute(), {"product_id": visit.form.text("danger_product_id")})
    visit.services.intake.set_danger_route(visit.version, given.get("product_id"))
