"""Contracts: with customers (SLA), internal teams (OLA) and suppliers (underpinning)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from monitoring.domain.errors import Refused
from monitoring.domain.levels import Level

PARTY_KINDS: Final = ("customer", "team", "supplier")


@dataclass(frozen=True)
class Contract:
    """`party`: a customer's id or a provider's slug; None is every party of that kind that has no other.

    A contract counts for what is received from valid_from up to and including valid_until.
    """

    contract_id: UUID
    version: int
    name: str
    party_kind: str
    party: str | None
    calendar: str
    levels: tuple[Level, ...]
    valid_from: date | None = None
    valid_until: date | None = None

    def content(self) -> dict[str, Any]:
        """What makes one version differ from the next."""
        return {
            "party_kind": self.party_kind,
            "party": self.party,
            "calendar": self.calendar,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "levels": [level.to_dict() for level in self.levels],
        }

    @classmethod
    def of(cls, contract_id: UUID, version: int, name: str, content: Mapping[str, Any]) -> Contract:
        return cls(
            contract_id,
            version,
            name,
            content["party_kind"],
            content["party"],
            content["calendar"],
            tuple(map(Level.from_dict, content["levels"])),
            _date(content.get("valid_from")),
            _date(content.get("valid_until")),
        )

    def counts_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)

    def checked(self) -> Contract:
        """Raises Refused with everything that is wrong."""
        wrong: dict[str, list[str]] = {}
        if not self.levels:
            wrong["levels"] = ["Give at least one level."]
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            wrong["valid_until"] = ["Must not be before valid_from."]
        wrong |= _doubled(self.levels)
        for index, level in enumerate(self.levels):
            if not 1 <= level.warn_percent <= 100:
                wrong[f"levels.{index}.warn_percent"] = ["Use 1 to 100."]
        if wrong:
            raise Refused("This contract can't be right.", wrong)
        return self


def _doubled(levels: tuple[Level, ...]) -> dict[str, list[str]]:
    often = Counter(level.selector for level in levels)
    text = "Another level is for the same kind, priority and product; keep one."
    return {f"levels.{n}": [text] for n, level in enumerate(levels) if often[level.selector] > 1}


def applicable(
    contracts: Iterable[Contract], customer_id: str | None, received_on: Callable[[Contract], date]
) -> Contract | None:
    """The customer contract for a request: the customer's own before the general one, the latest first."""
    fitting = [
        contract
        for contract in contracts
        if contract.party_kind == "customer"
        and contract.party in {None, customer_id}
        and contract.counts_on(received_on(contract))
    ]
    return max(fitting, key=_preference, default=None)


def _preference(contract: Contract) -> tuple[bool, date, str]:
    return contract.party is not None, contract.valid_from or date.min, contract.name


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
