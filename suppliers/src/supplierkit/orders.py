"""An order as it comes in, and what a supplier can answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Order:
    """A work order. `raw` is all that the desk sent; the properties are what is needed most.

    `number` is the same for the same work, however often it is delivered. `offer` above 1: the desk asks
    again after a refusal. `begun_before`: an earlier run of this program died while it dealt with this order,
    so look first whether it is in your books already.
    """

    number: str
    offer: int = 1
    order_id: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    begun_before: bool = False

    @classmethod
    def from_wire(cls, raw: Any) -> Order:
        """Raises ValueError for something that is not an order."""
        if not isinstance(raw, Mapping) or not isinstance(raw.get("order_number"), str):
            raise ValueError("an order needs an order_number")
        offer = raw.get("offer")
        order_id = raw.get("order_id")
        return cls(
            number=raw["order_number"],
            offer=offer if isinstance(offer, int) else 1,
            order_id=order_id if isinstance(order_id, str) else None,
            raw=raw,
        )

    def title(self, language: str = "nl") -> str:
        """What is to be done, in Dutch ("nl") or English ("en")."""
        return str((self.raw.get("title") or {}).get(language, self.number))

    @property
    def text(self) -> str:
        """What the customer wrote."""
        return str(self.raw.get("text") or "")

    @property
    def remark(self) -> str | None:
        """Why the work is done again, or by you and not by another: the customer's or the desk's words."""
        return self.raw.get("remark")

    @property
    def location(self) -> Mapping[str, Any] | None:
        """{"name", "path"}: where it is."""
        return self.raw.get("location")

    @property
    def object(self) -> str | None:
        """What it is about at that place, in words."""
        return self.raw.get("object")

    @property
    def asset(self) -> Mapping[str, Any] | None:
        """{"code", "name", "kind", "warranty_until", "asset_id"} when it is one that the organisation knows
        by itself; the code stands on its sticker.
        """
        return self.raw.get("asset")

    @property
    def contact(self) -> Mapping[str, Any]:
        """{"name", "phone"}: whom you meet there."""
        return self.raw.get("contact") or {}


@dataclass(frozen=True)
class Answer:
    """What goes back: "received", "accepted" or "refused"; to a cancellation also "cancelled"."""

    word: str
    reason: str | None = None
    planned_from: datetime | str | None = None
    planned_until: datetime | str | None = None

    def to_wire(self) -> dict[str, Any]:
        wire = {
            "answer": self.word,
            "reason": self.reason,
            "planned_from": moment(self.planned_from),
            "planned_until": moment(self.planned_until),
        }
        return {name: value for name, value in wire.items() if value is not None}


def moment(value: datetime | str | None) -> str | None:
    """A time as the desk reads it: ISO 8601 with its zone. Raises ValueError for a time without one."""
    if value is None or isinstance(value, str):
        return value
    if value.tzinfo is None:
        raise ValueError("give times with a time zone, such as datetime(..., tzinfo=timezone.utc)")
    return value.isoformat()
