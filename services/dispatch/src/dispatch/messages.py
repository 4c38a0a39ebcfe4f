"""What comes in as commands and questions: strict. Loading turns text into UUIDs, times and enums."""

from __future__ import annotations

from datetime import datetime

from marshmallow import ValidationError, fields, validate
from servicekit.paging import DEFAULT_LIMIT, MAX_LIMIT
from servicekit.schemas import Command

from dispatch.domain.deliveries import DeliveryState, is_near
from dispatch.domain.products import CHECKERS
from dispatch.domain.providers import Kind, Means
from dispatch.domain.records import HOURS, UNITS
from dispatch.domain.rounds import MOST_STOPS, OUTCOMES
from dispatch.domain.work_order_states import Action, State

# Reroute and redeliver are commands of their own, reprice is a correction's; the others dispatch does by
# itself.
NOT_BY_HAND = {
    *(Action.ISSUE, Action.DELIVER, Action.DELIVERY_FAILED),
    *(Action.REDELIVER, Action.REROUTE, Action.REPRICE),
    *(Action.REMIND, Action.SUSPECT_NO_SHOW, Action.ESCALATE),
    Action.EXTRA_TO_DESK,
    *(Action.TAKE, Action.GIVE_BACK, Action.ASSIGN, Action.HAND_OVER, Action.COME_BACK),
}
BY_HAND = [action for action in Action if action not in NOT_BY_HAND]
PROGRESS = [
    Action.SCHEDULE,
    Action.PROPOSE,
    Action.START,
    Action.PAUSE,
    Action.RESUME,
    Action.ASK_EXTRA,
    Action.TICK_STOP,
    Action.NOT_CARRIED_OUT,
]
COUNTERPARTIES = ["requester", "supplier", "desk"]

TEXT = validate.Length(min=1, max=4000)
QUANTITY = validate.Regexp(
    r"^(?!0+(\.0+)?\Z)\d{1,6}(\.\d{1,3})?\Z", error="Give a number above 0, such as 2 or 2.5."
)
MORE = validate.Range(min=1, max=100_000_000)
COST = validate.Range(min=0, max=100_000_000)


class Pause(Command):
    """`reason`: material, no_access, quote, other, or words."""

    reason = fields.String(required=True, validate=TEXT)
    counterparty = fields.String(required=True, validate=validate.OneOf(COUNTERPARTIES))


def moment() -> fields.AwareDateTime:
    return fields.AwareDateTime(format="iso", allow_none=True, validate=_near)


def _near(given: datetime) -> None:
    if not is_near(given):
        raise ValidationError("Give a moment between 1970 and 2200.")


class Moments(Command):
    """From when until when somebody could come."""

    from_ = fields.AwareDateTime(
        format="iso", required=True, validate=_near, data_key="from", attribute="from"
    )
    until = fields.AwareDateTime(format="iso", required=True, validate=_near)


def windows() -> fields.List:
    return fields.List(fields.Nested(Moments), allow_none=True, validate=validate.Length(max=5))


def text() -> fields.String:
    return fields.String(validate=TEXT, allow_none=True)


def evidence() -> fields.List:
    """References that the executor keeps: report numbers, addresses of photos."""
    one = fields.String(validate=validate.Length(min=1, max=500))
    return fields.List(one, allow_none=True, validate=validate.Length(max=20))


def ticks() -> fields.List:
    """Points of a checklist, from 0."""
    each = fields.Integer(strict=True, validate=validate.Range(0, 99))
    return fields.List(each, allow_none=True, validate=validate.Length(max=100))


def stop_number() -> fields.Integer:
    return fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, MOST_STOPS))


def stop_outcome() -> fields.String:
    return fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES))


class HoursLine(Command):
    """`rate_cents`: of an hour; it need not be said."""

    kind = fields.String(required=True, validate=validate.OneOf(HOURS))
    minutes = fields.Integer(strict=True, required=True, validate=validate.Range(1, 60_000))
    rate_cents = fields.Integer(strict=True, allow_none=True, load_default=None, validate=COST)


class MaterialLine(Command):
    """`quantity`: an exact number in words, with at most three decimals."""

    name = fields.String(required=True, validate=validate.Length(1, 200))
    quantity = fields.String(required=True, validate=QUANTITY)
    unit = fields.String(required=True, validate=validate.OneOf(UNITS))
    price_cents = fields.Integer(strict=True, allow_none=True, load_default=None, validate=COST)


class Reported(Command):
    """What comes with completion: the points of the checklist that are done (from 0), hours, material,
    receipts of files.
    """

    checklist = ticks()
    time = fields.List(fields.Nested(HoursLine), allow_none=True, validate=validate.Length(max=30))
    material = fields.List(fields.Nested(MaterialLine), allow_none=True, validate=validate.Length(max=100))
    attachments = fields.List(
        fields.String(validate=validate.Length(1, 2000)), allow_none=True, validate=validate.Length(max=5)
    )


