"""Choosing the object that it is about, among those at a place; and its warranty in words."""

from __future__ import annotations

from datetime import date

from gateway.clients import Json
from gateway.pages.proposing import NO_PLACE
from gateway.pages.site.visitors import items
from gateway.pages.visit import Visit

# More are not for choosing from: then one narrows the place.
MOST = 40


def assets_at(visit: Visit, location_id: str | None) -> list[Json]:
    """What is there now, in the place and in all that lies in it."""
    if not location_id or location_id == NO_PLACE or not visit.can("assets.read"):
        return []
    intake = visit.services.intake
    return items(lambda: intake.list_assets(location_id=location_id, withdrawn=False, limit=MOST))


def with_warranty(visit: Visit, request: Json) -> Json | None:
    """The object of a request, its warranty as a day while it runs, and who gives it by name."""
    asset = request.get("asset")
    if not asset:
        return None
    until = date.fromisoformat(str(asset["warranty_until"])) if asset["warranty_until"] else None
    runs = until if until and until >= visit.moments.today else None
    return {**asset, "warranty": runs, "supplier_name": _name_of(visit, asset["supplier"]) if runs else None}


def with_supplier(visit: Visit, asset: Json) -> Json:
    """An object of the register, with who looks after it by name, and its warranty while it runs."""
    until = asset["warranty_until"]
    runs = until if until and until >= visit.moments.today else None
    return {**asset, "warranty": runs, "supplier_name": _name_of(visit, asset["supplier"])}


def _name_of(visit: Visit, slug: str | None) -> str | None:
    """That of a provider; its slug while dispatch is away."""
    if not slug or not visit.can("providers.read"):
        return slug
    found = items(visit.services.dispatch.list_providers)
    return next((str(each["name"]) for each in found if each["slug"] == slug), slug)
