"""What comes in as facts of other services: only what is used here; anything a producer adds is ignored."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from marshmallow import fields
from servicekit.schemas import Fact


def once(kind: type[Fact]) -> Callable[[], Fact]:
    """Calling it answers the same schema every time: making one takes longer than reading with it."""
    return cache(kind)


def _text() -> fields.String:
    return fields.String(required=True)


def _nullable() -> fields.String:
    return fields.String(required=True, allow_none=True)


def _number() -> fields.Integer:
    return fields.Integer(required=True)


def _raw() -> fields.Raw:
    """Kept and shown as it is."""
    return fields.Raw(required=True, allow_none=True)


@once
class ProductPublished(Fact):
    product_id = _text()
    version = _number()
    slug = _text()
    name = fields.Dict(required=True)
    category = fields.Dict(required=True)
    description = fields.Dict(required=True)
    examples = fields.Dict(load_default=None)
    kind = _text()
    priority = _text()
    lead_time = _raw()
    price = fields.Raw(load_default=None, allow_none=True)
    package = fields.String(load_default=None, allow_none=True)
    questions = fields.List(fields.Dict(), required=True)
    process = fields.Dict(required=True)
    audience = fields.Dict(load_default=None)
    confidential = fields.Boolean(load_default=False)
    ordering = fields.Dict(load_default=None)
    published_at = _text()


@once
class ProductWithdrawn(Fact):
    product_id = _text()
    withdrawn_at = _text()


@once
class ArticlePublished(Fact):
    article_id = _text()
    version = _number()
    slug = _text()
    title = fields.Dict(required=True)
    body = fields.Dict(required=True)
    product_ids = fields.List(fields.String(), required=True)


@once
class ArticleWithdrawn(Fact):
    article_id = _text()
    version = _number()


@once
class CalendarPublished(Fact):
    calendar_id = _text()
    name = _text()
    version = _number()
    calendar = fields.Dict(required=True)
    published_at = _text()


class PlannedOrder(Fact):
    work_order_id = _text()
    number = _text()
    step = _text()
    title = fields.Dict(required=True)
    provider = fields.Dict(required=True)
    state = _text()
    depends_on = fields.List(fields.String(), required=True)
    replaces = fields.String(load_default=None, allow_none=True)
    rework_of = fields.String(load_default=None, allow_none=True)
    correction_id = fields.String(load_default=None, allow_none=True)


@once
class WorkOrdersPlanned(Fact):
    request_id = _text()
    round = _number()
    planned_at = _text()
    orders = fields.List(fields.Nested(PlannedOrder), required=True)


@once
class WorkOrderChanged(Fact):
    work_order_id = _text()
    request_id = _text()
    number = _text()
    round = _number()
    sequence = _number()
    action = _text()
    state = _text()
    provider = fields.Dict(required=True)
    at = _text()
    by = fields.Dict(required=True)
    reason = _nullable()
    note = _nullable()
    planned_from = _nullable()
    planned_until = _nullable()
    cost_cents = fields.Integer(required=True, allow_none=True)
    pause = _raw()
    delivery = _raw()
    appointment = fields.Raw(load_default=None, allow_none=True)
    corrected_by = fields.String(load_default=None, allow_none=True)
    silence = fields.Raw(load_default=None, allow_none=True)
    check = fields.Raw(load_default=None, allow_none=True)
    stops = fields.Raw(load_default=None, allow_none=True)
    extra_work = fields.Raw(load_default=None, allow_none=True)
    cost_standing = fields.Raw(load_default=None, allow_none=True)


@once
class DefectFound(Fact):
    request_id = _text()
    work_order_id = _text()
    number = _text()
    stop = _number()
    title = _text()
    location = fields.Raw(load_default=None, allow_none=True)
    asset = fields.Raw(load_default=None, allow_none=True)
    note = _text()
    reporter_id = fields.String(load_default=None, allow_none=True)
    provider = fields.Dict(required=True)
    by = fields.Dict(required=True)
    at = _text()


class NamedOrder(Fact):
    work_order_id = _text()
    number = _text()
    state = fields.String(load_default=None)


@once
class CorrectionAnswered(Fact):
    correction_id = _text()
    request_id = _text()
    outcome = _text()
    reason = _nullable()
    detail = _nullable()
    stopped = fields.List(fields.Nested(NamedOrder), required=True)
    issued = fields.List(fields.Nested(NamedOrder), required=True)
    at = _text()


@once
class ProcessCompleted(Fact):
    request_id = _text()
    round = _number()
    completed_at = _text()


@once
class ProcessUnplannable(Fact):
    request_id = _text()
    round = _number()
    reason = _text()
    detail = _text()
    at = _text()
    step = fields.String()


@once
class Deadline(Fact):
    request_id = _text()
    clock = _text()
    due_at = _text()
    at = _text()
    counterparty = _nullable()


@once
class PartDone(Fact):
    request_id = _text()
