"""Which level of which contract applies."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from monitoring.domain.contract import Contract, applicable
from monitoring.domain.errors import Refused
from monitoring.domain.levels import Level, most_specific
from monitoring.domain.story import Subject
from servicekit.worktime import Term

HEATING, LAMP = "00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"

ANY = Level()
P1 = Level(priority="P1")
P3 = Level(priority="P3")
WISH = Level(kind="wish")
FAULT_P1 = Level(kind="fault", priority="P1")
HEAT = Level(product_id=HEATING)
HEAT_P1 = Level(product_id=HEATING, priority="P1")
HEAT_FAULT = Level(product_id=HEATING, kind="fault")
LEVELS = (ANY, P1, P3, WISH, FAULT_P1, HEAT, HEAT_P1, HEAT_FAULT)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        pytest.param(Subject("order", "P2", None), ANY, id="nothing but the general one"),
        pytest.param(Subject("order", "P3", None), P3, id="its priority"),
        pytest.param(Subject(None, "P3", None), P3, id="not yet of a kind"),
        pytest.param(Subject(None, "P1", None), P1, id="a level for a kind needs that kind"),
        pytest.param(Subject("wish", "P3", None), WISH, id="a kind goes before a priority"),
        pytest.param(Subject("wish", "P1", None), WISH, id="even before the highest"),
        pytest.param(Subject("fault", "P1", None), FAULT_P1, id="kind and priority together"),
        pytest.param(Subject("fault", "P1", LAMP), FAULT_P1, id="another product"),
        pytest.param(Subject("order", "P3", HEATING), HEAT, id="a product goes before a priority"),
        pytest.param(Subject("order", "P1", HEATING), HEAT_P1, id="product and priority"),
        pytest.param(
            Subject("fault", "P1", HEATING), HEAT_FAULT, id="product and kind before product and priority"
        ),
        pytest.param(Subject("wish", "P3", HEATING), HEAT, id="a product goes before a kind"),
    ],
)
def test_the_most_specific_level_wins(subject: Subject, expected: Level) -> None:
    assert most_specific(LEVELS, subject) == expected
    assert most_specific(reversed(LEVELS), subject) == expected


def test_no_level_fits() -> None:
    assert most_specific([P1, WISH], Subject("order", "P3", None)) is None


def contract(name: str = "c", **content: Any) -> Contract:
    given = {
        "party_kind": "customer",
        "party": None,
        "calendar": "organisation",
        "levels": [{"priority": "P3"}],
    }
    return Contract.of(UUID(int=1), 1, name, {**given, **content})


GENERAL = contract("general")
LATER = contract("later", valid_from="2026-07-01")
PAST = contract("past", valid_until="2025-12-31")
OWN = contract("own", party="shop")
OWN_2027 = contract("own 2027", party="shop", valid_from="2027-01-01")
TEAM = contract("team", party_kind="team")
SUPPLIER = contract("supplier", party_kind="supplier", party="vonk-val")
ALL = (GENERAL, LATER, PAST, OWN, OWN_2027, TEAM, SUPPLIER)


@pytest.mark.parametrize(
    ("customer", "day", "expected"),
    [
        pytest.param(None, date(2026, 3, 2), GENERAL, id="no customer: the general one"),
        pytest.param(None, date(2026, 6, 30), GENERAL, id="the day before another begins"),
        pytest.param(None, date(2026, 7, 1), LATER, id="the day on which it begins"),
        pytest.param("shop", date(2026, 8, 1), OWN, id="the customer's own goes first"),
        pytest.param("shop", date(2027, 1, 1), OWN_2027, id="and of those the latest"),
        pytest.param("bakery", date(2026, 3, 2), GENERAL, id="another customer's is not theirs"),
    ],
)
def test_the_contract_that_applies(customer: str | None, day: date, expected: Contract) -> None:
    for contracts in permutations(ALL, len(ALL)):
        assert applicable(contracts, customer, lambda _: day) == expected


def test_contracts_with_teams_and_suppliers_promise_the_customer_nothing() -> None:
    assert applicable([TEAM, SUPPLIER], None, lambda _: date(2026, 3, 2)) is None


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"levels": []}, "levels"),
        ({"levels": [{"priority": "P1"}, {"kind": "wish"}, {"priority": "P1"}]}, "levels.2"),
        ({"levels": [{"warn_percent": 0}]}, "levels.0.warn_percent"),
        ({"levels": [{"warn_percent": 101}]}, "levels.0.warn_percent"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-31"}, "valid_until"),
    ],
)
def test_a_contract_that_cannot_be_meant_is_refused_by_field(content: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        contract(**content).checked()
    assert field in refused.value.errors


def test_a_contract_survives_as_data() -> None:
    levels = [Level(kind="fault", respond=Term(15, "minutes"), warn_percent=50).to_dict()]
    known = contract(levels=levels, valid_from="2026-01-01").checked()
    assert Contract.of(known.contract_id, 1, known.name, known.content()) == known
