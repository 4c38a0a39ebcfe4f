"""The sticker on an object, and what the object has been through."""

from __future__ import annotations

from typing import Any

import pytest
from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound
from servicekit.ids import new_id

from .house import House
from .test_assets import PLACES, lift, save

View = dict[str, Any]
STRANGER = Actor("anonymous", "visitor", roles=frozenset({"visitor"}))


@pytest.fixture
def lift_id(house: House) -> str:
    house.save_locations(*PLACES)
    saved = save(house, lift(product="werkplek-verhuizen", supplier="vonk-val"), lift("OUD", withdrawn=True))
    return str(saved["items"][0]["asset_id"])


def scan(house: House, by: Actor, code: str = "LIFT-1") -> View:
    found: View = house.call("get_sticker", by, code=code)
    return found


def test_whoever_scans_a_sticker_reads_name_and_place_and_not_its_supplier(
    house: House, lift_id: str
) -> None:
    asset = scan(house, STRANGER, "lift-1")["asset"]
    assert (str(asset["asset_id"]), asset["code"]) == (lift_id, "LIFT-1")
    assert (asset["name"]["nl"], asset["location"]["path"]) == ("Personenlift", "De Sluis")
    assert asset["product"] == "werkplek-verhuizen"
    assert "supplier" not in asset
    assert "warranty_until" not in asset


@pytest.mark.parametrize("code", ["OUD", "NERGENS"])
def test_what_is_gone_or_never_was_has_no_sticker(house: House, lift_id: str, code: str) -> None:
    with pytest.raises(NotFound):
        scan(house, STRANGER, code)


def test_a_code_that_can_not_be_one_is_refused(house: House) -> None:
    with pytest.raises(Invalid):
        scan(house, STRANGER, "../geheim")


def test_a_known_fault_is_told_without_its_words_and_can_be_joined(house: House, lift_id: str) -> None:
    first = house.receive(text="Ik zit vast met mijn rollator", kind="fault", asset_id=lift_id)
    [known] = scan(house, STRANGER)["known"]
    assert (known["state"], known["path"]) == ("triage", "De Sluis")
    assert (known["request_id"], known["summary"], known["reference"]) == (None, None, None)
    assert "rollator" not in str(known)
    second = house.receive(
        house.daan, text="Doet niets", kind="fault", asset_id=lift_id, follows=str(known["follow_id"])
    )
    assert house.get(house.get(second, house.amira), house.amira)["follows"] == first["request_id"]
    assert [each["request_id"] for each in scan(house, house.sanne)["known"]] == [first["request_id"]]


def test_only_faults_of_others_are_known(house: House, lift_id: str) -> None:
    house.receive(text="De lift stinkt, en dat komt door u", kind="complaint", asset_id=lift_id)
    assert scan(house, house.daan)["known"] == []
    assert len(scan(house, house.sanne)["known"]) == 1


def test_what_goes_along_with_another_is_told_by_that_one(house: House, lift_id: str) -> None:
    first = house.receive(kind="fault", asset_id=lift_id)
    house.receive(house.daan, kind="fault", asset_id=lift_id, follows=str(first["request_id"]))
    assert len(scan(house, STRANGER)["known"]) == 1


def test_the_usual_product_of_an_object_is_proposed_before_what_the_words_say(
    house: House, lift_id: str
) -> None:
    proposed = house.call("get_proposals", house.sanne, text="Doet het niet", asset_id=lift_id)["products"]
    assert (proposed[0]["slug"], proposed[0]["confidence"]) == ("werkplek-verhuizen", 1.0)
    assert [each["slug"] for each in proposed].count("werkplek-verhuizen") == 1


def test_a_product_that_is_not_offered_any_more_is_not_proposed(house: House, lift_id: str) -> None:
    house.tell("catalog.product_withdrawn", product_id=str(house.radiator))
    proposed = house.call("get_proposals", house.sanne, text="Doet het niet", asset_id=lift_id)["products"]
    assert proposed == []


# --- what it has been through ---------------------------------------------------------------------------


def test_faults_are_counted_per_year_and_the_same_fault_once(house: House, lift_id: str) -> None:
    first = house.receive(kind="fault", asset_id=lift_id)
    house.receive(house.daan, kind="fault", asset_id=lift_id, follows=str(first["request_id"]))
    house.receive(kind="information", asset_id=lift_id)
    history = house.call("get_asset_history", house.amira, asset_id=lift_id)
    [year] = history["years"]
    assert (year["faults"], year["requests"], year["cost_cents"]) == (1, 3, 0)
    assert history["total"] == {"faults": 1, "requests": 3, "cost_cents": 0}


def test_what_its_work_cost_is_added_up(house: House, lift_id: str) -> None:
    request = house.receive_standard(asset_id=lift_id)
    which = {"request_id": str(request["request_id"])}
    house.tell("dispatch.work_orders_planned", **which)
    house.tell("dispatch.work_order_changed", **which, cost_cents=12_550)
    history = house.call("get_asset_history", house.amira, asset_id=lift_id)
    assert history["total"]["cost_cents"] == 12_550


def test_an_object_without_requests_has_no_years(house: House, lift_id: str) -> None:
    history = house.call("get_asset_history", house.amira, asset_id=lift_id)
    assert (history["years"], history["total"]["requests"]) == ([], 0)


def test_an_object_that_is_unknown_has_no_history(house: House) -> None:
    with pytest.raises(NotFound):
        house.call("get_asset_history", house.amira, asset_id=str(new_id()))


def test_requests_are_listed_by_what_they_are_about(house: House, lift_id: str) -> None:
    about = house.receive(kind="fault", asset_id=lift_id)
    house.receive(kind="fault")
    found = house.list(house.amira, asset_id=lift_id)["items"]
    assert [each["request_id"] for each in found] == [about["request_id"]]
