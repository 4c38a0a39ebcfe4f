"""Which requests a list is about."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command

from intake.domain.request_states import Resolution, State
from intake.domain.values import CHANNELS, KINDS, PRIORITIES
from intake.messages.fields import Choice, Flag, Id, Moment, Text
from intake.messages.shapes import Page
from intake.storage.request_lists import MANY_HAND_OFFS, SORTS


class Wishes(Command):
    """Which requests a list is about."""

    state = Choice(*State)
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES)
    channel = Choice(*CHANNELS)
    q = Text(200)
    requester_id = Id()
    customer_id = Id()
    location_id = Id()
    product_id = Id()
    asset_id = Id()
    promised_before = Moment()
    received_from = Moment()
    received_before = Moment()
    closed_from = Moment()
    closed_before = Moment()
    resolution = Choice(*Resolution)
    standard = Flag()
    planned = Flag()
    reopened = Flag()
    imported = Flag()
    in_time = Flag()
    hand_offs = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, MANY_HAND_OFFS))
    attention = Flag()
    waiting = Flag()
    danger = Flag()
    complained_provider_id = Id()
    first_contact = Flag()
    corrected = Flag()
    cancelled_late = Flag()
    open = Flag()


class CountRequests(Command):
    """`lists`: by a name of the caller's choice. `most`: no list is counted further than this."""

    lists = fields.Dict(
        keys=fields.String(validate=validate.Regexp(r"[a-z_]{1,40}\Z")),
        values=fields.Nested(Wishes),
        required=True,
        validate=validate.Length(1, 20),
    )
    most = fields.Integer(load_default=1_000, validate=validate.Range(1, 10_000))


class ListRequests(Page, Wishes):
    sort = Choice(*SORTS, load_default="-received_at")
