"""A round as whoever walks it sees it: one stop after the other, large enough for a thumb."""

from __future__ import annotations

from typing import Any

from servicekit.errors import ServiceError

from gateway.clients import Json, Services
from gateway.pages.proposing import NOTHING, proposals_for
from gateway.pages.visit import Visit

WORD = "tick_stop"


def stop_from(visit: Visit) -> dict[str, Any]:
    """The part of the API's command."""
    form = visit.form
    ticked = [int(one) for one in form.many("checklist") if one.isascii() and one.isdigit()]
    return {
        "stop": _number(form.text("stop")),
        "outcome": form.text("outcome") or "",
        "checklist": ticked or None,
        "note": form.text("note"),
    }


def walk_of(visit: Visit, order: Json, internal: bool) -> Json | None:
    """The stop that is shown to be answered, with what is open there already (for people of the house);
    `now` is None while nothing can be answered, or all is. None: it is no round.
    """
    stops = order.get("stops") or []
    if not stops:
        return None
    can = WORD in order.get("actions", ())
    now = _current(visit, stops) if can else None
    answered = sum(1 for stop in stops if stop["standing"] != "open")
    known = _known(visit, now) if now and internal else []
    return {"now": now, "stops": stops, "answered": answered, "can": can, "known": known}


def with_stops(services: Services, orders: list[Json]) -> list[Json]:
    """For the desk: of orders that are rounds, every stop with what is known of it. What cannot be asked now
    is left out.
    """
    return [
        {**order, "walk": _read(services, order)} if order.get("stop_counts") else order for order in orders
    ]


def _read(services: Services, order: Json) -> Json | None:
    try:
        stops = services.dispatch.get_work_order(str(order["work_order_id"])).get("stops") or []
    except ServiceError:
        return None
    answered = sum(1 for stop in stops if stop["standing"] != "open")
    return {"now": None, "stops": stops, "answered": answered, "can": False, "known": []}


def _current(visit: Visit, stops: list[Json]) -> Json | None:
    """The one that was asked for, or that was refused just now; else the first that is open."""
    asked = _number(visit.form.text("stop") or visit.query.text("stop"))
    for stop in stops:
        if stop["number"] == asked:
            return stop
    return next((stop for stop in stops if stop["standing"] == "open"), None)


def _known(visit: Visit, stop: Json) -> list[Json]:
    """Faults that are open there about the same, so that nobody reports them twice."""
    place, asset = stop["location"] or {}, stop["asset"] or {}
    if not visit.can("proposals.read") or not (place or asset):
        return []
    asked = {
        "location_id": place.get("location_id"),
        "asset_id": asset.get("asset_id"),
        "object": stop["title"],
    }
    found: list[Json] = (proposals_for(visit.services, stop["title"], **asked) or NOTHING)["duplicates"]
    return [each for each in found if each["kind"] == "fault"]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else None
