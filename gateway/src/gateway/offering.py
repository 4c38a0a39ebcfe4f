"""Whom the catalogue is shown to. What is not for somebody's group or place is not offered to them."""

from __future__ import annotations

from servicekit.errors import Forbidden, NotFound

from gateway.clients import Json, Services


def asker_of(services: Services) -> Json:
    """The department, customer and places of who asks, as the catalogue takes them. Somebody whom intake does
    not know belongs nowhere.
    """
    try:
        person = services.intake.get_own_person()
    except (NotFound, Forbidden):
        return {}
    place = person.get("location") or {}
    group = {name: person.get(name) for name in ("department", "customer")}
    return {**group, "places": place.get("lies_in") or []}
