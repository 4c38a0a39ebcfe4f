"""What may be asked about the repair list."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from servicekit.paging import DEFAULT_LIMIT, MAX_LIMIT
from servicekit.recovery.failed import State
from servicekit.schemas import Command

MAX_AT_ONCE = 500
CODE = validate.Length(min=1, max=300)


class CountFailures(Command):
    state = fields.Enum(State, by_value=True, load_default=State.OPEN)
    kind = fields.String(validate=CODE, allow_none=True, load_default=None)


class ListFailures(CountFailures):
    cause = fields.String(validate=CODE, allow_none=True, load_default=None)
    cursor = fields.String(allow_none=True, load_default=None)
    limit = fields.Integer(strict=True, load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))


class OneFailure(Command):
    failure_id = fields.UUID(required=True)


class OneCause(Command):
    cause = fields.String(required=True, validate=CODE)


class Which(Command):
    """Some by their ids, or what is open of a cause; of that `up_to` a number of an earlier answer."""

    failure_ids = fields.List(
        fields.UUID(), allow_none=True, load_default=None, validate=validate.Length(1, MAX_AT_ONCE)
    )
    cause = fields.String(validate=CODE, allow_none=True, load_default=None)
    up_to = fields.Integer(
        strict=True, allow_none=True, load_default=None, validate=validate.Range(0, 2**63 - 1)
    )

    @validates_schema
    def _one_way(self, data: dict[str, object], **_: object) -> None:
        if bool(data.get("failure_ids")) == bool(data.get("cause")):
            raise ValidationError("Say which: failure_ids, or a cause.", "failure_ids")


class SetAside(Which):
    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))

    @validates_schema
    def _says_why(self, data: dict[str, str], **_: object) -> None:
        if not data.get("reason", "").strip():
            raise ValidationError("Say why these need not be done.", "reason")
