"""Cost centres as managers keep them: made, changed, charged, and ended once no department is charged."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from intake.domain.errors import Wrong
from servicekit.errors import Conflict, Invalid, NotFound, Stale
from servicekit.ids import new_id

from .house import ANSWERS, House, person
from .test_races import at_once

MO = person("Mo Janssen", "manager")


@pytest.fixture
def karin(house: House) -> str:
    saved = house.save_people({"key": "karin", "name": "Karin Post", "customer": "Stichting Meerwal"})
    return str(saved["items"][0]["person_id"])


@pytest.fixture
def meerwal(house: House) -> Any:
    (found,) = house.call("list_customers", house.amira, q="meerwal")["items"]
    return found


def given(karin: str, **more: Any) -> dict[str, Any]:
    return {"name": "Verhuizing", "threshold_cents": 25_000, "holders": [{"person_id": karin}], **more}


def add(house: House, karin: str, key: str = "7300", **more: Any) -> Any:
    return house.call("add_cost_centre", MO, key=key, **given(karin, **more))


def change(house: House, karin: str, which: Any, **more: Any) -> Any:
    named = {"budget_id": str(which["budget_id"]), "version": which["version"]}
    return house.call("change_cost_centre", MO, **(named | given(karin, **more)))


def department(house: House, customer: Any, name: str = "Inkoop", key: str | None = "7300") -> Any:
    which = {"customer_id": str(customer["customer_id"])}
    found = house.call("add_department", MO, **which, name=name, cost_centre=key)
    return next(each for each in found["departments"] if each["name"] == name)


def charged_to_nobody(house: House, department: Any) -> None:
    which = {"department_id": str(department["department_id"]), "version": department["version"]}
    house.call("change_department", MO, **which, name=department["name"])


def own_keys(house: House) -> list[str]:
    return [each["key"] for each in house.call("list_own_cost_centres", house.sanne)["items"]]


def test_one_that_is_made_is_charged_and_its_holder_asked(house: House, karin: str, meerwal: Any) -> None:
    product_id = house.publish_product(price={"kind": "fixed", "amount_cents": 30_000, "per": None})
    stand_in = {"person_id": karin, "stand_in_id": str(house.daan.person_id)}
    made = add(house, karin, customer_id=str(meerwal["customer_id"]), rule="first", holders=[stand_in])
    assert (made["key"], made["customer"], made["version"]) == ("7300", "Stichting Meerwal", 1)
    assert (made["holders"][0]["name"], made["holders"][0]["stand_in"]) == ("Karin Post", "Daan Smit")
    assert own_keys(house) == ["7300"]
    request = house.receive(product_id=str(product_id), answers=ANSWERS, cost_centre="7300")
    assert request["state"] == "awaiting_approval"


def test_one_is_changed_whole_by_who_read_it_last(house: House, karin: str) -> None:
    made = add(house, karin, rule="first")
    changed = change(house, karin, made, name="Verhuizing 2027", threshold_cents=0)
    assert (changed["name"], changed["threshold_cents"], changed["rule"]) == ("Verhuizing 2027", 0, "any")
    assert (changed["key"], changed["version"]) == ("7300", 2)
    with pytest.raises(Stale):
        change(house, karin, made)
    (listed,) = house.call("list_budgets", house.amira)["items"]
    assert listed == changed


def test_it_is_charged_within_its_days_alone(house: House, karin: str, meerwal: Any) -> None:
    today = house.clock.now().date()
    days = {"valid_from": str(today - timedelta(days=9)), "valid_until": str(today + timedelta(days=1))}
    add(house, karin, customer_id=str(meerwal["customer_id"]), **days)
    assert own_keys(house) == ["7300"]
    house.clock.move(timedelta(days=3))
    assert own_keys(house) == []
    with pytest.raises(Invalid) as refused:
        house.receive(cost_centre="7300")
    assert "cost_centre" in refused.value.errors


def test_it_does_not_end_while_a_department_is_charged_to_it(house: House, karin: str, meerwal: Any) -> None:
    made, day = add(house, karin), str(house.clock.now().date())
    inkoop = department(house, meerwal)
    with pytest.raises(Conflict) as refused:
        change(house, karin, made, valid_until=day)
    assert refused.value.code == "still_charged"
    assert "Inkoop" in refused.value.detail
    charged_to_nobody(house, inkoop)
    assert str(change(house, karin, made, valid_until=day)["valid_until"]) == day


def test_a_department_is_charged_to_one_that_goes_on(house: House, karin: str, meerwal: Any) -> None:
    add(house, karin, valid_until=str(house.clock.now().date() + timedelta(days=200)))
    with pytest.raises(Invalid) as refused:
        department(house, meerwal)
    assert "cost_centre" in refused.value.errors


def test_a_department_that_ended_is_not_in_the_way(house: House, karin: str, meerwal: Any) -> None:
    made, inkoop = add(house, karin), department(house, meerwal)
    which = {"department_id": str(inkoop["department_id"]), "version": inkoop["version"]}
    house.call("end_department", MO, **which)
    assert change(house, karin, made, valid_until="2026-01-31")["departments"] == []


def test_it_does_not_end_while_a_department_comes_to_be_charged_to_it(
    house: House, karin: str, meerwal: Any
) -> None:
    day = str(house.clock.now().date())
    for number in range(4):
        key = f"8{number}"
        made = add(house, karin, key=key)
        outcomes = at_once(
            partial(change, house, karin, made, valid_until=day),
            partial(department, house, meerwal, f"Afdeling {number}", key),
        )
        assert sum(isinstance(each, Conflict | Invalid) for each in outcomes) == 1, outcomes


def test_what_the_organisations_list_charges_departments_to_has_not_ended(house: House, karin: str) -> None:
    made = change(house, karin, add(house, karin), valid_until=str(house.clock.now().date()))
    listed = {"key": "7300", "name": "Verhuizing", "threshold_cents": 0, "rule": "any",
              "holders": [{"person_key": "karin"}], "departments": ["Communicatie"]}  # fmt: skip
    house.call("save_budgets", house.program, items=[listed])
    found = house.call("get_cost_centre", house.amira, budget_id=str(made["budget_id"]))
    assert (found["valid_until"], found["departments"]) == (None, ["Communicatie"])
    with pytest.raises(Stale):
        change(house, karin, made)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"holders": [{"person_id": str(new_id())}]}, "holders.0.person_id"),
        ({"holders": [{"person_id": "KARIN", "stand_in_id": str(new_id())}]}, "holders.0.stand_in_id"),
        ({"holders": [{"person_id": "KARIN", "stand_in_id": "KARIN"}]}, "holders.0.stand_in_id"),
        ({"holders": [{"person_id": "KARIN"}, {"person_id": "KARIN"}]}, "holders.1.person_id"),
        ({"customer_id": str(new_id())}, "customer_id"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-31"}, "valid_until"),
        ({"key": "4100 a"}, "key"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    wrong: dict[str, Any], field: str, house: House, karin: str
) -> None:
    add(house, karin, key="4100 A")
    holders = [
        {name: karin if each == "KARIN" else each for name, each in holder.items()}
        for holder in wrong.get("holders", [{"person_id": "KARIN"}])
    ]
    with pytest.raises((Invalid, Wrong)) as refused:
        add(house, karin, **{**wrong, "holders": holders})
    assert field in refused.value.errors


def test_departments_of_another_customer_keep_it_from_becoming_one_customers(
    house: House, karin: str, meerwal: Any
) -> None:
    made, other = add(house, karin), house.call("add_customer", MO, name="Kadehuis")
    department(house, meerwal)
    with pytest.raises(Invalid) as refused:
        change(house, karin, made, customer_id=str(other["customer_id"]))
    assert "customer_id" in refused.value.errors
    assert change(house, karin, made, customer_id=str(meerwal["customer_id"]))["customer"] == meerwal["name"]


def test_nothing_becomes_that_of_a_customer_who_ended(house: House, karin: str) -> None:
    gone = house.call("add_customer", MO, name="Kadehuis")
    which = {"customer_id": str(gone["customer_id"])}
    house.call("end_customer", MO, **which, version=gone["version"])
    with pytest.raises(Invalid) as refused:
        add(house, karin, **which)
    assert "customer_id" in refused.value.errors


def test_one_that_is_not_there_is_not_found(house: House, karin: str) -> None:
    nothing = {"budget_id": new_id(), "version": 1}
    with pytest.raises(NotFound):
        change(house, karin, nothing)
    with pytest.raises(NotFound):
        house.call("get_cost_centre", house.amira, budget_id=str(new_id()))
