"""Objects of the house, by the code on their sticker."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Page, Text, View, page_of
from gateway.api.schemas.proposals import DuplicateView

AT_ONCE = 5000
CODE = {"description": "Letters, digits and single hyphens, 24 at most.", "example": "LIFT-1"}


class AssetFilter(Page):
    q = Text(200, metadata={"description": "Every word occurs in code, name, kind or place."})
    location_id = Id(metadata={"description": "There, and in all that lies in it."})
    kind = Text(50)
    withdrawn = fields.Boolean(allow_none=True)


class AssetName(Body):
    nl = Text(120, required=True)
    en = Text(120, required=True)


class NewAsset(Body):
    code = Text(24, required=True, metadata=CODE)
    name = fields.Nested(AssetName, required=True)
    kind = Text(50, required=True, metadata={"example": "lift"})
    location_key = Text(200, required=True)
    warranty_until = fields.Date(
        format="iso", allow_none=True, metadata={"description": "The last day, included."}
    )
    supplier = Text(100, metadata={"description": "The slug of a provider."})
    product = Text(100, metadata={"description": "The slug of the product by which it is usually reported."})
    withdrawn = fields.Boolean(allow_none=True)


class NewAssets(Body):
    items = fields.List(fields.Nested(NewAsset), required=True, validate=validate.Length(1, AT_ONCE))


class AssetPlace(View):
    location_id = fields.UUID(required=True)
    key = fields.String(required=True)
    name = fields.String(required=True)
    path = fields.String(required=True)


class AssetView(View):
    asset_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.Dict(required=True)
    kind = fields.String(required=True)
    location = fields.Nested(AssetPlace, required=True)
    warranty_until = fields.Date(required=True, allow_none=True)
    supplier = fields.String(required=True, allow_none=True)
    product = fields.String(required=True, allow_none=True)
    withdrawn = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True)


class AssetKinds(View):
    items = fields.List(fields.String(), required=True)


class SavedAsset(View):
    code = fields.String(required=True)
    asset_id = fields.UUID(required=True)


class SavedAssets(View):
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    items = fields.List(fields.Nested(SavedAsset), required=True)


class StickerPlace(View):
    location_id = fields.UUID(required=True)
    name = fields.String(required=True)
    path = fields.String(required=True)


class StickerAsset(View):
    asset_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.Dict(required=True)
    kind = fields.String(required=True)
    product = fields.String(required=True, allow_none=True, metadata={"description": "Usually reported as."})
    location = fields.Nested(StickerPlace, required=True)


class Sticker(View):
    """`known`: open faults of it, the oldest first; `follows` of a new request takes their `followId`."""

    asset = fields.Nested(StickerAsset, required=True)
    known = fields.List(fields.Nested(DuplicateView), required=True)


class AssetFigures(View):
    faults = fields.Integer(required=True, metadata={"description": "The same one twice is one."})
    requests = fields.Integer(required=True)
    cost_cents = fields.Integer(required=True, metadata={"description": "Of the work that was done."})


class AssetYear(AssetFigures):
    year = fields.Integer(required=True)


class AssetHistory(View):
    """The newest year first; a year without any request is left out."""

    years = fields.List(fields.Nested(AssetYear), required=True)
    total = fields.Nested(AssetFigures, required=True)


class WhichPicture(Body):
    format = Choice("svg", "png")


AssetPage = page_of(AssetView, "AssetPage")
