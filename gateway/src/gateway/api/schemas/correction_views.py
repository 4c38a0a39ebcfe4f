"""A correction as it is shown, by itself and in the dossier of its request."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import View


class NamedOrder(View):
    work_order_id = fields.UUID(required=True)
    number = fields.String(required=True)


class StoppedOrder(NamedOrder):
    state = fields.String(required=True)
    asked = fields.Boolean(
        metadata={"description": "Its supplier was asked to stop; `state` says whether it has answered."}
    )


class CorrectionView(View):
    correction_id = fields.UUID(required=True)
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    what = fields.String(required=True)
    effect = fields.String(required=True)
    cause = fields.String(required=True)
    note = fields.String(allow_none=True)
    by = fields.Dict(required=True)
    at = fields.AwareDateTime(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)
    state = fields.String(required=True)
    work_order_id = fields.UUID(allow_none=True)
    provider = fields.Dict(allow_none=True)
    product_id = fields.UUID(allow_none=True)
    outcome = fields.String(
        allow_none=True, metadata={"description": "carried_out, refused or overtaken; null: not known yet."}
    )
    reason = fields.String(allow_none=True)
    detail = fields.String(allow_none=True)
    batch_id = fields.UUID(allow_none=True, metadata={"description": "Of the many that it was made with."})
    undoes = fields.UUID(allow_none=True, metadata={"description": "The correction that this takes back."})
    undone_by = fields.UUID(allow_none=True)
    why_not = fields.String(
        allow_none=True, metadata={"description": "In a dossier: why it can't be undone; null: it can."}
    )
    stopped = fields.List(fields.Nested(StoppedOrder), required=True)
    issued = fields.List(fields.Nested(NamedOrder), required=True)
