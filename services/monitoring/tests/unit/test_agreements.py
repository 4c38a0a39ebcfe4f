"""What the house promises about one request: by which contract, which level, and on whose calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from monitoring.domain.agreements import Agreements, NamedCalendar
from monitoring.domain.contract import Contract
from monitoring.domain.errors import Refused
from servicekit.worktime import Calendar

from ..samples import CALENDAR, RECEIVED, at, fact, shown  # noqa: TID252  samples of this service alone

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALWAYS = Calendar.of("Pacific/Auckland", {day: [("00:00", "24:00")] for day in DAYS})
CALENDARS = {"organisation": CALENDAR, "auckland": ALWAYS}
P3 = {"priority": "P3", "resolve": {"amount": 60, "unit": "working_minutes"}}


def contract(number: int, **content: Any) -> Contract:
    given = {"party_kind": "customer", "party": None, "calendar": "organisation", "levels": [P3]}
    return Contract.of(UUID(int=number), 1, f"contract {number}", {**given, **content})


def house(*contracts: Contract) -> Agreements:
    named = {
        name: NamedCalendar(UUID(int=9), name, 1, calendar, at("Mon 00:00"))
        for name, calendar in CALENDARS.items()
    }
    return Agreements(1, contracts, named)


def test_the_customers_own_contract_level_and_calendar_make_its_clocks() -> None:
    general, own = contract(1), contract(2, party="shop", calendar="auckland")
    found = house(general, own).assess([RECEIVED], "shop", at("Mon 10:00"))
    assert (found.contract, found.level, found.calendar) == (own, own.levels[0], ALWAYS)
    assert [(each.clock, shown(each.due_at)) for each in found.clocks] == [("resolve", "Mon 10:00")]
    assert (found.subject.priority, found.is_closed) == ("P3", False)
    other = house(general, own).assess([RECEIVED], "bakery", at("Mon 10:00"))
    assert (other.contract, other.calendar) == (general, CALENDAR)


@pytest.mark.parametrize(
    ("facts", "contracts", "applies"),
    [
        ([RECEIVED], [], None),
        ([RECEIVED], [contract(1, levels=[{**P3, "priority": "P1"}])], 1),  # it promises nothing about this
        ([RECEIVED], [contract(1, party_kind="team")], None),
        ([fact(2, "waiting", "Mon 10:00")], [contract(1)], None),  # nobody knows when it was received
    ],
)
def test_without_a_contract_or_a_level_for_it_there_are_no_clocks(
    facts: list[Any], contracts: list[Contract], applies: int | None
) -> None:
    found = house(*contracts).assess(facts, None, at("Mon 11:00"))
    assert (found.clocks, found.level, found.calendar) == ((), None, None)
    assert (found.contract.contract_id if found.contract else None) == (
        UUID(int=applies) if applies else None
    )


def test_facts_count_in_their_order_whichever_came_first() -> None:
    closed = fact(5, "closed", "Mon 09:30")
    found = house(contract(1)).assess([closed, RECEIVED], None, at("Mon 11:00"))
    assert found.is_closed
    assert [each.state for each in found.clocks] == ["met"]


def test_the_day_of_receipt_is_that_of_the_contracts_own_calendar() -> None:
    """At noon on Monday in Amsterdam it is midnight in Auckland."""
    tuesday = contract(1, calendar="auckland", valid_from="2026-03-03")
    assert house(tuesday).contract_for(None, at("Mon 11:59")) is None
    assert house(tuesday).contract_for(None, at("Mon 12:00")) == tuesday
    assert house(replace(tuesday, calendar="organisation")).contract_for(None, at("Mon 23:59")) is None


LEVEL = {"priority": "P1", "warn_percent": 75}


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        ({"levels": []}, {"levels": ["Give at least one level."]}),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-31"},
         {"valid_until": ["Must not be before valid_from."]}),
        ({"levels": [LEVEL, {**LEVEL, "warn_percent": 101}]},
         {"levels.0": ["Another level is for the same kind, priority and product; keep one."],
          "levels.1": ["Another level is for the same kind, priority and product; keep one."],
          "levels.1.warn_percent": ["Use 1 to 100."]}),
        ({"levels": [{"warn_percent": 0}]}, {"levels.0.warn_percent": ["Use 1 to 100."]}),
    ],
)  # fmt: skip
def test_all_that_is_wrong_with_a_contract_is_said_at_its_field(content: Any, errors: Any) -> None:
    with pytest.raises(Refused, match="can't be right") as refused:
        contract(1, **content).checked()
    assert refused.value.errors == errors


@pytest.mark.parametrize("percent", [1, 100])
def test_a_warning_may_come_at_once_or_at_the_very_end_and_a_contract_may_last_one_day(percent: int) -> None:
    day = {
        "valid_from": "2026-02-01",
        "valid_until": "2026-02-01",
        "levels": [{**LEVEL, "warn_percent": percent}],
    }
    known = contract(1, **day)
    assert known.checked() is known
    assert known.content()["valid_until"] == "2026-02-01"


TERMS = {"respond": {"amount": 15, "unit": "minutes"}, "restore": {"amount": 2, "unit": "working_days"},
         "resolve": {"amount": 60, "unit": "working_minutes"}}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        {"valid_from": "2026-02-01", "valid_until": "2026-12-31", "party": "shop"},
        {"valid_from": None, "valid_until": None, "party": None},
    ],
)
def test_a_contract_is_kept_as_it_was_written(content: dict[str, Any]) -> None:
    levels = [
        {"product_id": "p", "kind": "fault", "priority": "P1", **TERMS, "warn_percent": 50},
        {"product_id": None, "kind": None, "priority": None, **dict.fromkeys(TERMS), "warn_percent": 75},
    ]
    written = {"party_kind": "customer", "calendar": "organisation", "levels": levels, **content}
    known = Contract.of(UUID(int=1), 1, "written", written)
    assert known.content() == written
    assert Contract.of(UUID(int=1), 1, "written", known.content()) == known
