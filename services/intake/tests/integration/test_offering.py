"""A product that is not for somebody's group or place: refused with the reason, at every door."""

from __future__ import annotations

from typing import Any

import pytest
from servicekit.errors import Invalid

from .house import ANSWERS, House


def only(house: House, **audience: list[str]) -> str:
    limits = {"departments": [], "locations": [], **audience}
    return str(house.publish_product(slug="alleen-hier", audience=limits))


def places(house: House) -> dict[str, str]:
    saved = house.save_locations(
        {"key": "sluis", "name": "De Sluis"},
        {"key": "sluis-2", "name": "Verdieping 2", "parent_key": "sluis"},
        {"key": "kade", "name": "De Kade"},
    )
    return {item["key"]: str(item["location_id"]) for item in saved["items"]}


def refusal(ask: Any) -> str:
    with pytest.raises(Invalid) as refused:
        ask()
    assert refused.value.code == "not_offered"
    (text,) = refused.value.errors["product_id"]
    return text


def test_a_group_has_its_own_products(house: House) -> None:
    theirs, ours = only(house, departments=["Financiën"]), only(house, departments=["Communicatie"])
    assert house.receive(product_id=ours, answers=ANSWERS)["state"] == "in_progress"
    text = refusal(lambda: house.receive(product_id=theirs, answers=ANSWERS))
    assert text.startswith("Dit product is er alleen voor: Financiën. Sanne de Wit hoort daar niet bij.")


def test_a_customer_has_its_own_products_too(house: House) -> None:
    theirs = only(house, customers=["Bakkerij Kruim"])
    text = refusal(lambda: house.receive(product_id=theirs, answers=ANSWERS))
    assert text.startswith("Dit product is er alleen voor: Bakkerij Kruim.")
    house.save_people({"key": "sanne", "name": "Sanne de Wit", "customer": "Bakkerij Kruim"})
    assert house.receive(product_id=theirs, answers=ANSWERS)["standard"]


def test_a_place_is_where_it_is_asked_for_or_else_where_one_usually_is(house: House) -> None:
    at = places(house)
    product_id = only(house, locations=["sluis"])
    assert house.receive(product_id=product_id, answers=ANSWERS, location_id=at["sluis-2"])["standard"]
    text = refusal(lambda: house.receive(product_id=product_id, answers=ANSWERS, location_id=at["kade"]))
    assert "alleen in: De Sluis" in text
    refusal(lambda: house.receive(product_id=product_id, answers=ANSWERS))
    house.save_people(
        {"key": "sanne", "name": "Sanne de Wit", "department": "Communicatie", "location_key": "sluis-2"}
    )
    assert house.receive(product_id=product_id, answers=ANSWERS)["standard"]


def test_the_desk_is_told_why_when_it_maps_a_request_to_it(house: House) -> None:
    product_id = only(house, departments=["Financiën"])
    request = house.receive(kind="fault")
    assert "alleen voor: Financiën" in refusal(lambda: house.triage(request, product_id=product_id))
    assert house.get(request)["state"] == "triage"


def test_whoever_complains_about_a_product_need_not_be_offered_it(house: House) -> None:
    product_id = only(house, departments=["Financiën"])
    assert house.receive(product_id=product_id, kind="complaint")["state"] == "triage"


def test_one_knows_where_one_is(house: House) -> None:
    places(house)
    house.save_people({"key": "sanne", "name": "Sanne de Wit", "location_key": "sluis-2"})
    assert house.call("get_own_person", house.sanne)["location"]["lies_in"] == ["sluis-2", "sluis"]
