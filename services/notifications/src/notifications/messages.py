"""What notifications hears and is asked."""

from __future__ import annotations

from marshmallow import fields
from servicekit.schemas import Command, Fact


class Requester(Fact):
    person_id = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    language = fields.String(load_default="nl", allow_none=True)


class Promise(Fact):
    respond_by = fields.AwareDateTime(required=True)
    resolve_by = fields.AwareDateTime(load_default=None, allow_none=True)


class By(Fact):
    kind = fields.String(required=True)


class AboutRequest(Fact):
    """`sequence` puts what is told of one request in order."""

    request_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)
    reference = fields.String(required=True)
    requester = fields.Nested(Requester, required=True)
    notify = fields.Boolean(required=True)


class RequestReceived(AboutRequest):
    summary = fields.String(required=True)
    kind = fields.String(load_default=None, allow_none=True)
    promise = fields.Nested(Promise, required=True)


class RequestAccepted(RequestReceived):
    """A standard request is accepted at once, which implies its receipt; any other was received before."""

    standard = fields.Boolean(required=True)


class ToldAnew(Fact):
    product = fields.Boolean(required=True)
    promise = fields.Boolean(required=True)
    provider = fields.Boolean(required=True)
    appointment = fields.AwareDateTime(required=True, allow_none=True)


class CorrectionTold(Fact):
    correction_id = fields.UUID(required=True)
    told_anew = fields.Nested(ToldAnew, load_default=None, allow_none=True)


class ProductTold(Fact):
    name = fields.Dict(required=True)


class RequestCorrected(RequestReceived):
    """`sealed` is there of a confidential one; what is in it is not for here."""

    product = fields.Nested(ProductTold, required=True, allow_none=True)
    correction = fields.Nested(CorrectionTold, required=True)
    sealed = fields.Dict(load_default=None, allow_none=True)


class RequestWaiting(AboutRequest):
    question = fields.String(load_default=None, allow_none=True)


class RequestConfided(Fact):
    request_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)


class RequestUpdated(AboutRequest):
    summary = fields.String(required=True)
    text = fields.String(required=True)


class NobodyCame(Fact):
    provider = fields.String(required=True)
    title = fields.Dict(load_default=None, allow_none=True)
    planned_from = fields.AwareDateTime(load_default=None, allow_none=True)


class PromiseMade(AboutRequest):
    summary = fields.String(required=True)
    what = fields.String(required=True)
    until = fields.AwareDateTime(required=True)
    text = fields.String(required=True, allow_none=True)
    nobody_came = fields.Nested(NobodyCame, load_default=None)


class Party(Fact):
    provider_id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.String(load_default="supplier")


class OrderLink(Fact):
    serial = fields.Integer(load_default=0)
    sent = fields.Integer(load_default=0)


class ProviderTold(Fact):
    work_order_id = fields.UUID(required=True)
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    number = fields.String(required=True)
    sequence = fields.Integer(required=True)
    news = fields.String(required=True)
    provider = fields.Nested(Party, required=True)
    to = fields.List(fields.String(), required=True)
    language = fields.String(load_default=None, allow_none=True)
    title = fields.Dict(required=True)
    summary = fields.String(required=True, allow_none=True)
    location = fields.String(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    planned_from = fields.AwareDateTime(required=True, allow_none=True)
    owes = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    link = fields.Nested(OrderLink, load_default=lambda: {"serial": 0, "sent": 0})
    together = fields.List(fields.String(), load_default=list)


class NamedOrder(Fact):
    request_id = fields.UUID(required=True)
    number = fields.String(required=True)


class VisitedOrder(NamedOrder):
    title = fields.Dict(required=True)
    location = fields.String(required=True, allow_none=True)
    planned_from = fields.AwareDateTime(required=True, allow_none=True)


class LinkedOrder(OrderLink):
    work_order_id = fields.UUID(required=True)


class VisitTold(Fact):
    """`told_id` tells two of one visit apart."""

    visit_id = fields.UUID(required=True)
    told_id = fields.UUID(required=True)
    news = fields.String(required=True)
    provider = fields.Nested(Party, required=True)
    to = fields.List(fields.String(), required=True)
    language = fields.String(load_default=None, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    location = fields.String(required=True, allow_none=True)
    planned_from = fields.AwareDateTime(required=True, allow_none=True)
    orders = fields.List(fields.Nested(VisitedOrder), required=True)
    joined = fields.List(fields.String(), required=True)
    left = fields.List(fields.Nested(NamedOrder), required=True)
    link = fields.Nested(LinkedOrder, required=True)


class Window(Fact):
    from_ = fields.AwareDateTime(required=True, data_key="from", attribute="start")
    until = fields.AwareDateTime(required=True)


class AppointmentProposed(AboutRequest):
    """`order_sequence` tells two proposals for one order apart."""

    summary = fields.String(required=True)
    work_order_id = fields.String(required=True)
    order_sequence = fields.Integer(required=True)
    title = fields.Dict(required=True, allow_none=True)
    provider = fields.String(required=True)
    windows = fields.List(fields.Nested(Window), required=True)


class Named(Fact):
    name = fields.String(required=True)


class OfProduct(Fact):
    name = fields.Dict(required=True)


class ApprovalAsked(Fact):
    """`reminder`: how often it was asked before."""

    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    sequence = fields.Integer(required=True)
    summary = fields.String(required=True)
    requester = fields.Nested(Named, required=True)
    product = fields.Nested(OfProduct, required=True)
    estimate_cents = fields.Integer(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    extra_work_by = fields.String(load_default=None, allow_none=True)
    reminder = fields.Integer(required=True)
    approvers = fields.List(fields.Nested(Requester), required=True)


class RequestReady(AboutRequest):
    sequence = fields.Integer(required=True)
    summary = fields.String(required=True)
    round = fields.Integer(required=True)
    closes_at = fields.AwareDateTime(required=True)
    needs_word = fields.Boolean(load_default=False)
    text = fields.String(load_default=None, allow_none=True)


class RequestReopened(AboutRequest):
    summary = fields.String(required=True)
    sequence = fields.Integer(required=True)
    reason = fields.String(required=True)


class RequestClosed(AboutRequest):
    summary = fields.String(required=True)
    sequence = fields.Integer(required=True)
    resolution = fields.String(required=True)
    answer = fields.String(load_default=None, allow_none=True)
    by = fields.Nested(By, required=True)
    unheard = fields.Boolean(load_default=False)


class Visitor(Fact):
    name = fields.String(required=True, allow_none=True)
    company = fields.String(required=True, allow_none=True)


class CounterTold(Fact):
    """`reminder`: how often it was told before."""

    entry_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    sequence = fields.Integer(required=True)
    news = fields.String(required=True)
    what = fields.String(required=True)
    item_number = fields.String(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    reminder = fields.Integer(required=True)
    visitor = fields.Nested(Visitor, required=True, allow_none=True)
    person = fields.Nested(Requester, required=True)


class CounterForgotten(Fact):
    entry_ids = fields.List(fields.UUID(), required=True)


class OneMessage(Command):
    message_id = fields.UUID(required=True)


class ListMessages(Command):
    request_id = fields.UUID(required=True)


class MergedPerson(Fact):
    person_id = fields.UUID(required=True)
    surviving_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)


class PeopleMerged(Fact):
    people = fields.List(fields.Nested(MergedPerson), required=True)
