"""Until when a product may be ordered, how many there are at once, until when it is cancelled free."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Moment, Number, Text, View, Whole


class Before(Body):
    """Before `at` on the organisation's clock, so many working days before the wanted day; or so many working
    minutes before the wanted moment. One of the two."""

    working_days = Whole(0, 60)
    at = Text(5, metadata={"example": "12:00"})
    working_minutes = Whole(1, 36_000)


class OrderCapacity(Body):
    """Counted by quantity, or by the one number that the product asks for (persons, say)."""

    amount = Whole(1, 10_000, required=True)
    per = Choice("hour", "half_day", "day")


class FreeCancellation(Body):
    """Later it costs `chargePercent` of the price."""

    before = fields.Nested(Before, required=True)
    charge_percent = Whole(0, 100)


class Ordering(Body):
    cutoff = fields.Nested(Before, allow_none=True)
    capacity = fields.Nested(OrderCapacity, allow_none=True)
    free_cancellation = fields.Nested(FreeCancellation, allow_none=True)


class OrderTermsFilter(Body):
    wanted = Moment(metadata={"description": "How it stands for an order of that moment."})
    quantity = Number(1, 10_000)


class SlotView(View):
    from_ = fields.AwareDateTime(required=True, data_key="from")
    left = fields.Integer(required=True)


class RoomView(View):
    amount = fields.Integer(required=True)
    per = fields.String(required=True)


class OrderOfMoment(View):
    from_ = fields.AwareDateTime(required=True, data_key="from")
    order_before = fields.AwareDateTime(required=True, allow_none=True)
    in_time = fields.Boolean(required=True)
    free_until = fields.AwareDateTime(required=True, allow_none=True)
    left = fields.Integer(required=True, allow_none=True, metadata={"description": "Null: no limit."})
    next_free = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "When it can't be had then."}
    )


class OrderingTerms(View):
    """`first`: the first moment that can be had by who orders now; `slots`: the first, with what is left."""

    product_id = fields.UUID(required=True)
    ruled = fields.Boolean(required=True)
    first = fields.AwareDateTime(required=True, allow_none=True)
    capacity = fields.Nested(RoomView, required=True, allow_none=True)
    slots = fields.List(fields.Nested(SlotView), required=True)
    charge_percent = fields.Integer(required=True, allow_none=True)
    wanted = fields.Nested(OrderOfMoment, required=True, allow_none=True)


class CancellingView(View):
    """What it costs to cancel now; null when nobody can say."""

    free_until = fields.AwareDateTime(required=True)
    late = fields.Boolean(required=True)
    cost_cents = fields.Integer(required=True, allow_none=True)


class CancelledLateView(View):
    free_until = fields.AwareDateTime(required=True)
    cost_cents = fields.Integer(required=True, allow_none=True)
