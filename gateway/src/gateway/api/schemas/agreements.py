"""Contracts with their service levels, and calendars."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Page, Text, View, Whole, page_of
from gateway.api.schemas.catalog import UNITS
from gateway.api.schemas.requests import KINDS, PRIORITIES

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Opening(Body):
    from_ = Text(5, required=True, data_key="from", attribute="from", metadata={"example": "07:30"})
    until = Text(5, required=True, metadata={"example": "17:30"})


class Closing(Body):
    first = fields.Date(required=True, format="iso")
    last = fields.Date(format="iso", allow_none=True)
    name = Text(200)


class CalendarHours(Body):
    zone = Text(60, required=True, metadata={"example": "Europe/Amsterdam"})
    weekly = fields.Dict(
        keys=fields.String(validate=validate.OneOf(DAYS)),
        values=fields.List(fields.Nested(Opening), validate=validate.Length(max=10)),
        required=True,
    )
    country = Text(2, metadata={"description": "Whose public holidays are kept: NL."})
    optional_holidays = fields.List(
        Text(100, required=True), validate=validate.Length(max=30), allow_none=True
    )
    closings = fields.List(fields.Nested(Closing), validate=validate.Length(max=200), allow_none=True)


class NewCalendar(Body):
    name = Text(100, required=True)
    calendar = fields.Nested(CalendarHours, required=True)


class CalendarView(View):
    calendar_id = fields.UUID(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)
    published_at = fields.AwareDateTime()
    calendar = fields.Dict()


class Amount(Body):
    amount = Whole(0, 1_000_000, required=True)
    unit = Choice(*UNITS, required=True)


class Level(Body):
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES)
    product_id = Id()
    respond = fields.Nested(Amount, allow_none=True)
    restore = fields.Nested(Amount, allow_none=True)
    resolve = fields.Nested(Amount, allow_none=True)
    warn_percent = Whole(
        1, 100, metadata={"description": "Of the term that is used up when a warning is due."}
    )


class NewContract(Body):
    name = Text(200, required=True)
    party_kind = Choice("customer", "team", "supplier")
    party = Text(200)
    calendar = Text(100, metadata={"description": "The name of the calendar that its terms are counted on."})
    valid_from = fields.Date(format="iso", allow_none=True)
    valid_until = fields.Date(format="iso", allow_none=True)
    levels = fields.List(fields.Nested(Level), required=True, validate=validate.Length(1, 500))


class ContractView(View):
    contract_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True)
    party_kind = fields.String()
    party = fields.String(allow_none=True)
    calendar = fields.String()
    levels = fields.List(fields.Dict())


class NormView(View):
    kind = fields.String(allow_none=True)
    priority = fields.String(allow_none=True)
    respond = fields.Nested(Amount, allow_none=True)
    restore = fields.Nested(Amount, allow_none=True)
    resolve = fields.Nested(Amount, allow_none=True)


class NormKept(View):
    priority = fields.String(required=True, allow_none=True)
    clock = fields.String(required=True)
    met = fields.Integer(required=True)
    late = fields.Integer(required=True)


class NormList(View):
    items = fields.List(fields.Nested(NormView), required=True)
    kept = fields.List(
        fields.Nested(NormKept),
        allow_none=True,
        metadata={"description": "How many deadlines were met and missed in the last `keptDays` days."},
    )
    kept_days = fields.Integer()
    opening_hours = fields.Dict(required=True, allow_none=True, metadata={"description": "Per weekday."})


class ContractFilter(Page):
    q = Text(200)


ContractPage = page_of(ContractView, "ContractPage")
