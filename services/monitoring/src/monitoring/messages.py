"""What comes in: commands checked strictly, facts of others read tolerantly."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import ValidationError, fields, validate
from servicekit.paging import DEFAULT_LIMIT, MAX_LIMIT
from servicekit.schemas import Command, Fact
from servicekit.worktime.hours import WEEKDAYS
from servicekit.worktime.terms import UNITS

from monitoring.domain.agreements import ORGANISATION
from monitoring.domain.clocks import CLOCKS
from monitoring.domain.contract import PARTY_KINDS
from monitoring.domain.levels import WARN_PERCENT
from monitoring.storage.clocks import STANDINGS

KINDS: Final = ("order", "complaint", "wish", "information", "fault")
PRIORITIES: Final = ("P1", "P2", "P3", "P4")
STATES: Final = ("running", "paused", "stopped", "met", "breached")


def _optional(kind: type[fields.Field[Any]], **details: Any) -> Any:
    return kind(load_default=None, allow_none=True, **details)


# --- commands and questions ---------------------------------------------------------------------------------


class IdText(fields.UUID):
    """A UUID in its usual spelling, as text: contracts are compared and kept as JSON."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        return str(super()._deserialize(*args, **kwargs))


class Opening(Command):
    """Either {"from": "07:30", "until": "12:00"} or ["07:30", "12:00"] in a list; see `OpeningField`."""

    from_ = fields.String(required=True, data_key="from", attribute="from")
    until = fields.String(required=True)


class OpeningField(fields.Field[Any]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, list):
            if len(value) != 2 or not all(isinstance(each, str) for each in value):
                raise ValidationError('Write ["07:30", "12:00"].')
            return {"from": value[0], "until": value[1]}
        return fields.Nested(Opening)._deserialize(value, attr, data, **kwargs)


class ClosingMessage(Command):
    """Dates as YYYY-MM-DD; the calendar itself says what is wrong with them."""

    first = fields.String(required=True)
    last = _optional(fields.String)
    name = fields.String(load_default="", allow_none=True, validate=validate.Length(max=200))


class CalendarMessage(Command):
    zone = fields.String(required=True)
    weekly = fields.Dict(
        keys=fields.String(validate=validate.OneOf(WEEKDAYS)),
        values=fields.List(OpeningField()),
        required=True,
    )
    country = _optional(fields.String)
    optional_holidays = fields.List(fields.String(), load_default=list, allow_none=True)
    closings = fields.List(fields.Nested(ClosingMessage), load_default=list, allow_none=True)


class SaveCalendar(Command):
    name = fields.String(required=True, validate=validate.Length(1, 100))
    calendar = fields.Nested(CalendarMessage, required=True)


class TermMessage(Command):
    amount = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1_000_000))
    unit = fields.String(required=True, validate=validate.OneOf(UNITS))


class LevelMessage(Command):
    kind = _optional(fields.String, validate=validate.OneOf(KINDS))
    priority = _optional(fields.String, validate=validate.OneOf(PRIORITIES))
    product_id = IdText(load_default=None, allow_none=True)
    respond = fields.Nested(TermMessage, load_default=None, allow_none=True)
    restore = fields.Nested(TermMessage, load_default=None, allow_none=True)
    resolve = fields.Nested(TermMessage, load_default=None, allow_none=True)
    warn_percent = fields.Integer(load_default=WARN_PERCENT, strict=True)


class SaveContract(Command):
    name = fields.String(required=True, validate=validate.Length(1, 200))
    party_kind = fields.String(load_default="customer", validate=validate.OneOf(PARTY_KINDS))
    party = _optional(fields.String)
    calendar = fields.String(load_default=ORGANISATION)
    valid_from = _optional(fields.Date)
    valid_until = _optional(fields.Date)
    levels = fields.List(fields.Nested(LevelMessage), required=True, validate=validate.Length(1, 500))


class GetClocks(Command):
    request_id = fields.UUID(required=True)


class Page(Command):
    cursor = _optional(fields.String)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))


class Nothing(Command):
    """A question without conditions."""


class ListNorms(Command):
    """`kept`: and how well they were."""

    kept = fields.Boolean(load_default=False)


class ListContracts(Page):
    q = _optional(fields.String, validate=validate.Length(max=200))


class ListClocks(Page):
    state = _optional(fields.String, validate=validate.OneOf(STATES))
    breached = _optional(fields.Boolean)
    due_before = _optional(fields.AwareDateTime)
    clock = _optional(fields.String, validate=validate.OneOf(CLOCKS))
    priority = _optional(fields.String, validate=validate.OneOf(PRIORITIES))
    standing = _optional(fields.String, validate=validate.OneOf(STANDINGS))
    judged_from = _optional(fields.AwareDateTime)
    judged_before = _optional(fields.AwareDateTime)
    stopped_from = _optional(fields.AwareDateTime)
    stopped_before = _optional(fields.AwareDateTime)


# --- facts of others ----------------------------------------------------------------------------------------


class PersonPart(Fact):
    person_id = fields.String(required=True)


class ProductPart(Fact):
    product_id = fields.String(required=True)


class RequestPart(Fact):
    request_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)


class RequestReceived(RequestPart):
    reference = fields.String(required=True)
    kind = fields.String(required=True, allow_none=True)
    priority = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True)
    requester = fields.Nested(PersonPart, required=True)
    customer_id = fields.String(required=True, allow_none=True)


class RequestAccepted(RequestReceived):
    accepted_at = fields.AwareDateTime(required=True)
    standard = fields.Boolean(required=True)
    product = fields.Nested(ProductPart, required=True)


class CorrectionPart(Fact):
    what = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class RequestCorrected(RequestReceived):
    product = fields.Nested(ProductPart, required=True, allow_none=True)
    correction = fields.Nested(CorrectionPart, required=True)


class RequestWaiting(RequestPart):
    since = fields.AwareDateTime(required=True)
    reason = fields.String(required=True)
    counterparty = fields.String(required=True)


class RequestResumed(RequestPart):
    at = fields.AwareDateTime(required=True)


class RequestReady(RequestPart):
    ready_at = fields.AwareDateTime(required=True)


class RequestReopened(RequestPart):
    reopened_at = fields.AwareDateTime(required=True)


class RequestClosed(RequestPart):
    closed_at = fields.AwareDateTime(required=True)
    resolution = fields.String(required=True)


class RequestUpdated(RequestPart):
    at = fields.AwareDateTime(required=True)


class PromiseMade(RequestPart):
    at = fields.AwareDateTime(required=True)


class PriorityChanged(RequestPart):
    at = fields.AwareDateTime(required=True)
    priority = fields.String(required=True)


class ProviderPart(Fact):
    kind = fields.String(required=True)


class PausePart(Fact):
    counterparty = fields.String(required=True)


class OrderPart(Fact):
    work_order_id = fields.String(required=True)
    state = fields.String(required=True)
    provider = fields.Nested(ProviderPart, required=True)


class WorkOrdersPlanned(Fact):
    request_id = fields.UUID(required=True)
    planned_at = fields.AwareDateTime(required=True)
    orders = fields.List(fields.Nested(OrderPart), required=True)


class WorkOrderChanged(OrderPart):
    request_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)
    action = fields.String(required=True)
    previous_state = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    pause = fields.Nested(PausePart, required=True, allow_none=True)


class MergedPerson(Fact):
    person_id = fields.UUID(required=True)
    surviving_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)


class PeopleMerged(Fact):
    people = fields.List(fields.Nested(MergedPerson), required=True)
