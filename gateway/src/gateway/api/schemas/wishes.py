"""Wishes and their themes."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Id, Localised, Text, View
from gateway.api.schemas.request_views import RequestSummary
from gateway.api.schemas.requests import TEXT

THEME_STATES = ("open", "later", "yes", "no")
DECISIONS = ("yes", "no", "later")


class FileWish(Body):
    """A theme that is there, or the name of a new one in both languages."""

    theme_id = Id()
    name = Localised(200)


class DecideTheme(Body):
    decision = Choice(*DECISIONS, required=True)
    reason = Localised(2000, required=True)


class ThemeFilter(Body):
    state = Choice(*THEME_STATES)
    text = Text(TEXT, metadata={"description": "Words of a wish: `likely` says which themes they fit."})


class WishedTheme(View):
    """What everybody may know of it: no words of others, no names."""

    theme_id = fields.UUID(required=True)
    name = fields.Dict(required=True)
    state = fields.String(required=True)
    reason = fields.Dict(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    count = fields.Integer(required=True)
    decide_by = fields.AwareDateTime(required=True, allow_none=True)
    own_request_id = fields.UUID(required=True, allow_none=True)


class WishedThemes(View):
    items = fields.List(fields.Nested(WishedTheme), required=True)


class ThemeView(View):
    theme_id = fields.UUID(required=True)
    name = fields.Dict(required=True)
    state = fields.String(required=True)
    version = fields.Integer(required=True)
    reason = fields.Dict(required=True, allow_none=True)
    made_at = fields.AwareDateTime(required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_by = fields.Dict(required=True, allow_none=True)


class CountedTheme(ThemeView):
    count = fields.Integer(required=True)
    open = fields.Integer(required=True, metadata={"description": "How many wait for an answer."})
    decide_by = fields.AwareDateTime(
        required=True, allow_none=True,
        metadata={"description": "When the first of those that wait was promised a decision."},
    )  # fmt: skip


class ThemeList(View):
    items = fields.List(fields.Nested(CountedTheme), required=True)
    likely = fields.List(fields.UUID(), required=True)


class WholeTheme(ThemeView):
    requests = fields.List(fields.Nested(RequestSummary), required=True)


class DecidedTheme(ThemeView):
    reached = fields.Integer(required=True, metadata={"description": "How many wishers were answered."})