class ActOnWorkOrder(Reported):
    work_order_id = fields.UUID(required=True)
    action = fields.Enum(Action, by_value=True, required=True, validate=validate.OneOf(BY_HAND))
    version = fields.Integer(strict=True, allow_none=True)
    provider_id = fields.UUID(allow_none=True)
    reason = text()
    note = text()
    planned_from = moment()
    planned_until = moment()
    cost_cents = fields.Integer(strict=True, allow_none=True, validate=COST)
    limit_cents = fields.Integer(strict=True, allow_none=True, validate=COST)
    amount_cents = fields.Integer(strict=True, allow_none=True, validate=MORE)
    evidence = evidence()
    pause = fields.Nested(Pause, allow_none=True)
    windows = windows()
    choice = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, 4))
    stop, outcome = stop_number(), stop_outcome()


class RedeliverWorkOrder(Command):
    work_order_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, allow_none=True)
    note = text()


class RerouteWorkOrder(Command):
    work_order_id = fields.UUID(required=True)
    provider_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=TEXT)
    version = fields.Integer(strict=True, allow_none=True)


class ListWorkOrders(Command):
    number = fields.String(allow_none=True, validate=validate.Length(min=1, max=64))
    provider_id = fields.UUID(allow_none=True)
    request_id = fields.UUID(allow_none=True)
    state = fields.Enum(State, by_value=True, allow_none=True)
    open = fields.Boolean(allow_none=True)
    delivery = fields.Enum(DeliveryState, by_value=True, allow_none=True)
    late = fields.Boolean(allow_none=True)
    refused = fields.Boolean(allow_none=True)
    completed = fields.Boolean(allow_none=True)
    at_once = fields.Boolean(allow_none=True)
    assignee = fields.UUID(allow_none=True)
    unassigned = fields.Boolean(allow_none=True)
    awaiting_check = fields.String(allow_none=True, validate=validate.OneOf(CHECKERS))
    oldest_first = fields.Boolean(allow_none=True)
    issued_from = moment()
    issued_before = moment()
    cursor = fields.String(allow_none=True, load_default=None)
    limit = fields.Integer(
        strict=True, load_default=DEFAULT_LIMIT, validate=validate.Range(min=1, max=MAX_LIMIT)
    )


class GetWorkOrder(Command):
    work_order_id = fields.UUID(required=True)


class SaveProvider(Command):
    slug = fields.String(required=True, validate=validate.Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$"))
    name = fields.String(required=True, validate=validate.Length(min=1, max=200))
    kind = fields.Enum(Kind, by_value=True, required=True)
    delivery = fields.Enum(Means, by_value=True, required=True)
    address = fields.String(allow_none=True, validate=validate.Length(min=1, max=500))


class OneSupplier(Command):
    provider_id = fields.UUID(required=True)


class InviteSupplier(OneSupplier):
    """`password_hash` of a password that the supplier has already, in RabbitMQ's form: 4 bytes of salt and a
    SHA-256.
    """

    password_hash = fields.String(allow_none=True, validate=validate.Regexp(r"^[A-Za-z0-9+/]{48}\Z"))


def visit_version() -> fields.Integer:
    """Said of all orders of its visit, as it was at this version."""
    return fields.Integer(strict=True, allow_none=True, validate=validate.Range(min=1))


class AcceptOrder(Command):
    """From here to OrderNumber: what suppliers say over the broker."""

    order_number = fields.String(required=True, validate=validate.Length(min=1, max=64))
    visit = visit_version()
    planned_from = moment()
    planned_until = moment()


class RefuseOrder(Command):
    order_number = fields.String(required=True, validate=validate.Length(min=1, max=64))
    visit = visit_version()
    reason = fields.String(required=True, validate=TEXT)


class ReportProgress(Command):
    order_number = fields.String(required=True, validate=validate.Length(min=1, max=64))
    visit = visit_version()
    action = fields.Enum(Action, by_value=True, required=True, validate=validate.OneOf(PROGRESS))
    reason = text()
    note = text()
    planned_from = moment()
    planned_until = moment()
    pause = fields.Nested(Pause, allow_none=True)
    amount_cents = fields.Integer(strict=True, allow_none=True, validate=MORE)
    windows = windows()
    stop, outcome, checklist = stop_number(), stop_outcome(), ticks()


class ReportCompletion(Reported):
    order_number = fields.String(required=True, validate=validate.Length(min=1, max=64))
    visit = visit_version()
    note = text()
    cost_cents = fields.Integer(strict=True, allow_none=True, validate=COST)
    evidence = evidence()
    all_points = fields.Boolean(load_default=False)


class OrderNumber(Command):
    order_number = fields.String(required=True, validate=validate.Length(min=1, max=64))
