"""Files that are brought, and how they stand on the time line."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Text, View
from gateway.files.taking import MOST_AT_ONCE


class ReceiptList(fields.List):
    """Receipts of `POST /v1/files`."""

    def __init__(self) -> None:
        super().__init__(
            Text(2000, required=True),
            allow_none=True,
            validate=validate.Length(max=MOST_AT_ONCE),
            metadata={"description": "Receipts of `POST /v1/files`, one per file."},
        )


class BroughtFile(View):
    """`scanned`: a virus scanner found nothing; false where there is none."""

    receipt = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    scanned = fields.Boolean(required=True)


class BroughtFiles(View):
    items = fields.List(fields.Nested(BroughtFile), required=True)
