"""Providers, their own terms, and the terms of all orders."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Text, View, Whole, page_of
from gateway.api.schemas.work_orders import CENTS


class NewProvider(Body):
    slug = Text(60, required=True)
    name = Text(200, required=True)
    kind = Choice("team", "supplier", required=True)
    delivery = Choice("none", "rpc", "portal", "webhook", required=True)
    address = Text(500)


class ProviderView(View):
    provider_id = fields.UUID(required=True)
    slug = fields.String(required=True)
    name = fields.String()
    kind = fields.String()
    delivery = fields.String()


ProviderPage = page_of(ProviderView, "ProviderPage")


SILENCES = {
    "answer_minutes": "Until a provider that does not answer an order is reminded.",
    "plan_minutes": "Until one that does not plan what it took is reminded.",
    "start_minutes": "From the end of the plan until one that has not begun is reminded.",
    "word_minutes": "Until one that began and says nothing more is reminded.",
    "escalate_minutes": "From the reminder until the desk hears of it.",
}


def silent_minutes(name: str) -> Whole:
    return Whole(1, 100_000, metadata={"description": f"{SILENCES[name]} In working minutes."})


class OwnPatience(Body):
    """A provider's own terms for being silent; what is not said is the house's."""

    answer_minutes = silent_minutes("answer_minutes")
    plan_minutes = silent_minutes("plan_minutes")
    start_minutes = silent_minutes("start_minutes")
    word_minutes = silent_minutes("word_minutes")
    escalate_minutes = silent_minutes("escalate_minutes")


class Way(Body):
    """Between two buildings, either way."""

    between = fields.List(Text(200, required=True), required=True, validate=validate.Length(equal=2))
    minutes = Whole(1, 600, required=True)


class NewOrderTerms(OwnPatience):
    """What every order is held to; what is not said stays as it is."""

    cost_margin_percent = Whole(
        0, 100, required=True,
        metadata={"description": "How far over the agreed price an order may cost without being looked at."},
    )  # fmt: skip
    extra_desk_cents = Whole(
        0, CENTS, metadata={"description": "Up to how much above its limit the desk agrees to an order."}
    )
    travel = fields.List(
        fields.Nested(Way),
        validate=validate.Length(max=200),
        metadata={"description": "Minutes on the way between buildings, by their names."},
    )


class OrderTermsView(View):
    cost_margin_percent = fields.Integer(required=True)
    extra_desk_cents = fields.Integer()
    answer_minutes = fields.Integer()
    plan_minutes = fields.Integer()
    start_minutes = fields.Integer()
    word_minutes = fields.Integer()
    escalate_minutes = fields.Integer()
    travel = fields.List(fields.Dict(), metadata={"description": "Minutes between buildings."})
    version = fields.Integer(required=True, metadata={"description": "0: nobody has changed them yet."})
