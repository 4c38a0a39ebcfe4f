"""What comes in over RPC about who else a request touches."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load
from servicekit.schemas import Command

from intake import telephone
from intake.domain.involved import OnSite
from intake.messages.fields import Id, Text


class Phone(Text):
    """A telephone number in any spelling, kept as people read it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        number = telephone.kept(text) if text else None
        if text and number is None:
            raise ValidationError("Write a telephone number, such as 06 12345678, +32 2 555 12 12 or 4123.")
        return number


class OnSiteContact(Command):
    name = Text(200, required=True)
    phone = Phone(50)

    @post_load
    def to_value(self, data: dict[str, Any], **_: Any) -> OnSite:
        return OnSite(**data)


class Involving(Command):
    """`cost_centre`: its key."""

    requested_for_id = Id()
    on_site = fields.Nested(OnSiteContact, load_default=None, allow_none=True)
    cost_centre = Text(200)


class ListColleagues(Command):
    q = Text(200, required=True)
