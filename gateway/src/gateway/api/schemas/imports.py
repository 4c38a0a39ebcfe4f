"""Files of others, row by row."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from gateway.api.schemas.base import Body, View

ROWS_AT_ONCE = 5000
CELL_AT_MOST = 20_000


class Cells(fields.Field[Any]):
    """One row: text by column. Checked by hand, for there are many."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, dict) or len(value) > 500:
            raise ValidationError("Give an object of texts by the name of their column.")
        for cell in value.values():
            if cell is not None and (not isinstance(cell, str) or len(cell) > CELL_AT_MOST):
                raise ValidationError(f"Every cell is a text of at most {CELL_AT_MOST} characters.")
        return value


class MappingChoice(fields.Field[Any]):
    """The name of a mapping that ships with us, or a mapping itself."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str | dict):
            raise ValidationError("Give the name of a mapping, or a mapping itself.")
        return value


class ImportRow(Body):
    line = fields.Integer(required=True, strict=True, validate=validate.Range(0, 2**31))
    values = Cells(required=True)


class NewImport(Body):
    """All rows of one key have to be in the same import."""

    mapping = MappingChoice(required=True)
    rows = fields.List(fields.Nested(ImportRow), required=True, validate=validate.Length(1, ROWS_AT_ONCE))


class Refusal(View):
    line = fields.Integer(allow_none=True)
    key = fields.String(allow_none=True)
    reason = fields.String(required=True)


class ImportOutcome(View):
    new = fields.Integer(required=True)
    existing = fields.Integer(required=True)
    refused = fields.List(fields.Nested(Refusal), required=True)


class MappingView(View):
    name = fields.String(required=True)
    title = fields.Dict()
    target = fields.String(required=True)
    columns = fields.List(fields.String(), required=True)
    key = fields.String(required=True, allow_none=True)


class MappingList(View):
    items = fields.List(fields.Nested(MappingView), required=True)
