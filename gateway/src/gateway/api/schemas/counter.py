"""The counter: keys, badges and loans, parcels, what was found, visitors."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Id, Moment, Number, Page, Text, View, page_of

LENT = ("key", "badge", "loan")
KINDS = (*LENT, "parcel", "found", "visitor")
LISTS = ("out", "lost", "waiting", "expected", "inside", "overdue", "open", "over")
ACTIONS = (
    "extend", "take_back", "lose", "tell", "collect", "send_back", "claim", "release", "pass_on", "arrive",
    "leave", "miss", "cancel",
)  # fmt: skip
TAG = {"description": "What is on its tag: letters, digits, single hyphens or points.", "example": "K-101"}
ONE_OF_TWO = {"description": "Of somebody from outside; else `personId`."}
DRAWN = {"description": "The receipt of a drawn signature, a picture of 300 KB at most, with `signedBy`."}
DAY = {"description": "The last day, included."}


class ItemFilter(Page):
    q = Text(200, metadata={"description": "Every word occurs in number, name or place."})
    kind = Choice(*LENT)
    withdrawn = fields.Boolean(allow_none=True)


class ItemFields(Body):
    name = Text(200, required=True)
    place = Text(200, metadata={"description": "Where it hangs or stands.", "example": "Sleutelkast 2"})


class NewItem(ItemFields):
    kind = Choice(*LENT, required=True)
    number = Text(100, required=True, metadata=TAG)


class ChangedItem(ItemFields):
    """Whole: what is left out is gone."""

    withdrawn = fields.Boolean(allow_none=True)


class ItemOut(View):
    entry_id = fields.UUID(required=True)
    state = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    whom = fields.String(required=True, allow_none=True)


class ItemView(View):
    item_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(required=True)
    number = fields.String(required=True)
    name = fields.String(required=True)
    place = fields.String(required=True, allow_none=True)
    withdrawn = fields.Boolean(required=True)
    out = fields.Nested(ItemOut, required=True, allow_none=True)
    changed_at = fields.AwareDateTime(required=True)
    changed_by = fields.Dict(required=True)


class Tag(View):
    number = fields.String(required=True)
    kind = fields.String(required=True)


class Whom(Body):
    person_id = Id()
    name = Text(200, metadata=ONE_OF_TWO)


class HandOut(Whom):
    """Without `dueOn` a key or badge is due back today, a loan in a week. `signedBy` alone is a typed
    signature.
    """

    due_on = fields.Date(format="iso", allow_none=True, metadata=DAY)
    company = Text(200)
    remark = Text(1_000)
    signature = Text(2_000, metadata=DRAWN)
    signed_by = Text(200)


class Parcel(Whom):
    what = Text(200, required=True)
    place = Text(200)
    remark = Text(1_000)


class Found(Body):
    what = Text(200, required=True)
    place = Text(200, metadata={"description": "Where it is kept."})
    remark = Text(1_000, metadata={"description": "Where, when and by whom it was found."})


class VisitorFields(Body):
    name = Text(200, required=True)
    company = Text(200)
    what = Text(200, metadata={"description": "What for."})
    plate = Text(20)


class NewVisitor(VisitorFields):
    """Without `expectedAt` they are there now, and their host is told."""

    host_id = Id(required=True)
    expected_at = Moment()
    remark = Text(1_000)


class OwnVisitor(VisitorFields):
    expected_at = Moment(required=True)


class Act(Whom):
    """What can be done stands in `actions` of the entry. What does not go with the action is refused."""

    action = Choice(*ACTIONS, required=True)
    due_on = fields.Date(format="iso", allow_none=True, metadata=DAY)
    remark = Text(1_000)
    signature = Text(2_000, metadata=DRAWN)
    signed_by = Text(200)


class EntryFilter(Page):
    which = Choice(*LISTS)
    kind = Choice(*KINDS)
    item_id = Id()
    person_id = Id()
    q = Text(200, metadata={"description": "A reference, or words in number, what, place, names, plate."})


class WhichLine(Body):
    line = Number(1, 10_000, required=True, metadata={"description": "`sequence` of the line."})


class OwnFilter(Page):
    over = fields.Boolean(allow_none=True)


class Named(View):
    person_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)


class WhomView(Named):
    company = fields.String(required=True, allow_none=True)


class EntryItem(View):
    item_id = fields.UUID(required=True)
    number = fields.String(required=True)


class OwnEntry(View):
    entry_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    reference = fields.String(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)
    what = fields.String(required=True)
    item = fields.Nested(EntryItem, required=True, allow_none=True)
    whom = fields.Nested(WhomView, required=True, allow_none=True)
    expected_at = fields.AwareDateTime(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    opened_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)


class EntryLine(OwnEntry):
    host = fields.Nested(Named, required=True, allow_none=True)
    plate = fields.String(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    request_id = fields.UUID(
        required=True, allow_none=True, metadata={"description": "The fault that was made of its loss."}
    )
    actions = fields.List(fields.String(), required=True)


class LineView(View):
    sequence = fields.Integer(required=True)
    action = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.Dict(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    remark = fields.String(required=True, allow_none=True)
    signed_by = fields.String(required=True, allow_none=True)
    drawn = fields.Boolean(required=True)


class EntryView(EntryLine):
    lines = fields.List(fields.Nested(LineView), required=True)


class CounterView(View):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    today = fields.Date(required=True)


class CounterPeopleFilter(Body):
    q = Text(200, required=True)


class PersonFound(View):
    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    department = fields.String(required=True, allow_none=True)


class PeopleFound(View):
    items = fields.List(fields.Nested(PersonFound), required=True)


ItemPage = page_of(ItemView, "CounterItemPage")
EntryPage = page_of(EntryLine, "CounterEntryPage")
OwnPage = page_of(OwnEntry, "OwnCounterPage")
