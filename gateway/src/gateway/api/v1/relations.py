"""People and places."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.relations import (
    LocationFilter,
    LocationPage,
    NewLocations,
    NewPeople,
    OwnPerson,
    PeopleFilter,
    PeoplePage,
    Saved,
)
from gateway.clients import Json

resources = Resources()

BULK = 4 * 1024 * 1024


@resources.route(
    "GET", "/v1/locations", permission="relations.read", query=LocationFilter, answer=LocationPage, paged=True
)
def list_locations(call: Call) -> Json:
    """Find buildings, floors and rooms."""
    return call.services.intake.list_locations(**call.query)


@resources.route(
    "POST", "/v1/locations", permission="relations.write", body=NewLocations, answer=Saved, idempotent=True,
    max_body=BULK,
)  # fmt: skip
def save_locations(call: Call) -> Json:
    """Save places by their key. Parents come before what lies in them."""
    return call.services.intake.save_locations(call.body["items"])


@resources.route(
    "GET", "/v1/people", permission="relations.read_people", query=PeopleFilter, answer=PeoplePage, paged=True
)
def list_people(call: Call) -> Json:
    """Find people by name, number or address."""
    return call.services.intake.list_people(**call.query)


@resources.route("GET", "/v1/people/me", permission="relations.read", answer=OwnPerson, refuses=(404,))
def get_own_person(call: Call) -> Json:
    """Oneself as a person, with the place where one usually is."""
    return call.services.intake.get_own_person()


@resources.route(
    "POST", "/v1/people", permission="relations.write", body=NewPeople, answer=Saved, idempotent=True,
    max_body=BULK,
)  # fmt: skip
def save_people(call: Call) -> Json:
    """Save people by their key."""
    return call.services.intake.save_people(call.body["items"])
