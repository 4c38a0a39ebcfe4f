"""Customers: what they are made of, what goes on with them; neither they nor a department end in use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from intake.domain.customers import DEEPEST
from intake.domain.errors import Wrong
from servicekit.errors import Conflict, Invalid, NotFound, Stale
from servicekit.ids import new_id

from .house import House, person

MO = person("Mo Janssen", "manager")


def customers(house: House, **query: Any) -> list[Any]:
    items: list[Any] = house.call("list_customers", house.amira, **query)["items"]
    return items


def get(house: House, which: Any, actor: Any = None) -> Any:
    return house.call("get_customer", actor or house.amira, customer_id=str(which["customer_id"]))


@pytest.fixture
def meerwal(house: House) -> Any:
    (found,) = customers(house, q="meerwal")
    return get(house, found)


def keep(house: House, method: str, which: Any, **command: Any) -> Any:
    given = {"customer_id": str(which["customer_id"]), **command}
    return house.call(method, MO, **given)


def department(customer: Any, name: str) -> Any:
    return next(each for each in customer["departments"] if each["name"] == name)


def act(house: House, method: str, department: Any, **command: Any) -> Any:
    which = {"department_id": str(department["department_id"]), "version": department["version"]}
    return house.call(method, MO, **which, **command)


def test_a_customer_shows_who_belongs_to_it_and_what_is_open(house: House, meerwal: Any) -> None:
    request = house.receive()
    found = get(house, meerwal)
    assert (found["people"], found["open"]) == (1, 1)
    assert [(each["name"], each["people"]) for each in found["departments"]] == [("Communicatie", 1)]
    people = house.call("list_customer_people", house.amira, customer_id=str(found["customer_id"]))["items"]
    assert [each["name"] for each in people] == ["Sanne de Wit"]
    listed = house.list(customer_id=str(found["customer_id"]), open=True)["items"]
    assert [each["reference"] for each in listed] == [request["reference"]]


def test_its_last_contacts_are_those_of_all_its_people_newest_first(house: House, meerwal: Any) -> None:
    house.receive()
    house.clock.move(timedelta(hours=1))
    said = {"person_id": house.sanne.person_id, "channel": "phone", "text": "Belde even terug"}
    house.call("note_contact", house.amira, **said)
    house.receive(house.daan)
    moments = get(house, meerwal)["moments"]
    assert [(each["type"], each["person"]) for each in moments] == [
        ("noted", "Sanne de Wit"), ("received", "Sanne de Wit"),
    ]  # fmt: skip
    house.clock.move(timedelta(days=40))
    assert get(house, meerwal)["moments"] == []


def test_a_note_on_a_customer_stands_by_each_of_its_callers_and_is_for_the_desk(
    house: House, meerwal: Any
) -> None:
    which = {"customer_id": str(meerwal["customer_id"])}
    house.call("add_relation_note", house.amira, **which, text="Krijgt dit jaar een nieuw contract")
    caller = house.call("get_person", house.amira, person_id=house.sanne.person_id)
    assert [each["text"] for each in caller["customer_notes"]] == ["Krijgt dit jaar een nieuw contract"]
    assert get(house, meerwal, house.program)["notes"] == []
    assert house.call("get_person", house.program, person_id=house.sanne.person_id)["customer_notes"] == []


def test_a_customer_is_added_renamed_ended_and_taken_up_again(house: House) -> None:
    made = house.call("add_customer", MO, name="Stichting Kadehuis")
    renamed = keep(house, "rename_customer", made, version=made["version"], name="Kadehuis")
    ended = keep(house, "end_customer", made, version=renamed["version"])
    assert ended["ended_at"] == house.clock.now()
    assert "Kadehuis" not in [each["name"] for each in customers(house)]
    assert [each["name"] for each in customers(house, ended=True)] == ["Kadehuis"]
    again = keep(house, "revive_customer", made, version=ended["version"])
    assert again["ended_at"] is None


def test_a_name_is_taken_once_whatever_its_letters(house: House, meerwal: Any) -> None:
    for call in (
        lambda: house.call("add_customer", MO, name="STICHTING meerwal"),
        lambda: keep(house, "add_department", meerwal, name="communicatie"),
    ):
        with pytest.raises(Invalid) as wrong:
            call()
        assert "name" in wrong.value.errors
    same = keep(house, "rename_customer", meerwal, version=meerwal["version"], name="stichting Meerwal")
    assert same["name"] == "stichting Meerwal"


def test_who_looked_at_an_older_customer_changes_nothing(house: House, meerwal: Any) -> None:
    keep(house, "rename_customer", meerwal, version=meerwal["version"], name="Meerwal")
    with pytest.raises(Stale):
        keep(house, "end_customer", meerwal, version=meerwal["version"])


def test_a_customer_with_people_does_not_end_and_says_what_to_do(house: House, meerwal: Any) -> None:
    with pytest.raises(Conflict) as refused:
        keep(house, "end_customer", meerwal, version=meerwal["version"])
    assert (refused.value.code, refused.value.detail[:2]) == ("has_people", "1 ")


def test_a_customer_whose_people_left_does_not_end_with_requests_open(house: House, meerwal: Any) -> None:
    request = house.receive()
    house.save_people({"key": "sanne", "name": "Sanne de Wit", "customer": "Kadehuis"})
    with pytest.raises(Conflict) as refused:
        keep(house, "end_customer", meerwal, version=meerwal["version"])
    assert refused.value.code == "has_open_requests"
    house.withdraw(request)
    with pytest.raises(Conflict) as refused:
        keep(house, "end_customer", meerwal, version=meerwal["version"])
    assert refused.value.code == "has_departments"
    act(house, "end_department", department(meerwal, "Communicatie"))
    assert keep(house, "end_customer", meerwal, version=meerwal["version"])["ended_at"]


def test_who_is_named_in_the_organisations_list_has_not_ended(house: House) -> None:
    made = house.call("add_customer", MO, name="Kadehuis")
    keep(house, "end_customer", made, version=made["version"])
    house.save_people({"key": "noor", "name": "Noor", "department": "Receptie", "customer": "Kadehuis"})
    found = get(house, made)
    assert (found["ended_at"], found["people"]) == (None, 1)
    assert department(found, "Receptie")["people"] == 1


def test_departments_lie_in_each_other_and_never_in_themselves(house: House, meerwal: Any) -> None:
    top = department(keep(house, "add_department", meerwal, name="Bedrijfsvoering"), "Bedrijfsvoering")
    below = keep(house, "add_department", meerwal, name="Inkoop", parent_id=str(top["department_id"]))
    inside = department(below, "Inkoop")
    assert inside["parent_id"] == top["department_id"]
    with pytest.raises(Wrong) as wrong:
        act(house, "change_department", top, name="Bedrijfsvoering", parent_id=str(inside["department_id"]))
    assert "parent_id" in wrong.value.errors
    with pytest.raises(Conflict) as refused:
        act(house, "end_department", top)
    assert refused.value.code == "has_departments"


def test_a_department_lies_in_one_of_the_same_customer_and_not_too_deep(house: House, meerwal: Any) -> None:
    other = house.call("add_customer", MO, name="Kadehuis")
    with pytest.raises(Wrong):
        keep(house, "add_department", other, name="Post",
             parent_id=str(department(meerwal, "Communicatie")["department_id"]))  # fmt: skip
    above = None
    for depth in range(DEEPEST):
        found = keep(house, "add_department", other, name=f"Laag {depth}", parent_id=above)
        above = str(department(found, f"Laag {depth}")["department_id"])
    with pytest.raises(Wrong):
        keep(house, "add_department", other, name="Te diep", parent_id=above)


def test_a_department_with_people_does_not_end(house: House, meerwal: Any) -> None:
    with pytest.raises(Conflict) as refused:
        act(house, "end_department", department(meerwal, "Communicatie"))
    assert refused.value.code == "has_people"


def test_a_budget_for_its_departments_is_a_cost_centre_of_the_customer(house: House, meerwal: Any) -> None:
    holders = [{"person_key": "sanne"}]
    budget = {"key": "4100", "name": "Communicatie", "threshold_cents": 25_000, "rule": "any"}
    items = [{**budget, "holders": holders, "departments": ["Communicatie"]}]
    house.call("save_budgets", house.program, items=items)
    found = get(house, meerwal)
    assert [each["key"] for each in found["cost_centres"]] == ["4100"]
    assert department(found, "Communicatie")["cost_centre"] == "4100"
    made = keep(house, "add_department", meerwal, name="Inkoop", cost_centre="4100")
    assert department(made, "Inkoop")["cost_centre"] == "4100"


def test_who_pays_for_a_department_is_a_cost_centre_of_the_customer(house: House, meerwal: Any) -> None:
    with pytest.raises(Invalid) as wrong:
        keep(house, "add_department", meerwal, name="Inkoop", cost_centre="9999")
    assert "cost_centre" in wrong.value.errors


def test_a_customer_that_is_not_there_is_not_found(house: House) -> None:
    nobody = {"customer_id": new_id()}
    for call in (
        lambda: get(house, nobody),
        lambda: keep(house, "add_department", nobody, name="Inkoop"),
        lambda: keep(house, "end_customer", nobody, version=1),
    ):
        with pytest.raises(NotFound):
            call()


def test_what_is_confidential_is_in_no_contact_of_the_customer(house: House, meerwal: Any) -> None:
    saved = house.save_people({"key": "karin", "name": "Karin Post"})["items"][0]
    house.call("save_confidants", MO, person_ids=[str(saved["person_id"])])
    secret = house.receive(text="Mijn leidinggevende", confidential=True, kind="complaint")
    assert get(house, meerwal)["moments"] == []
    own = get(house, meerwal, house.sanne)
    assert own["open"] == 1
    assert secret["reference"] not in str(get(house, meerwal))
