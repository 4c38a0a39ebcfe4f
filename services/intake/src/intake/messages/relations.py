"""What comes in over RPC about people and places, as the organisation keeps them."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command

from intake.domain.approval import Rule
from intake.messages.fields import Choice, Text
from intake.messages.shapes import MAX_CENTS, MAX_ITEMS, Page

MAX_LOCATIONS = 1_000


class ListPeople(Page):
    q = Text(200)


class ListLocations(Command):
    q = Text(200)
    cursor = Text(1_000)
    limit = fields.Integer(load_default=MAX_LOCATIONS, validate=validate.Range(1, MAX_LOCATIONS))


class LocationItem(Command):
    key = Text(200, required=True)
    name = Text(200, required=True)
    parent_key = Text(200)
    kind = Text(50)


class PersonItem(Command):
    key = Text(200, required=True)
    name = Text(200, required=True)
    email = Text(254)
    phone = Text(50)
    phones = fields.List(Text(50, required=True), load_default=list)
    language = Choice("nl", "en", load_default="nl")
    department = Text(200)
    customer = Text(200)
    location_key = Text(200)
    personnel_number = Text(50)


class SaveLocations(Command):
    items = fields.List(fields.Nested(LocationItem), required=True, validate=validate.Length(1, MAX_ITEMS))


class SavePeople(Command):
    items = fields.List(fields.Nested(PersonItem), required=True, validate=validate.Length(1, MAX_ITEMS))


class Holder(Command):
    person_key = Text(200, required=True)
    stand_in_key = Text(200)


class BudgetItem(Command):
    key = Text(200, required=True)
    name = Text(200, required=True)
    threshold_cents = fields.Integer(required=True, strict=True, validate=validate.Range(0, MAX_CENTS))
    rule = Choice(*Rule, load_default="any")
    holders = fields.List(fields.Nested(Holder), required=True, validate=validate.Length(1, 10))
    departments = fields.List(Text(200, required=True), load_default=list, validate=validate.Length(max=500))


class SaveBudgets(Command):
    items = fields.List(fields.Nested(BudgetItem), required=True, validate=validate.Length(1, MAX_ITEMS))
