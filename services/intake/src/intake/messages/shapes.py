"""What several messages have in common, and how each is read."""

from __future__ import annotations

from functools import cache
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema
from servicekit.paging import DEFAULT_LIMIT, MAX_LIMIT
from servicekit.schemas import Command

from intake.domain.attachments import MOST_AT_ONCE
from intake.domain.priorities import IMPACTS, URGENCIES
from intake.domain.values import Wanted
from intake.messages.fields import Choice, Id, Moment, Text

MAX_TEXT = 20_000
MAX_RECORDS = 1_000
MAX_ITEMS = 5_000
MAX_CENTS = 10**12


class Nothing(Command):
    """A question without conditions."""


class OneRequest(Command):
    request_id = Id(required=True)


class Change(OneRequest):
    version = fields.Integer(required=True, strict=True)


class WithReason(Change):
    reason = Text(2_000, required=True)


class Page(Command):
    cursor = Text(1_000)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))


class Files(fields.List):
    """Receipts of files that the gateway keeps."""

    def __init__(self) -> None:
        super().__init__(
            Text(2_000, required=True), load_default=list, validate=validate.Length(max=MOST_AT_ONCE)
        )


class Window(Command):
    """`from` is a word of Python's own, so it goes by another name."""

    start = Moment(required=True, data_key="from")
    end = Moment(data_key="until")

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("start") and data.get("end") and data["end"] < data["start"]:
            raise ValidationError("The window ends before it begins.", "until")

    @post_load
    def to_value(self, data: dict[str, Any], **_: Any) -> Wanted:
        return Wanted(**data)


class Graded(Command):
    """How many it touches, how badly, and what it is about at that place: words or one of the register."""

    asset_id = Id()

    impact = Choice(*IMPACTS)
    urgency = Choice(*URGENCIES)
    object = Text(200)


class About(Command):
    """What a complaint is about: a request, one of its orders, one of its promises."""

    request_id = Id(required=True)
    work_order_id = Id()
    promise = Choice("respond", "resolve")


class Answered(Command):
    """In one's own words, or with an article alone: then in the words of that."""

    text = Text(MAX_TEXT)
    article_id = Id()

    @validates_schema
    def says_something(self, data: dict[str, Any], **_: Any) -> None:
        if not data.get("text") and not data.get("article_id"):
            raise ValidationError("Fill this in, or choose an article.", "text")


@cache
def _schema(kind: type[Command]) -> Command:
    """Made once: making a schema copies all its fields, which takes longer than reading with it."""
    return kind()


def read(kind: type[Command], command: dict[str, Any]) -> dict[str, Any]:
    """Raises Invalid with what is wrong per field."""
    given: dict[str, Any] = _schema(kind).load(command)
    return given
