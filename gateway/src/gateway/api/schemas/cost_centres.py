"""Cost centres as managers keep them: who holds them, whose they are, when they may be charged."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.approvals import MOST_CENTS, RULES
from gateway.api.schemas.base import Body, Choice, Id, Text, Whole


class NewSeat(Body):
    """`standInId`: who may decide in their stead."""

    person_id = Id(required=True)
    stand_in_id = Id()


class ChangedCostCentre(Body):
    """Whole: what is left out is gone. `thresholdCents`: what costs more is asked first. `rule`: any (one yes
    is enough), all, first (whoever answers first decides). Both days are included; without them always.
    """

    name = Text(200, required=True)
    customer_id = Id()
    threshold_cents = Whole(0, MOST_CENTS, required=True)
    rule = Choice(*RULES)
    holders = fields.List(fields.Nested(NewSeat), required=True, validate=validate.Length(1, 10))
    valid_from = fields.Date(format="iso", allow_none=True)
    valid_until = fields.Date(format="iso", allow_none=True)


class NewCostCentre(ChangedCostCentre):
    """`key`: the organisation's own, by which requests name it; it stays."""

    key = Text(200, required=True)
