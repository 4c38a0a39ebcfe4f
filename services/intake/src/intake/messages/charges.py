"""What comes in over RPC about charges."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema
from servicekit.paging import DEFAULT_LIMIT

from intake.messages.fields import Text
from intake.messages.shapes import Page

MOST = 1_000
MONTH = validate.Regexp(r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$", error="Give a month, as in 2026-11.")


class Months(Page):
    """Both included."""

    first = fields.String(load_default=None, allow_none=True, validate=MONTH)
    last = fields.String(load_default=None, allow_none=True, validate=MONTH)

    @validates_schema
    def check_order(self, data: dict[str, Any], **_: Any) -> None:
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            raise ValidationError("The last month comes before the first.", "last")


class ListChargeTotals(Months):
    pass


class ListCharges(Months):
    """More at once than for screens: all of a period goes into one file."""

    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MOST))
    cost_centre = Text(200)
    unassigned = fields.Boolean(load_default=False)
