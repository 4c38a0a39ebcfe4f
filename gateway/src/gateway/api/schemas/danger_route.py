"""As what danger is begun of which nobody says what product it is."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Id, View


class NewDangerRoute(Body):
    product_id = Id()


class DangerProduct(View):
    product_id = fields.UUID(required=True)
    slug = fields.String(required=True)
    name = fields.Dict(required=True)


class DangerRouteView(View):
    """`fault`: why nobody is sent though a product was chosen."""

    version = fields.Integer(required=True, metadata={"description": "0 while nobody has chosen."})
    product_id = fields.UUID(required=True, allow_none=True)
    product = fields.Nested(DangerProduct, required=True, allow_none=True)
    fault = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True, allow_none=True)
    by = fields.Dict(required=True, allow_none=True)
