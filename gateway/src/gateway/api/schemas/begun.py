"""Reports that are begun on the site, and finished by phone or at the counter."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.attachments import ReceiptList
from gateway.api.schemas.base import Body, Text, View

MOST_FIELDS = 150


class Filled(fields.Dict):
    """As it was typed, whether it is right or not."""

    def __init__(self, **details: object) -> None:
        super().__init__(
            keys=Text(120, required=True),
            values=Text(20_000),
            validate=validate.Length(max=MOST_FIELDS),
            metadata={
                "description": "What was typed, by field of the form: text, object, kind, product_id, "
                "location_id, place_q (words about the place), quantity, wanted_day, wanted_hour, "
                "answers.<key>. It need not be right yet.",
                "example": {"text": "De lamp flikkert", "place_q": "3.12"},
            },
            **details,  # type: ignore[arg-type]
        )


class NewBegun(Body):
    filled = Filled(required=True)
    attachments = ReceiptList()


class BegunCode(View):
    """What to tell the desk, and until when it is good."""

    code = fields.String(required=True, metadata={"example": "KX7-4QF"})
    until = fields.AwareDateTime(required=True)


class BegunPerson(View):
    person_id = fields.UUID(required=True)
    name = fields.String(required=True)


class BegunRequest(View):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)


class BegunLocation(View):
    location_id = fields.UUID(required=True)
    path = fields.String(required=True)


class BegunView(View):
    """`state`: open, finished, expired. Of the last two nothing of what was typed is left."""

    begun_id = fields.UUID(required=True)
    code = fields.String(required=True)
    state = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True)
    filled = Filled(required=True)
    files = fields.List(fields.String(), required=True)
    person = fields.Nested(BegunPerson, required=True, allow_none=True)
    location = fields.Nested(BegunLocation, required=True, allow_none=True)
    request = fields.Nested(BegunRequest, required=True, allow_none=True)
