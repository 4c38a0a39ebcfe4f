"""How pressing a fault is, and the matrix that says so."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Text, View

IMPACTS = ("person", "group", "site")
URGENCIES = ("low", "normal", "high")
PRIORITIES = ("P1", "P2", "P3", "P4")


class Impact(Choice):
    def __init__(self) -> None:
        about = "Whom it touches: one person, a room or team, or a floor, a building or more."
        super().__init__(*IMPACTS, metadata={"description": about})


class Urgency(Choice):
    def __init__(self) -> None:
        about = "Can wait (low), hinders (normal), or work stands still (high)."
        super().__init__(*URGENCIES, metadata={"description": about})


class NewPriority(Body):
    """Without `priority` the matrix decides. Another than the matrix says needs a `reason`."""

    priority = Choice(*PRIORITIES)
    impact = Impact()
    urgency = Urgency()
    reason = Text(2000)


class Row(Body):
    low = Choice(*PRIORITIES, required=True)
    normal = Choice(*PRIORITIES, required=True)
    high = Choice(*PRIORITIES, required=True)


class Cells(Body):
    """By impact and urgency. What touches more, or hurts more, is never less pressing."""

    person = fields.Nested(Row, required=True)
    group = fields.Nested(Row, required=True)
    site = fields.Nested(Row, required=True)


class NewMatrix(Body):
    cells = fields.Nested(Cells, required=True)


class MatrixView(View):
    version = fields.Integer(required=True, metadata={"description": "0 while nobody has set it."})
    cells = fields.Nested(Cells, required=True)
    at = fields.AwareDateTime(required=True, allow_none=True)
    by = fields.Dict(required=True, allow_none=True)
