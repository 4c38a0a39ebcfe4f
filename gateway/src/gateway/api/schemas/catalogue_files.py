"""The catalogue as files, and what bringing one in would change."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Text, View
from gateway.catalogue_files import FORMATS

WAYS = ("published", "drafts")
CHANGES = ("new", "changed", "withdrawn", "same", "wrong", "left_out")


class WhichFormat(Body):
    format = Choice(
        *FORMATS,
        metadata={"description": "json is the whole truth; xlsx a workbook; csv an archive of tables."},
    )


class AsWhat(Body):
    way = Choice(*WAYS, metadata={"description": "As what it would be brought in: published, or as drafts."})


class CarryOut(Body):
    way = Choice(*WAYS, required=True)
    looked_at = Text(
        64, required=True, metadata={"description": "The `fingerprint` of what you looked at, in this way."}
    )


class FileLine(View):
    what = fields.String(required=True, validate=validate.OneOf(("product", "article")))
    slug = fields.String(required=True)
    place = fields.Integer(required=True, metadata={"description": "In the file, from 0."})
    change = fields.String(required=True, validate=validate.OneOf(CHANGES))
    differences = fields.List(
        fields.Dict(), required=True, metadata={"description": "Per field, at most 50: before and after."}
    )
    problems = fields.Dict(required=True, metadata={"description": "Per field, what to do."})


class CatalogueFileView(View):
    """What carrying it out would change now; once it was, what it did."""

    file_id = fields.UUID(required=True)
    name = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.Dict(required=True)
    way = fields.String(required=True, validate=validate.OneOf(WAYS))
    fingerprint = fields.String(required=True)
    lines = fields.List(fields.Nested(FileLine), required=True)
    problems = fields.List(
        fields.Dict(), required=True,
        metadata={"description": "Of tables: sheet, row, column, what to do. It is left out."},
    )  # fmt: skip
    counts = fields.Dict(required=True, metadata={"description": "Lines by `change`."})
    done_at = fields.AwareDateTime(required=True, allow_none=True)
