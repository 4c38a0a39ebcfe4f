"""What comes in over RPC about correcting many at once."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command

from intake.domain.batches import MOST
from intake.messages.corrections import Wish
from intake.messages.fields import Id
from intake.messages.lists import Wishes


class ManyWish(Wish):
    """What was wrong with all of them, and what is right. Which object, for whom it is and whom the executor
    meets are each request's own.
    """

    class Meta:
        exclude = ("work_order_id", "asset_id", "requested_for_id", "on_site")


class PreviewCorrections(ManyWish):
    """Of these, or of all that a filter finds; of their orders those of one provider, or all."""

    request_ids = fields.List(Id(required=True), load_default=list, validate=validate.Length(max=MOST))
    filter = fields.Nested(Wishes, load_default=None, allow_none=True)
    from_provider_id = Id()


class Seen(Command):
    request_id = Id(required=True)
    version = fields.Integer(required=True, strict=True)
    work_order_id = Id()


class CorrectRequests(ManyWish):
    """`items`: as they were in the preview."""

    items = fields.List(fields.Nested(Seen), required=True, validate=validate.Length(1, MOST))


class OneBatch(Command):
    batch_id = Id(required=True)


class UndoCorrections(OneBatch):
    """Without `positions` all that can be undone."""

    positions = fields.List(
        fields.Integer(strict=True), load_default=None, allow_none=True, validate=validate.Length(1, MOST)
    )


class OneCorrection(Command):
    correction_id = Id(required=True)
