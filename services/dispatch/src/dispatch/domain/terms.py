"""What the organisation holds every order to, kept as data: managers change it without a release."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from dispatch.domain.silence import Patience
from dispatch.domain.walking import Travel


@dataclass(frozen=True)
class Terms:
    """`cost_margin_percent`: how far over the agreed price an order may cost without anybody being asked.
    `extra_desk_cents`: up to how much more than its limit the desk may agree to; above it the budget holder.
    The minutes: see `silence.Patience`; a provider may have its own. `travel`: minutes on the way between two
    buildings, as {"between": their names, "minutes"}; the same both ways.

    `version` 0: nobody has changed these yet.
    """

    cost_margin_percent: int = 10
    extra_desk_cents: int = 10_000
    version: int = 0
    answer_minutes: int = Patience.answer_minutes
    plan_minutes: int = Patience.plan_minutes
    start_minutes: int = Patience.start_minutes
    word_minutes: int = Patience.word_minutes
    escalate_minutes: int = Patience.escalate_minutes
    travel: tuple[dict[str, Any], ...] = ()

    @classmethod
    def from_values(cls, values: dict[str, Any], version: int) -> Terms:
        """What a newer version of this program kept beside these is passed over."""
        known = {field.name for field in fields(cls)} - {"version"}
        return cls(version=version, **{name: value for name, value in values.items() if name in known})

    @property
    def ways(self) -> Travel:
        return {frozenset(way["between"]): way["minutes"] for way in self.travel}

    def values(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "version"}
