"""What comes in over RPC about complaints, wishes, questions and faults, and how requests hang together."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate
from servicekit.schemas import Command

from intake.domain import links
from intake.domain.complaints import CAUSES, WAYS
from intake.domain.incidents import IncidentState
from intake.domain.priorities import IMPACTS, URGENCIES
from intake.domain.values import PRIORITIES
from intake.domain.wishes import Decision, ThemeState
from intake.messages.fields import Choice, Id, Moment, Text
from intake.messages.shapes import MAX_TEXT, About, Change


class SetPriority(Change):
    priority = Choice(*PRIORITIES)
    impact = Choice(*IMPACTS)
    urgency = Choice(*URGENCIES)
    reason = Text(2_000)


class SetMatrix(Command):
    """Whether it is whole, and makes sense, is for the domain to say."""

    version = fields.Integer(required=True, strict=True)
    cells = fields.Dict(
        keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.String()), required=True
    )


class SetDangerRoute(Command):
    version = fields.Integer(required=True, strict=True)
    product_id = Id()


class LinkRequests(Change):
    other_id = Id(required=True)
    kind = Choice(*links.Kind, required=True)
    rule = Choice(*links.Rule)


class UnlinkRequests(Change):
    other_id = Id(required=True)
    kind = Choice(*links.Kind, required=True)


class PostUpdate(Change):
    text = Text(MAX_TEXT, required=True)
    reach = Choice("requester", "all", load_default="all")


class Acknowledge(Change):
    text = Text(MAX_TEXT, required=True)


class FindCause(Change):
    cause = Choice(*CAUSES, required=True)
    note = Text(2_000)


class Remedy(Change):
    text = Text(MAX_TEXT, required=True)
    other_id = Id()


class Settle(Change):
    said_by = Text(200, required=True)
    said_at = Moment(required=True)


class Attempt(Change):
    way = Choice(*WAYS, required=True)
    tried_at = Moment(required=True)
    note = Text(2_000)


class CloseUnheard(Change):
    reason = Text(2_000, required=True)


class Chain(Change):
    about = fields.Nested(About, required=True)


class Gathered(fields.List):
    def __init__(self) -> None:
        super().__init__(Id(required=True), required=True, validate=validate.Length(1, 200))


class OpenIncident(Command):
    title = Text(200, required=True)
    request_ids = Gathered()


class OneIncident(Command):
    incident_id = Id(required=True)


class ChangeIncident(OneIncident):
    version = fields.Integer(required=True, strict=True)


class GatherRequests(ChangeIncident):
    request_ids = Gathered()


class TellIncident(ChangeIncident):
    text = Text(MAX_TEXT, required=True)


class SplitFromIncident(ChangeIncident):
    request_id = Id(required=True)


class ListIncidents(Command):
    state = Choice(*IncidentState)


class InBoth(fields.Dict):
    """A text in Dutch and English."""

    def __init__(self, most: int, **options: Any) -> None:
        keys = fields.String(validate=validate.OneOf(["nl", "en"]))
        super().__init__(keys=keys, values=Text(most, required=True), **options)


class FileWish(Change):
    theme_id = Id()
    name = InBoth(200, load_default=None, allow_none=True)


class OneTheme(Command):
    theme_id = Id(required=True)


class DecideTheme(OneTheme):
    version = fields.Integer(required=True, strict=True)
    decision = Choice(*Decision, required=True)
    reason = InBoth(2_000, required=True, validate=validate.Length(min=1))


class ListThemes(Command):
    state = Choice(*ThemeState)
    text = Text(MAX_TEXT)
