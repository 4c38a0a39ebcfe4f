"""Whom a request is for, whom the executor meets there, and who pays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from servicekit.errors import Invalid, NotFound
from servicekit.ids import new_id

from .house import ANSWERS, House, person

PRICED = {"kind": "fixed", "amount_cents": 8_500, "per": None}
FATIMA = {"name": "Fatima el Amrani", "phone": "020 555 01 99"}


@pytest.fixture
def office(house: Any) -> Any:
    """Sanne and Pieter are of Meerwal, in departments that pay for themselves; Els is of another customer."""
    saved = house.save_people(
        {"key": "pieter", "name": "Pieter Bakker", "email": "pieter@meerwal.example", "phone": "020-5550188",
         "department": "Juridische Zaken", "customer": "Stichting Meerwal"},
        {"key": "els", "name": "Els Visser", "department": "Bureau", "customer": "Huurder BV"},
        {"key": "karin", "name": "Karin Smit", "customer": "Stichting Meerwal"},
    )["items"]  # fmt: skip
    house.ids = {each["key"]: str(each["person_id"]) for each in saved}
    house.pieter, house.els, house.karin = (
        person(name, "requester", person_id=house.ids[name.lower()]) for name in ("Pieter", "Els", "Karin")
    )
    holders = [{"person_key": "karin"}]
    named = [("4100", "Communicatie"), ("4200", "Juridische Zaken"), ("9000", "Bureau")]
    house.call("save_budgets", None, items=[
        *({"key": key, "name": name, "threshold_cents": 50_000, "holders": holders, "departments": [name]}
          for key, name in named),
        {"key": "P-1", "name": "Verhuizing", "threshold_cents": 0, "holders": holders},
    ])  # fmt: skip
    house.move = house.publish_product(price=PRICED)
    return house


def for_pieter(office: Any, **more: Any) -> Any:
    return office.receive(requested_for_id=office.ids["pieter"], **more)


def told(office: Any) -> Any:
    return office.told()[-1]["data"]


def centre(office: Any, request: Any) -> str | None:
    found = office.get(request)["cost_centre"]
    return found.key if found else None


def test_whom_it_is_for_sees_it_as_their_own_and_so_does_who_reported_it(office: Any) -> None:
    request = for_pieter(office)
    for who in (office.sanne, office.pieter):
        assert office.get(request, who)["reference"] == request["reference"]
        assert [each["reference"] for each in office.list(who)["items"]] == [request["reference"]]
    with pytest.raises(NotFound):
        office.get(request, office.karin)
    assert office.list(office.karin)["items"] == []


def test_whom_it_is_for_may_answer_and_withdraw_it(office: Any) -> None:
    request = for_pieter(office)
    office.reply(request, office.pieter)
    assert office.withdraw(office.get(request), office.pieter)["state"] == "closed"


def test_naming_a_colleague_does_not_tell_how_to_reach_them(office: Any) -> None:
    request = for_pieter(office)
    expected = {"person_id": office.ids["pieter"], "name": "Pieter Bakker", "department": "Juridische Zaken"}
    assert office.get(request, office.sanne)["requested_for"] == expected
    assert office.list(office.sanne)["items"][0]["requested_for"] == expected
    assert office.get(request)["requested_for"].phone == "020-5550188"


@pytest.mark.parametrize("who", ["els", None])
def test_of_another_customer_is_as_unknown_as_nobody(office: Any, who: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        office.receive(requested_for_id=office.ids[who] if who else str(new_id()))
    assert "not known" in refused.value.errors["requested_for_id"][0]


def test_the_desk_too_orders_for_colleagues_of_the_requester_alone(office: Any) -> None:
    with pytest.raises(Invalid):
        office.receive(office.amira, requester_id=office.sanne.person_id, requested_for_id=office.ids["els"])


def test_for_oneself_is_no_other(office: Any) -> None:
    request = office.receive(requested_for_id=office.sanne.person_id)
    assert office.get(request)["requested_for"] is None


def test_colleagues_are_found_by_name_and_shown_with_their_department_alone(office: Any) -> None:
    found = office.call("list_colleagues", office.sanne, q="piet")["items"]
    assert [dict(each, person_id=None) for each in found] == [
        {"person_id": None, "name": "Pieter Bakker", "department": "Juridische Zaken"}
    ]
    assert office.call("list_colleagues", office.sanne, q="Els")["items"] == []
    assert office.call("list_colleagues", office.els, q="Sanne")["items"] == []


def test_without_a_customer_who_is_only_known_by_a_mail_is_nobodys_colleague(office: Any) -> None:
    office.save_people({"key": "iris", "name": "Iris Mol", "department": "Inkoop"},
                       {"key": "mail:x@else.example", "name": "Xander Elders", "email": "x@else.example"},
                       {"key": "joop", "name": "Joop Mol", "department": "Inkoop"})  # fmt: skip
    (iris,) = office.list_people(q="Iris")["items"]
    asking = person("Iris", "requester", person_id=str(iris["person_id"]))
    assert [each["name"] for each in office.call("list_colleagues", asking, q="mol")["items"]] == [
        "Iris Mol", "Joop Mol"
    ]  # fmt: skip
    assert office.call("list_colleagues", asking, q="xander")["items"] == []


def test_what_is_not_said_is_charged_to_the_department_of_whom_it_is_for(office: Any) -> None:
    assert centre(office, office.receive()) == "4100"
    assert centre(office, for_pieter(office)) == "4200"
    assert centre(office, for_pieter(office, cost_centre="4100")) == "4100"
    assert centre(office, office.receive(office.daan)) is None


@pytest.mark.parametrize("key", ["9000", "P-1", "4999"])
def test_one_charges_no_other_customer_and_nothing_that_is_not_there(office: Any, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        office.receive(cost_centre=key)
    assert "cost_centre" in refused.value.errors


def test_the_desk_may_charge_a_project_that_belongs_to_no_department(office: Any) -> None:
    request = office.receive(office.amira, requester_id=office.sanne.person_id, cost_centre="P-1")
    assert centre(office, request) == "P-1"


def test_one_chooses_among_the_cost_centres_of_ones_own_customer(office: Any) -> None:
    items = office.call("list_own_cost_centres", office.sanne)["items"]
    assert [(each["key"], each["own"]) for each in items] == [("4100", True), ("4200", False)]
    assert len(office.call("list_own_cost_centres", office.amira)["items"]) == 4


def test_one_that_is_over_or_has_not_begun_is_charged_no_more_by_nobody(office: Any) -> None:
    with office.engine.begin() as connection:
        for column, key, days in (("valid_until", "4200", -1), ("valid_from", "P-1", 1)):
            day = office.clock.now().date() + timedelta(days=days)
            connection.execute(sa.text(f"UPDATE budgets SET {column} = '{day}' WHERE key = '{key}'"))
    keys = [[each["key"] for each in office.call("list_own_cost_centres", who)["items"]]
            for who in (office.sanne, office.amira)]  # fmt: skip
    assert keys == [["4100"], ["4100", "9000"]]
    with pytest.raises(Invalid):
        office.receive(office.amira, requester_id=office.sanne.person_id, cost_centre="4200")
    office.clock.move(timedelta(days=1))
    assert centre(
        office, office.receive(office.amira, requester_id=office.sanne.person_id, cost_centre="P-1")
    )


def test_what_is_a_customers_own_is_charged_by_its_people_without_any_department(office: Any) -> None:
    with office.engine.begin() as connection:
        connection.execute(sa.text(
            "UPDATE budgets SET customer_id = (SELECT customer_id FROM customers WHERE name = 'Huurder BV')"
            " WHERE key = 'P-1'"
        ))  # fmt: skip
    assert centre(office, office.receive(office.els, cost_centre="P-1")) == "P-1"
    with pytest.raises(Invalid):
        office.receive(cost_centre="P-1")


def test_who_pays_is_who_is_asked(office: Any) -> None:
    """Ten of 85 euros are dear for 4100; the project is asked for everything."""
    command = {"product_id": str(office.move), "answers": ANSWERS}
    assert office.receive(**command)["state"] == "in_progress"
    request = office.receive(office.amira, requester_id=office.sanne.person_id, cost_centre="P-1", **command)
    assert office.get(request)["approval"]["budget"] == "Verhuizing"


def test_who_executes_is_told_whom_to_meet(office: Any) -> None:
    for_pieter(office, on_site=FATIMA, product_id=str(office.radiator), answers=ANSWERS)
    fact = told(office)
    assert fact["on_site"] == {"name": "Fatima el Amrani", "phone": "+31 20 555 0199"}
    assert fact["requested_for"]["name"] == "Pieter Bakker"
    assert fact["cost_centre"] == {"key": "4200", "name": "Juridische Zaken"}


def test_pages_of_whom_it_is_for_are_told_too(office: Any) -> None:
    for_pieter(office)
    with office.engine.connect() as connection:
        signals = [each for each in office._published(connection) if each["headers"].get("signal")]
    assert office.ids["pieter"] in str(signals)


def test_the_desk_says_it_in_triage(office: Any) -> None:
    request = office.receive()
    office.triage(request, requested_for_id=office.ids["pieter"], on_site=FATIMA, cost_centre="P-1")
    whole = office.get(request)
    assert whole["requested_for"].name == "Pieter Bakker"
    assert (whole["on_site"].name, whole["cost_centre"].key) == ("Fatima el Amrani", "P-1")


def test_triage_leaves_what_was_said_before(office: Any) -> None:
    request = for_pieter(office, on_site=FATIMA, cost_centre="4100")
    office.triage(request)
    whole = office.get(request)
    assert (whole["requested_for"].name, whole["on_site"].name, whole["cost_centre"].key) == (
        "Pieter Bakker", "Fatima el Amrani", "4100"
    )  # fmt: skip


def test_whom_to_meet_is_put_right_and_the_work_is_refreshed(office: Any) -> None:
    request = office.receive_standard()
    done = office.correct(request, "data", on_site=FATIMA, requested_for_id=office.ids["pieter"])
    assert done["correction"]["effect"] == "refresh"
    assert office.get(request)["on_site"].name == "Fatima el Amrani"
    assert told(office)["on_site"]["name"] == "Fatima el Amrani"


def test_the_cost_centre_is_put_right_even_when_it_is_closed_and_the_work_goes_on(office: Any) -> None:
    request = office.receive_standard()
    assert office.correct(request, "cost_centre", cost_centre="4200")["correction"]["effect"] == "none"
    office.withdraw(office.get(request))
    office.correct(request, "cost_centre", cost_centre="P-1")
    assert centre(office, request) == "P-1"
    with pytest.raises(Invalid):
        office.correct(request, "cost_centre", cost_centre="P-1")
    with pytest.raises(Invalid):
        office.correct(request, "cost_centre", cost_centre="4999")


def test_who_was_asked_for_the_wrong_cost_centre_is_asked_no_more(office: Any) -> None:
    request = office.receive(office.amira, requester_id=office.sanne.person_id, cost_centre="P-1",
                             product_id=str(office.move), answers=ANSWERS)  # fmt: skip
    assert request["state"] == "awaiting_approval"
    office.correct(request, "cost_centre", cost_centre="4100")
    assert office.get(request)["state"] == "triage"
    assert office.triage(office.get(request), product_id=str(office.move))["state"] == "in_progress"


def test_a_correction_of_them_is_taken_back(office: Any) -> None:
    request = for_pieter(office, on_site=FATIMA)
    office.correct(request, "data", requested_for_id=office.sanne.person_id)
    assert office.get(request)["requested_for"] is None
    done = office.correct(request, "cost_centre", cost_centre="4100")
    for each in (done["correction"], office.get(request)["corrections"][0]):
        office.call("undo_correction", office.amira, correction_id=str(each["correction_id"]))
    whole = office.get(request)
    assert (whole["requested_for"].name, whole["cost_centre"].key) == ("Pieter Bakker", "4200")


def test_a_product_for_one_department_is_offered_to_whom_it_is_for(office: Any) -> None:
    product_id = str(office.publish_product(audience={"departments": ["Juridische Zaken"], "locations": []}))
    with pytest.raises(Invalid):
        office.receive(product_id=product_id, answers=ANSWERS)
    assert for_pieter(office, product_id=product_id, answers=ANSWERS)["state"] == "in_progress"


def test_receiving_costs_no_more_when_nothing_is_said_of_it(office: House, statements: list[str]) -> None:
    office.receive()
    assert sum("FROM" in each and "budgets" in each for each in statements) == 1
