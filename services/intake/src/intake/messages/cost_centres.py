"""What comes in over RPC about cost centres: budgets as managers keep them."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate
from servicekit.schemas import Command

from intake.domain.approval import Rule
from intake.domain.cost_centres import Holder
from intake.messages.fields import Choice, Id, Text
from intake.messages.plans import Day
from intake.messages.shapes import MAX_CENTS

MOST_HOLDERS = 10


class HolderFields(Command):
    person_id = Id(required=True)
    stand_in_id = Id()

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Holder:
        return Holder(**data)


class Kept(Command):
    """Whole: what is left out is not there any more."""

    name = Text(200, required=True)
    customer_id = Id()
    threshold_cents = fields.Integer(required=True, strict=True, validate=validate.Range(0, MAX_CENTS))
    rule = Choice(*Rule, load_default=Rule.ANY.value)
    holders = fields.List(
        fields.Nested(HolderFields), required=True, validate=validate.Length(1, MOST_HOLDERS)
    )
    valid_from = Day(load_default=None, allow_none=True)
    valid_until = Day(load_default=None, allow_none=True)


class OneCostCentre(Command):
    budget_id = Id(required=True)


class AddCostCentre(Kept):
    key = Text(200, required=True)


class ChangeCostCentre(Kept, OneCostCentre):
    version = fields.Integer(required=True, strict=True)
