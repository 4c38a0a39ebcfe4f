"""What comes in over RPC about the counter."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate
from servicekit.schemas import Command

from intake.domain.ledger import MOST_NUMBER, number_of
from intake.domain.ledger_lives import LENT_KINDS, Action, Kind
from intake.messages.fields import Choice, Flag, Id, Moment, Text
from intake.messages.plans import Day
from intake.messages.shapes import Page
from intake.storage.ledger import LISTS

MOST_REMARK = 1_000
# What the house does by itself is nobody's to do; a fault is made of a loss in a way of its own.
ACTIONS = [each for each in Action if each not in (Action.REMIND, Action.REPORT)]


class Tag(Text):
    """The number on a tag, as it is kept."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        number = number_of(super()._deserialize(value, attr, data, **kwargs) or "")
        if number is None:
            raise ValidationError(
                f"Use letters, digits, hyphens and points, at most {MOST_NUMBER}, such as K-101."
            )
        return number


class ListItems(Page):
    q = Text(200)
    kind = Choice(*LENT_KINDS)
    withdrawn = Flag()


class OneItem(Command):
    item_id = Id(required=True)


class FindItem(Command):
    number = Text(100, required=True)


class ItemFields(Command):
    name = Text(200, required=True)
    place = Text(200)


class AddItem(ItemFields):
    kind = Choice(*LENT_KINDS, required=True)
    number = Tag(100, required=True)


class ChangeItem(OneItem, ItemFields):
    version = fields.Integer(required=True, strict=True)
    withdrawn = fields.Boolean(load_default=False)


class ListEntries(Page):
    which = Choice(*LISTS)
    kind = Choice(*Kind)
    item_id = Id()
    person_id = Id()
    q = Text(200)


class ListOwnEntries(Page):
    over = fields.Boolean(load_default=False)


class OneEntry(Command):
    entry_id = Id(required=True)


class OneSignature(OneEntry):
    sequence = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))


class FindPeople(Command):
    q = Text(200, required=True)
    limit = fields.Integer(load_default=8, strict=True, validate=validate.Range(1, 20))


class Whom(Command):
    """A person of relations, or somebody from outside by name; one of the two."""

    person_id = Id()
    name = Text(200)


class Signed(Command):
    """`signature`: the receipt of a drawn one; `signed_by` alone: typed."""

    signature = Text(2_000)
    signed_by = Text(200)


class HandOut(Whom, Signed, OneItem):
    version = fields.Integer(required=True, strict=True)
    due_on = Day(load_default=None, allow_none=True)
    company = Text(200)
    remark = Text(MOST_REMARK)


class ReceiveParcel(Whom):
    what = Text(200, required=True)
    place = Text(200)
    remark = Text(MOST_REMARK)


class KeepFound(Command):
    what = Text(200, required=True)
    place = Text(200)
    remark = Text(MOST_REMARK)


class VisitorFields(Command):
    """`what`: what for."""

    name = Text(200, required=True)
    company = Text(200)
    what = Text(200)
    plate = Text(20)


class WelcomeVisitor(VisitorFields):
    host_id = Id(required=True)
    remark = Text(MOST_REMARK)


class AnnounceOwnVisitor(VisitorFields):
    expected_at = Moment(required=True)


class AnnounceVisitor(AnnounceOwnVisitor):
    host_id = Id(required=True)
    remark = Text(MOST_REMARK)


class ActOnEntry(Whom, Signed, OneEntry):
    version = fields.Integer(required=True, strict=True)
    action = Choice(*ACTIONS, required=True)
    due_on = Day(load_default=None, allow_none=True)
    remark = Text(MOST_REMARK)


class ChangeEntry(OneEntry):
    version = fields.Integer(required=True, strict=True)
