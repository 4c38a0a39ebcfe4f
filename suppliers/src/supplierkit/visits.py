"""Which of your orders go together, as the desk tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PlannedVisit:
    """Several of your orders that the desk asks to be done in one go. Each was brought, or will be.

    Say of a visit what you would say of an order, and it is said of each order in it. `version` is how you
    saw it: when orders joined or left since, the desk says `stale`, and tells you anew. Without `numbers`
    the order with which you are told is by itself again. `raw` is all that the desk sent.
    """

    order_number: str
    visit_id: str | None = None
    version: int | None = None
    numbers: tuple[str, ...] = ()
    note: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_wire(cls, order_number: Any, raw: Any) -> PlannedVisit:
        """Raises ValueError for something that is not a visit."""
        if not isinstance(order_number, str) or not isinstance(raw, Mapping):
            raise ValueError("a visit needs an order_number and what goes together")
        orders = [each for each in raw.get("orders") or () if isinstance(each, Mapping)]
        version, visit_id, note = raw.get("version"), raw.get("visit_id"), raw.get("note")
        return cls(
            order_number=order_number,
            visit_id=visit_id if isinstance(visit_id, str) else None,
            version=version if isinstance(version, int) else None,
            numbers=tuple(str(each["order_number"]) for each in orders if each.get("order_number")),
            note=note if isinstance(note, str) else None,
            raw=raw,
        )

    @property
    def number(self) -> str:
        """Of an order in it, by which the desk knows which visit is meant."""
        return self.order_number
