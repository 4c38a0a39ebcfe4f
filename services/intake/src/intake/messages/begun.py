"""What comes in over RPC about reports that were begun on the site."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields
from servicekit.schemas import Command

from intake.messages.fields import CONTROL, Text
from intake.messages.shapes import MAX_TEXT, Files

MOST_FIELDS, MOST_TOGETHER = 150, 60_000


class Filled(fields.Dict):
    """By field of the form, as it was typed."""

    def __init__(self) -> None:
        super().__init__(keys=Text(120, required=True), values=Text(MAX_TEXT), required=True)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        given = super()._deserialize(value, attr, data, **kwargs)
        filled = {name: text for name, text in given.items() if text}
        if len(filled) > MOST_FIELDS or sum(map(len, filled.values())) > MOST_TOGETHER:
            raise ValidationError("This is too much. Make it shorter.")
        if any(CONTROL.search(name) for name in filled):
            raise ValidationError("Leave out characters that can't be printed.")
        return filled


class BeginReport(Command):
    """`origin`: whence somebody comes who is not signed in, as the gateway tells them apart."""

    filled = Filled()
    attachments = Files()
    origin = Text(100)


class FindReport(Command):
    code = Text(40, required=True)
