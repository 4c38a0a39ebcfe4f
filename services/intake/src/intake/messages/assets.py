"""What comes in over RPC about objects."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate
from servicekit.schemas import Command

from intake.domain.assets import MOST_CODE, code_of
from intake.messages.fields import Flag, Id, Text
from intake.messages.shapes import MAX_ITEMS, MAX_RECORDS, Page

OLDEST, NEWEST = 1950, 2100
SLUG = validate.Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", error="Use small letters, digits and hyphens.")


class Code(Text):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        code = code_of(super()._deserialize(value, attr, data, **kwargs) or "")
        if code is None:
            raise ValidationError(
                f"Use letters, digits and single hyphens, at most {MOST_CODE}, such as LIFT-1."
            )
        return code


class Slug(Text):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        slug = super()._deserialize(value, attr, data, **kwargs)
        return slug if slug is None else SLUG(slug)


class Day(fields.Date):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        day = super()._deserialize(value, attr, data, **kwargs)
        if not OLDEST <= day.year <= NEWEST:
            raise ValidationError(f"Give a day between {OLDEST} and {NEWEST}.")
        return day


class Name(Command):
    nl = Text(120, required=True)
    en = Text(120, required=True)


class AssetItem(Command):
    code = Code(required=True)
    name = fields.Nested(Name, required=True)
    kind = Text(50, required=True)
    location_key = Text(200, required=True)
    warranty_until = Day(load_default=None, allow_none=True)
    supplier = Slug(100)
    product = Slug(100)
    withdrawn = fields.Boolean(load_default=False)


class SaveAssets(Command):
    items = fields.List(fields.Nested(AssetItem), required=True, validate=validate.Length(1, MAX_ITEMS))


class ListAssets(Page):
    q = Text(200)
    location_id = Id()
    kind = Text(50)
    withdrawn = Flag()


class OneAsset(Command):
    asset_id = Id(required=True)


class OneSticker(Command):
    code = Code(required=True)


class ImportedAsset(AssetItem):
    """`line`: where it stands in the file."""

    line = fields.Integer(load_default=None, allow_none=True)


class ImportAssets(Command):
    """Records are checked one by one in the handler, so that a bad one refuses itself and not the others."""

    records = fields.List(
        fields.Dict(keys=fields.String()), required=True, validate=validate.Length(max=MAX_RECORDS)
    )
