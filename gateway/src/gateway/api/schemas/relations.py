"""People and places, by the key under which the organisation knows them elsewhere."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Page, Text, View, page_of

AT_ONCE = 1000


class LocationFilter(Page):
    q = Text(200)


class PeopleFilter(LocationFilter):
    pass


class NewLocation(Body):
    key = Text(200, required=True)
    name = Text(200, required=True)
    parent_key = Text(200)


class NewLocations(Body):
    items = fields.List(fields.Nested(NewLocation), required=True, validate=validate.Length(1, AT_ONCE))


class NewPerson(Body):
    key = Text(200, required=True)
    name = Text(200, required=True)
    email = Text(254)
    phone = Text(50)
    language = Choice("nl", "en")
    department = Text(200)
    location_key = Text(200)


class NewPeople(Body):
    items = fields.List(fields.Nested(NewPerson), required=True, validate=validate.Length(1, AT_ONCE))


class LocationView(View):
    location_id = fields.UUID(required=True)
    key = fields.String()
    name = fields.String(required=True)
    path = fields.Raw()


class PersonView(View):
    person_id = fields.UUID(required=True)
    key = fields.String()
    name = fields.String(required=True)
    email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    language = fields.String()
    department = fields.String(allow_none=True)


class Saved(View):
    """How many were saved, in the words of the service."""


LocationPage = page_of(LocationView, "LocationPage")
PeoplePage = page_of(PersonView, "PeoplePage")
