"""People and places, by the key under which the organisation knows them elsewhere."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Number, Page, Text, View, page_of

AT_ONCE = 5000


class LocationFilter(Page):
    q = Text(200)
    limit = Number(1, 1000, metadata={"description": "1000 when not given: a tree is of use as a whole."})


class PeopleFilter(Page):
    q = Text(
        200,
        metadata={
            "description": "Beginnings of words, a telephone number in any spelling (its last digits "
            "will do), a mail address or a personnel number."
        },
    )


class NewLocation(Body):
    key = Text(200, required=True)
    name = Text(200, required=True)
    parent_key = Text(200)
    kind = Text(50, metadata={"example": "room"})


class NewLocations(Body):
    items = fields.List(fields.Nested(NewLocation), required=True, validate=validate.Length(1, AT_ONCE))


class NewPerson(Body):
    key = Text(200, required=True)
    name = Text(200, required=True)
    email = Text(254)
    phone = Text(50)
    phones = fields.List(Text(50, required=True), validate=validate.Length(max=10))
    language = Choice("nl", "en")
    department = Text(200)
    customer = Text(200, metadata={"description": "On whose account this person reports."})
    location_key = Text(200)
    personnel_number = Text(50)


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
    personnel_number = fields.String(allow_none=True)


class OwnPerson(PersonView):
    location = fields.Nested(LocationView, required=True, allow_none=True)


class SavedKey(View):
    key = fields.String(required=True)
    location_id = fields.UUID()
    person_id = fields.UUID()


class Saved(View):
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    items = fields.List(fields.Nested(SavedKey))


LocationPage = page_of(LocationView, "LocationPage")
PeoplePage = page_of(PersonView, "PeoplePage")
