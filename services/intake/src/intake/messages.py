"""What comes in over RPC, checked for shape: unknown fields are refused. What it means is for the domain to
say.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema
from servicekit.paging import DEFAULT_LIMIT, MAX_LIMIT
from servicekit.schemas import Command

from intake.domain.approval import Rule
from intake.domain.attachments import MOST_AT_ONCE
from intake.domain.priorities import IMPACTS, URGENCIES
from intake.domain.request_states import Resolution, State
from intake.domain.values import CHANNELS, KINDS, PRIORITIES, Wanted
from intake.involving_messages import Involving
from intake.message_fields import Answers, Choice, Flag, Id, Moment, Text
from intake.storage.request_lists import MANY_HAND_OFFS, SORTS

MAX_TEXT = 20_000
MAX_RECORDS = 1_000
MAX_ITEMS = 5_000
MAX_LOCATIONS = 1_000
MAX_CENTS = 10**12


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


class Answered(Command):
    """In one's own words, or with an article alone: then in the words of that."""

    text = Text(MAX_TEXT)
    article_id = Id()

    @validates_schema
    def says_something(self, data: dict[str, Any], **_: Any) -> None:
        if not data.get("text") and not data.get("article_id"):
            raise ValidationError("Fill this in, or choose an article.", "text")


class DeskAnswer(Answered):
    """Given while the customer is there."""


class Files(fields.List):
    """Receipts of files that the gateway keeps."""

    def __init__(self) -> None:
        super().__init__(
            Text(2_000, required=True), load_default=list, validate=validate.Length(max=MOST_AT_ONCE)
        )


class Proposed(Command):
    """What was proposed to whoever chose, the likeliest first: counted beside the choice, and no more."""

    kinds = fields.List(Choice(*KINDS, required=True), load_default=list, validate=validate.Length(max=5))
    product_ids = fields.List(fields.String(), load_default=list, validate=validate.Length(max=10))
    location_ids = fields.List(fields.String(), load_default=list, validate=validate.Length(max=10))


class GetProposals(Command):
    text = Text(MAX_TEXT, required=True)
    requester_id = Id()
    location_id = Id()
    object = Text(200)
    asset_id = Id()


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


class ReceiveRequest(Graded, Involving):
    text = Text(MAX_TEXT, required=True)
    channel = Choice(*CHANNELS, required=True)
    kind = Choice(*KINDS)
    location_id = Id()
    product_id = Id()
    answers = Answers()
    requester_id = Id()
    quantity = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 10_000))
    wanted = fields.Nested(Window, load_default=None, allow_none=True)
    priority = Choice(*PRIORITIES)
    notify = Flag()
    answer = fields.Nested(DeskAnswer, load_default=None, allow_none=True)
    attachments = Files()
    follows = Id()
    begun_id = Id()
    confidential = fields.Boolean(load_default=False)
    about = fields.Nested(About, load_default=None, allow_none=True)
    proposed = fields.Nested(Proposed, load_default=None, allow_none=True)

    @post_load
    def no_answers_is_empty(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "answers": data["answers"] or {}}


class Nothing(Command):
    """A question without conditions."""


class PreviewPromise(Command):
    product_id = Id()


class OneRequest(Command):
    request_id = Id(required=True)


class Change(OneRequest):
    version = fields.Integer(required=True, strict=True)


class AskApproval(Command):
    """`ask`: whatever it costs. Without `approver_ids`: who holds the requester's budget."""

    estimate_cents = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, MAX_CENTS)
    )
    note = Text(2_000)
    ask = fields.Boolean(load_default=False)
    approver_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=10))


class TriageRequest(Change, Graded, Involving):
    product_id = Id(required=True)
    answers = Answers()
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES)
    proposed = fields.Nested(Proposed, load_default=None, allow_none=True)
    approval = fields.Nested(AskApproval, load_default=None, allow_none=True)
    wanted = fields.Nested(Window, load_default=None, allow_none=True)
    quantity = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 10_000)
    )

    @post_load
    def no_answers_is_empty(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "answers": data["answers"] or {}}


class GetOrderTerms(Command):
    """`wanted`: how it stands for that moment."""

    product_id = Id(required=True)
    wanted = fields.Nested(Window, load_default=None, allow_none=True)
    quantity = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 10_000))


class AnswerRequest(Change, Answered):
    """Given from triage."""


class JoinRequest(Change):
    main_id = Id(required=True)


class WithReason(Change):
    reason = Text(2_000, required=True)


class DecideApproval(Change):
    approved = fields.Boolean(required=True)
    reason = Text(2_000)


class AskRequester(Change):
    question = Text(MAX_TEXT, required=True)


class Words(OneRequest):
    text = Text(MAX_TEXT, required=True)
    attachments = Files()


class Reply(Words):
    channel = Choice(*CHANNELS)


class OneAttachment(OneRequest):
    attachment_id = Id(required=True)


class KnownFiles(Command):
    digests = fields.List(
        fields.String(validate=validate.Regexp(r"[0-9a-f]{64}\Z")),
        required=True,
        validate=validate.Length(1, 1_000),
    )


class Page(Command):
    cursor = Text(1_000)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))


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


class ListPeople(Page):
    q = Text(200)


class ListLocations(Command):
    q = Text(200)
    cursor = Text(1_000)
    limit = fields.Integer(load_default=MAX_LOCATIONS, validate=validate.Range(1, MAX_LOCATIONS))


class LocationItem(Command):
    key = Text(200, required=True)
    name = Text(200, required=True)
    parent_key = Text(200)
    kind = Text(50)


class PersonItem(Command):
    key = Text(200, required=True)
    name = Text(200, required=True)
    email = Text(254)
    phone = Text(50)
    phones = fields.List(Text(50, required=True), load_default=list)
    language = Choice("nl", "en", load_default="nl")
    department = Text(200)
    customer = Text(200)
    location_key = Text(200)
    personnel_number = Text(50)


class SaveLocations(Command):
    items = fields.List(fields.Nested(LocationItem), required=True, validate=validate.Length(1, MAX_ITEMS))


class SavePeople(Command):
    items = fields.List(fields.Nested(PersonItem), required=True, validate=validate.Length(1, MAX_ITEMS))


class Holder(Command):
    person_key = Text(200, required=True)
    stand_in_key = Text(200)


class BudgetItem(Command):
    key = Text(200, required=True)
    name = Text(200, required=True)
    threshold_cents = fields.Integer(required=True, strict=True, validate=validate.Range(0, MAX_CENTS))
    rule = Choice(*Rule, load_default="any")
    holders = fields.List(fields.Nested(Holder), required=True, validate=validate.Length(1, 10))
    departments = fields.List(Text(200, required=True), load_default=list, validate=validate.Length(max=500))


class SaveBudgets(Command):
    items = fields.List(fields.Nested(BudgetItem), required=True, validate=validate.Length(1, MAX_ITEMS))


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


@cache
def _schema(kind: type[Command]) -> Command:
    """Made once: making a schema copies all its fields, which takes longer than reading with it."""
    return kind()


def read(kind: type[Command], command: dict[str, Any]) -> dict[str, Any]:
    """Raises Invalid with what is wrong per field."""
    given: dict[str, Any] = _schema(kind).load(command)
    return given


def read_record(record: Any) -> dict[str, Any]:
    """A record of an import."""
    return read(ImportedRequest, record)
