"""What comes in over RPC from another system."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate
from servicekit.schemas import Command

from intake.domain.request_states import Resolution
from intake.domain.values import CHANNELS, KINDS, PRIORITIES
from intake.messages.fields import Choice, Flag, Moment, Text
from intake.messages.shapes import MAX_RECORDS, MAX_TEXT, read


class ImportRequests(Command):
    """Records are checked one by one in the handler, so that a bad one refuses itself and not the others."""

    mapping = Text(100, required=True)
    records = fields.List(
        fields.Dict(keys=fields.String()), required=True, validate=validate.Length(max=MAX_RECORDS)
    )


class RecordedState(Command):
    at = Moment(required=True)
    state = Text(50, required=True)
    by = Text()
    group = Text()
    assignee = Text()
    handed_over = fields.Boolean(load_default=False)


class ImportedRequest(Command):
    """`reassignment_count` and `reopen_count`: what the other system says; kept beside what is
    counted here.
    """

    key = Text(100, required=True)
    line = fields.Integer(load_default=None, allow_none=True)
    received_at = Moment(required=True)
    channel = Choice(*CHANNELS, load_default="api")
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES, load_default="P3")
    summary = Text(500)
    text = Text(MAX_TEXT, required=True)
    location_name = Text()
    requester_name = Text()
    category = Text()
    states = fields.List(fields.Nested(RecordedState), load_default=list)
    closed_at = Moment()
    resolution = Choice(*Resolution)
    made_sla = Flag()
    reassignment_count = fields.Integer(load_default=None, allow_none=True)
    reopen_count = fields.Integer(load_default=None, allow_none=True)


def read_record(record: Any) -> dict[str, Any]:
    """A record of an import."""
    return read(ImportedRequest, record)
