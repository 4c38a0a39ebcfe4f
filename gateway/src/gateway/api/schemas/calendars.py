"""The secret address of one's calendar."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import View


class CalendarAddressView(View):
    """Whether there is one."""

    made_at = fields.AwareDateTime(required=True, allow_none=True)


class MadeCalendarAddressView(View):
    path = fields.String(
        required=True,
        metadata={"description": "Behind the address of this desk. Shown once: it is kept nowhere."},
    )
    made_at = fields.AwareDateTime(required=True)
