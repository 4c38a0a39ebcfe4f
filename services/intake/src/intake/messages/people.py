"""What comes in over RPC about one person."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema
from servicekit.schemas import Command

from intake.domain.contacts import DIRECTIONS
from intake.domain.values import CHANNELS
from intake.messages import involving
from intake.messages.fields import Choice, Id, Moment, Text
from intake.messages.shapes import Page

MOST = 10
MAX_NOTE = 5_000
PLACES = ("desk", "visit", "post")


class Phone(Command):
    number = involving.Phone(50, required=True)
    label = Text(50)


class Email(Command):
    address = fields.Email(required=True, validate=validate.Length(max=254))
    label = Text(50)


class Place(Command):
    kind = Choice(*PLACES, required=True)
    text = Text(500, required=True)


def _some(kind: type[Command]) -> fields.List:
    return fields.List(fields.Nested(kind), load_default=list, validate=validate.Length(max=MOST))


class OnePerson(Command):
    person_id = Id(required=True)


class SaveContacts(OnePerson):
    version = fields.Integer(required=True, strict=True)
    phones = _some(Phone)
    emails = _some(Email)
    addresses = _some(Place)


class AddNote(Command):
    """About a person or about a customer."""

    person_id = Id()
    customer_id = Id()
    text = Text(MAX_NOTE, required=True)

    @validates_schema
    def about_one(self, data: dict[str, Any], **_: Any) -> None:
        if bool(data.get("person_id")) == bool(data.get("customer_id")):
            raise ValidationError("Say whom it is about: a person or a customer.", "person_id")


class OneNote(Command):
    note_id = Id(required=True)


class ListDoubles(Command):
    person_id = Id()


class PreviewMerge(OnePerson):
    into_id = Id(required=True)


class MergePeople(PreviewMerge):
    reason = Text(2_000)


class SetApart(OnePerson):
    other_id = Id(required=True)


class OnePair(Command):
    pair_id = Id(required=True)


class UndoMerge(Command):
    merge_id = Id(required=True)


class ListMoments(Page):
    person_id = Id(required=True)


class NoteContact(OnePerson):
    request_id = Id()
    channel = Choice(*CHANNELS, required=True)
    direction = Choice(*DIRECTIONS, load_default="in")
    text = Text(MAX_NOTE, required=True)
    at = Moment()
