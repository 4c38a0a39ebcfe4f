"""One person: how to reach them, what the desk keeps of them, every contact with them."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Moment, Page, Text, View, page_of
from gateway.api.schemas.merging import MergeView
from gateway.api.schemas.requests import CHANNELS

DIRECTIONS = ("in", "out")
PLACES = ("desk", "visit", "post")
MOST = 10
NOTE = 5_000


class NewPhone(Body):
    number = Text(50, required=True, metadata={"example": "06-12345678"})
    label = Text(50, metadata={"example": "mobile"})


class NewEmail(Body):
    address = Text(254, required=True, metadata={"example": "s.dewit@home.example"})
    label = Text(50)


class NewAddress(Body):
    """`kind`: desk (where they sit), visit or post."""

    kind = Choice(*PLACES, required=True)
    text = Text(500, required=True)


class NewContacts(Body):
    """Whole: what is left out is gone. What the organisation's own list says of them stays."""

    phones = fields.List(fields.Nested(NewPhone), allow_none=True, validate=validate.Length(max=MOST))
    emails = fields.List(fields.Nested(NewEmail), allow_none=True, validate=validate.Length(max=MOST))
    addresses = fields.List(fields.Nested(NewAddress), allow_none=True, validate=validate.Length(max=MOST))


class NewNote(Body):
    text = Text(NOTE, required=True)


class NewMoment(Body):
    """Something said that changes no request. `direction`: in (they came to us), out."""

    channel = Choice(*CHANNELS, required=True)
    direction = Choice(*DIRECTIONS)
    text = Text(NOTE, required=True)
    request_id = Id()
    at = Moment(metadata={"description": "Now when it is left out."})


class PhoneView(View):
    """`kept`: by the desk, besides the organisation's own list."""

    number = fields.String(required=True)
    label = fields.String(required=True, allow_none=True)
    kept = fields.Boolean(required=True)


class EmailView(View):
    address = fields.String(required=True)
    label = fields.String(required=True, allow_none=True)
    kept = fields.Boolean(required=True)


class AddressView(View):
    kind = fields.String(required=True)
    text = fields.String(required=True)


class NoteView(View):
    note_id = fields.UUID(required=True)
    text = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)


class GoneNote(View):
    note_id = fields.UUID(required=True)


class PromiseToPerson(View):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    summary = fields.String(required=True)
    until = fields.AwareDateTime(required=True)
    what = fields.String(required=True)


class WholePerson(View):
    """`open` and `closed` count their requests."""

    person_id = fields.UUID(required=True)
    key = fields.String(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True)
    department = fields.String(required=True, allow_none=True)
    customer = fields.String(required=True, allow_none=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    department_id = fields.UUID(required=True, allow_none=True)
    personnel_number = fields.String(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    contacts_version = fields.Integer(required=True)
    phones = fields.List(fields.Nested(PhoneView), required=True)
    emails = fields.List(fields.Nested(EmailView), required=True)
    addresses = fields.List(fields.Nested(AddressView), required=True)
    notes = fields.List(fields.Nested(NoteView), required=True)
    customer_notes = fields.List(
        fields.Nested(NoteView), required=True, metadata={"description": "Those about their customer."}
    )
    ids = fields.List(
        fields.UUID(), required=True, metadata={"description": "Of all who turned out to be this person."}
    )
    merged = fields.List(fields.Nested(MergeView), required=True)
    open = fields.Integer()
    closed = fields.Integer()
    next_promise = fields.Nested(PromiseToPerson, allow_none=True)


class MomentFilter(Page):
    pass


class ContactLine(View):
    """`type`: that of the line of the timeline; `noted` for what was said besides."""

    at = fields.AwareDateTime(required=True)
    type = fields.String(required=True)
    channel = fields.String(required=True)
    direction = fields.String(required=True)
    text = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    request_id = fields.UUID(required=True, allow_none=True)
    reference = fields.String(required=True, allow_none=True)


class MomentView(ContactLine):
    moment_id = fields.String(required=True)


MomentPage = page_of(MomentView, "ContactMomentPage")
