"""All contracts and calendars of the house, as they count now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from servicekit.worktime import Calendar

from monitoring.domain.clocks import Clock, compute
from monitoring.domain.contract import Contract, applicable
from monitoring.domain.facts import Fact, in_order
from monitoring.domain.levels import Level, most_specific
from monitoring.domain.story import Subject, is_closed, started_at, subject

ORGANISATION: Final = "organisation"
"""The name of the calendar by which the organisation's own promises count."""


@dataclass(frozen=True)
class NamedCalendar:
    calendar_id: UUID
    name: str
    version: int
    calendar: Calendar
    published_at: datetime


@dataclass(frozen=True)
class Assessment:
    """What the facts of one request come to. Without a contract or level for it there are no clocks."""

    subject: Subject
    is_closed: bool
    contract: Contract | None = None
    level: Level | None = None
    calendar: Calendar | None = None
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True)
class Agreements:
    generation: int = 0
    contracts: tuple[Contract, ...] = ()
    calendars: Mapping[str, NamedCalendar] = field(default_factory=dict)

    def assess(self, facts: list[Fact], customer_id: str | None, now: datetime) -> Assessment:
        ordered = in_order(facts)
        about, closed, start = subject(ordered), is_closed(ordered), started_at(ordered)
        contract = self.contract_for(customer_id, start) if start else None
        level = most_specific(contract.levels, about) if contract else None
        if contract is None or level is None:
            return Assessment(about, closed, contract)
        calendar = self._calendar(contract)
        return Assessment(about, closed, contract, level, calendar, compute(ordered, level, calendar, now))

    def contract_for(self, customer_id: str | None, received_at: datetime) -> Contract | None:
        """The customer contract that counts on the day of receipt, as the contract's own calendar has it."""
        return applicable(
            self.contracts,
            customer_id,
            lambda contract: received_at.astimezone(self._calendar(contract).tzinfo).date(),
        )

    def _calendar(self, contract: Contract) -> Calendar:
        return self.calendars[contract.calendar].calendar
