"""What was charged: per cost centre and month, and line by line."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from gateway.api.schemas.base import Body, Choice, Page, Text, View, page_of

MONTH = validate.Regexp(r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$", error="Give a month, as in 2026-11.")
WHATS = ("price", "work", "quote", "extra_work", "late_cancellation")
REASONS = ("done", "changed", "taken_back")


class Month(fields.String):
    """`2026-11`, in the organisation's zone."""

    def __init__(self, **details: Any) -> None:
        super().__init__(allow_none=True, validate=MONTH, **details)


class _Months(Body):
    """Both included."""

    first = Month(data_key="from")
    last = Month(data_key="until")

    @validates_schema
    def check_order(self, data: dict[str, Any], **_: Any) -> None:
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            raise ValidationError("The last month comes before the first.", "until")


class _OfOne(_Months):
    cost_centre = Text(200, metadata={"description": "Its key."})
    unassigned = fields.Boolean(metadata={"description": "What has no cost centre."})


class ChargeTotalFilter(_Months, Page):
    pass


class ChargeFilter(_OfOne, Page):
    pass


class ChargeFileFilter(_OfOne):
    format = Choice("csv", "xlsx", metadata={"description": "`csv` when not given."})


class ChargedCentre(View):
    key = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "As it is called now."})


def _centre() -> fields.Nested:
    about = {"description": "Null: nobody gave it one."}
    return fields.Nested(ChargedCentre, required=True, allow_none=True, metadata=about)


class ChargeSums(View):
    amount_cents = fields.Integer(required=True)
    requests = fields.Integer(required=True, metadata={"description": "How many requests it is of."})
    differences_cents = fields.Integer(
        required=True, metadata={"description": "The part of it that was booked in an earlier month first."}
    )


class ChargeTotal(ChargeSums):
    cost_centre = _centre()
    month = fields.String(required=True)


class ChargeTotalsPage(View):
    """`month`: the one that goes on; every earlier one is over, and does not change any more."""

    items = fields.List(fields.Nested(ChargeTotal), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    next = fields.String(
        required=True, allow_none=True, metadata={"description": "Address of the next page."}
    )
    total = fields.Nested(ChargeSums, required=True)
    month = fields.String(required=True)
    holds = fields.Boolean(
        required=True, metadata={"description": "Whether you read all of them, or hold a cost centre."}
    )


class ChargedProduct(View):
    product_id = fields.UUID(required=True)
    name = fields.Dict(required=True)


class ChargeView(View):
    """Of what is confidential there is an amount, a month and a cost centre: no name, product or number."""

    charge_id = fields.UUID(required=True)
    month = fields.String(required=True, metadata={"description": "In which it was booked."})
    first_month = fields.String(
        required=True,
        metadata={"description": "In which its request was first charged; an earlier one: a difference."},
    )
    booked_at = fields.AwareDateTime(required=True)
    cost_centre = _centre()
    what = fields.String(required=True, validate=validate.OneOf(WHATS))
    reason = fields.String(required=True, validate=validate.OneOf(REASONS))
    amount_cents = fields.Integer(required=True, metadata={"description": "Less than nothing: booked back."})
    confidential = fields.Boolean(required=True)
    request_id = fields.UUID(required=True, allow_none=True)
    reference = fields.String(required=True, allow_none=True)
    order_number = fields.String(required=True, allow_none=True)
    product = fields.Nested(ChargedProduct, required=True, allow_none=True)
    person = fields.String(required=True, allow_none=True, metadata={"description": "Whom it was for."})


class ChargeOfRequest(View):
    """What it comes to now; what was booked back is not there."""

    cost_centre = _centre()
    what = fields.String(required=True, validate=validate.OneOf(WHATS))
    order_number = fields.String(required=True, allow_none=True)
    amount_cents = fields.Integer(required=True)


ChargePage = page_of(ChargeView, "ChargePage")
