"""How the desk is doing. Counts are exact; a share is {count, of}."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, View
from gateway.api.schemas.promises import PromiseFigures


class PeriodFilter(Body):
    """Whole days of the organisation, both included."""

    from_ = fields.Date(
        data_key="from",
        attribute="from",
        allow_none=True,
        metadata={"description": "The 30 days up to `until` when not given."},
    )
    until = fields.Date(allow_none=True, metadata={"description": "Today when not given."})


class Share(View):
    count = fields.Integer(required=True)
    of = fields.Integer(required=True)


class DayOfFlow(View):
    day = fields.Date(required=True)
    received = fields.Integer(required=True)
    closed = fields.Integer(required=True)


class AgeOfBacklog(View):
    from_days = fields.Integer(required=True)
    until_days = fields.Integer(required=True, allow_none=True)
    received_from = fields.AwareDateTime(allow_none=True, metadata={"description": "A filter of requests."})
    received_before = fields.AwareDateTime(allow_none=True)
    count = fields.Integer(required=True)


class StateOfBacklog(View):
    state = fields.String(required=True)
    count = fields.Integer(required=True)


class OpenRequests(View):
    count = fields.Integer(required=True)
    states = fields.List(fields.Nested(StateOfBacklog), required=True)
    ages = fields.List(fields.Nested(AgeOfBacklog), required=True)


class ShareOfDays(Share):
    until = fields.Date(required=True)

    class Meta(Share.Meta):
        include = {"from": fields.Date(required=True)}  # noqa: RUF012 - marshmallow's way to a reserved word


class HandOffs(View):
    hand_offs = fields.Integer(required=True, metadata={"description": "3 means that or more."})
    count = fields.Integer(required=True)
    judged = fields.Integer(metadata={"description": "Of which is known whether they were in time."})
    in_time = fields.Integer()


class BegunFigures(View):
    """Of what was begun on the site in these days, to be finished by phone or at the counter."""

    begun = fields.Integer(required=True)
    finished = fields.Integer(required=True)
    expired = fields.Integer(required=True)


class LateProductFigure(View):
    product_id = fields.UUID(required=True)
    name = fields.Dict(required=True, allow_none=True)
    count = fields.Integer(required=True)
    cost_cents = fields.Integer(required=True)
    unpriced = fields.Integer(required=True)


class LateCancellations(Share):
    """Withdrawn after it was free, of all that was withdrawn in the period."""

    cost_cents = fields.Integer(
        required=True, metadata={"description": "By the rules of their products, as they were then."}
    )
    unpriced = fields.Integer(
        required=True, metadata={"description": "Of which nobody can say what it costs: not in the cost."}
    )
    products = fields.List(fields.Nested(LateProductFigure), required=True)


class RequestFigures(View):
    """`standard` is of what was received here and no plan made, the others of what was closed."""

    days = fields.List(fields.Nested(DayOfFlow), required=True)
    received = fields.Integer(required=True)
    closed = fields.Integer(required=True)
    open = fields.Nested(OpenRequests, required=True)
    standard = fields.Nested(Share, required=True)
    standard_over_time = fields.List(
        fields.Nested(ShareOfDays), required=True,
        metadata={"description": "By week from Monday; by month over more than 190 days."},
    )  # fmt: skip
    first_contact = fields.Nested(Share, required=True)
    reopened = fields.Nested(Share, required=True)
    hand_offs = fields.List(fields.Nested(HandOffs), required=True)
    imported_hand_offs = fields.List(
        fields.Nested(HandOffs), required=True, metadata={"description": "Of all that was ever imported."}
    )
    kinds = fields.List(fields.Dict(), required=True)
    products = fields.List(fields.Dict(), required=True)
    cancelled_late = fields.Nested(LateCancellations, required=True)
    promises = fields.Nested(PromiseFigures, required=True)
    begun = fields.Nested(BegunFigures, required=True)


class KeptLevel(View):
    clock = fields.String(required=True)
    priority = fields.String(required=True)
    met = fields.Integer(required=True)
    late = fields.Integer(required=True)


class OpenClocks(View):
    clock = fields.String(required=True)
    late = fields.Integer(required=True)
    near = fields.Integer(required=True)
    fine = fields.Integer(required=True)
    paused = fields.Integer(required=True)


class ClockFigures(View):
    """`minutes` are those of resolve clocks that stopped in the period, by whose they were."""

    kept = fields.List(fields.Nested(KeptLevel), required=True)
    days = fields.List(fields.Dict(), required=True)
    open = fields.List(fields.Nested(OpenClocks), required=True)
    minutes = fields.Dict(required=True)


class ProviderFigures(View):
    """`open`, `late` and `failed` are of now, the rest of orders issued in the period."""

    provider_id = fields.UUID(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    open = fields.Integer(required=True)
    late = fields.Integer(required=True, metadata={"description": "Open, and past the end of its plan."})
    failed = fields.Integer(required=True, metadata={"description": "Deliveries that wait to be repaired."})
    issued = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    seconds_to_accept = fields.Float(required=True, allow_none=True, metadata={"description": "The median."})
    completed = fields.Integer(required=True)
    not_at_once = fields.Integer(required=True, metadata={"description": "Of which had to be done over."})
    hand_overs = fields.Integer(
        required=True,
        metadata={"description": "How often they went on to a colleague or another team."},
    )


class WorkOrderFigures(View):
    providers = fields.List(fields.Nested(ProviderFigures), required=True)


class Figures(View):
    """A part whose service is away is null, and named in `unavailable`."""

    from_ = fields.Date(required=True, data_key="from", attribute="from")
    until = fields.Date(required=True)
    requests = fields.Nested(RequestFigures, required=True, allow_none=True)
    clocks = fields.Nested(ClockFigures, required=True, allow_none=True)
    work_orders = fields.Nested(WorkOrderFigures, required=True, allow_none=True)
    unavailable = fields.List(fields.String(), required=True)
