"""Contracts, calendars, and the clocks that they start."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Choice, Moment, Page, View, page_of


class ClockFilter(Page):
    state = Choice("running", "paused", "stopped", "met", "breached")
    breached = fields.Boolean(allow_none=True)
    due_before = Moment()
    clock = Choice("respond", "restore", "resolve")
    priority = Choice("P1", "P2", "P3", "P4")
    standing = Choice("late", "near", "fine", "paused", metadata={"description": "Of those that are open."})
    judged_from = Moment(metadata={"description": "Stopped in time, or passed by its deadline, since then."})
    judged_before = Moment()
    stopped_from = Moment()
    stopped_before = Moment()


class Explanation(View):
    from_ = fields.AwareDateTime(data_key="from", attribute="from")
    until = fields.AwareDateTime(allow_none=True)
    minutes = fields.Float()
    what = fields.String()
    reason = fields.String(allow_none=True)


class ClockView(View):
    clock = fields.String(required=True, metadata={"description": "respond, restore or resolve"})
    state = fields.String(required=True)
    started_at = fields.AwareDateTime(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)
    stopped_at = fields.AwareDateTime(allow_none=True)
    warned_at = fields.AwareDateTime(allow_none=True)
    breached_at = fields.AwareDateTime(allow_none=True)
    elapsed_minutes = fields.Float(allow_none=True)
    remaining_minutes = fields.Float(allow_none=True)
    paused_minutes = fields.Float(allow_none=True)
    term_minutes = fields.Float(allow_none=True)
    counterparty = fields.String(allow_none=True, metadata={"description": "Who holds it now."})
    attribution = fields.Raw(allow_none=True, metadata={"description": "Whose minutes they were."})
    contract = fields.Dict(allow_none=True)
    level = fields.Dict(allow_none=True)
    explanation = fields.List(fields.Nested(Explanation))
    sentence = fields.Raw(metadata={"description": "The deadline in words, per language."})


class ListedClock(ClockView):
    request_id = fields.UUID()
    reference = fields.String()


ClockPage = page_of(ListedClock, "ClockPage")
