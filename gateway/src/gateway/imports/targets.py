"""What a file can become, and the fields a mapping may fill, with what is taken when it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KINDS = ("order", "complaint", "wish", "information", "fault")
PRIORITIES = ("P1", "P2", "P3", "P4")
CHANNELS = ("site", "phone", "counter", "email", "api")
RESOLUTIONS = ("solved", "answered", "rejected", "withdrawn", "merged")
# The states of a request, and its two ways of waiting: facets with us, states in other people's logs.
STATES = (
    "received",
    "triage",
    "awaiting_approval",
    "in_progress",
    "awaiting_requester",
    "awaiting_other",
    "ready",
    "closed",
)
# What has no place here is still being worked on.
ENDS = {"ready": 1, "closed": 2}
TERM_UNITS = ("minutes", "working_minutes", "working_days", "calendar_days")
PRICE_KINDS = ("none", "fixed", "tariff", "quote")
PACKAGES = ("basic", "plus", "bespoke")


@dataclass(frozen=True)
class Field:
    """`type`: text, whole, yes_no, time, day or choice. A `required` field must be known in every record."""

    type: str = "text"
    choices: tuple[str, ...] = ()
    required: bool = False
    default: Any = None


def choice(*words: str, default: str | None = None, required: bool = False) -> Field:
    return Field("choice", words, required, default)


REQUEST_FIELDS: dict[str, Field] = {
    "received_at": Field("time", required=True),
    "channel": choice(*CHANNELS, default="api"),
    "kind": choice(*KINDS),
    "priority": choice(*PRIORITIES, default="P4"),
    "summary": Field(),
    "text": Field(required=True),
    "location_name": Field(),
    "requester_name": Field(),
    "category": Field(),
    "closed_at": Field("time"),
    "resolution": choice(*RESOLUTIONS),
    "made_sla": Field("yes_no"),
    "reassignment_count": Field("whole", default=0),
    "reopen_count": Field("whole", default=0),
}

STATE_FIELDS: dict[str, Field] = {
    "at": Field("time", required=True),
    "state": choice(*STATES, required=True),
    "by": Field(),
    "group": Field(),
    "assignee": Field(),
    "hand_overs": Field("whole"),  # how many there were until then; not all of them show in the groups
}

PRODUCT_FIELDS: dict[str, Field] = {
    "slug": Field(),
    "name.nl": Field(),
    "name.en": Field(),
    "category.nl": Field(),
    "category.en": Field(),
    "description.nl": Field(),
    "description.en": Field(),
    "kind": choice(*KINDS, default="fault"),
    "priority": choice(*PRIORITIES, default="P4"),
    "lead_time.amount": Field("whole"),
    "lead_time.unit": choice(*TERM_UNITS, default="working_days"),
    "price.kind": choice(*PRICE_KINDS, default="none"),
    "price.amount_cents": Field("whole"),
    "price.per": Field(),
    "package": choice(*PACKAGES),
    "check_required": Field("yes_no", default=False),
    "provider": Field(default="technische-dienst"),
    "active": Field("yes_no", default=True),
}

# What a day, a code and a key look like is intake's to say.
ASSET_FIELDS: dict[str, Field] = {
    "code": Field(required=True),
    "name.nl": Field(),
    "name.en": Field(),
    "kind": Field(required=True),
    "location_key": Field(required=True),
    "warranty_until": Field("day"),
    "supplier": Field(),
    "product": Field(),
    "withdrawn": Field("yes_no", default=False),
}

TARGETS: dict[str, dict[str, Field]] = {
    "requests": REQUEST_FIELDS,
    "products": PRODUCT_FIELDS,
    "assets": ASSET_FIELDS,
}
