"""Requests about an object of the register: at receipt, in triage, put right, and told to executors."""

from __future__ import annotations

from typing import Any

import pytest
from servicekit.errors import Invalid
from servicekit.ids import new_id

from .house import House
from .test_assets import PLACES, lift, save

View = dict[str, Any]
UNTIL = "2028-01-31"


@pytest.fixture
def ids(house: House) -> dict[str, str]:
    """Of objects by code, and of places by key."""
    house.save_locations(*PLACES)
    saved = save(
        house, lift(warranty_until=UNTIL, supplier="vonk-val"),
        lift("LIFT-2"), lift("LIFT-K", location_key="kade"), lift("LIFT-OUD", withdrawn=True),
        lift("PRN-1", kind="printer", location_key="sluis-2-14"),
    )  # fmt: skip
    places = {each["key"]: str(each["location_id"]) for each in house.list_locations()["items"]}
    return places | {each["code"]: str(each["asset_id"]) for each in saved["items"]}


def code(request: View) -> str | None:
    return (
        request["asset"]["code"]
        if isinstance(request["asset"], dict)
        else getattr(request["asset"], "code", None)
    )


def path(request: View) -> str:
    place = request["location"]
    return str(place["path"] if isinstance(place, dict) else place.path)


def test_the_place_follows_from_the_object_and_the_object_shows_its_name(
    house: House, ids: dict[str, str]
) -> None:
    dutch = house.receive(asset_id=ids["LIFT-1"], object="dat ding")
    english = house.receive(house.daan, asset_id=ids["LIFT-1"])
    assert (code(dutch), path(dutch), dutch["object"]) == ("LIFT-1", "De Sluis", "Personenlift")
    assert english["object"] == "Passenger lift"
    assert code(house.get(dutch)) == "LIFT-1"
    assert [code(each) for each in house.list()["items"]] == ["LIFT-1", "LIFT-1"]


def test_a_wider_place_may_be_chosen_beside_it_and_another_may_not(house: House, ids: dict[str, str]) -> None:
    request = house.receive(asset_id=ids["PRN-1"], location_id=ids["sluis"])
    assert path(request) == "De Sluis / Verdieping 2 / 2.14"
    with pytest.raises(Invalid) as refused:
        house.receive(asset_id=ids["PRN-1"], location_id=ids["kade"])
    assert "De Sluis / Verdieping 2 / 2.14" in refused.value.errors["asset_id"][0]


@pytest.mark.parametrize("which", ["LIFT-OUD", None])
def test_an_object_that_is_gone_or_unknown_cannot_be_reported(
    house: House, ids: dict[str, str], which: str | None
) -> None:
    with pytest.raises(Invalid) as refused:
        house.receive(asset_id=ids[which] if which else str(new_id()))
    assert list(refused.value.errors) == ["asset_id"]


def test_a_request_keeps_what_was_known_when_it_was_reported(house: House, ids: dict[str, str]) -> None:
    request = house.receive(asset_id=ids["LIFT-1"])
    save(house, lift(name={"nl": "Lift A", "en": "Lift A"}, location_key="kade", withdrawn=True))
    kept = house.get(request)
    assert (kept["object"], path(kept)) == ("Personenlift", "De Sluis")


def test_receiving_about_an_object_takes_three_statements(
    house: House, ids: dict[str, str], statements: list[str]
) -> None:
    house.receive_standard(asset_id=ids["LIFT-1"])  # reads the product once
    statements.clear()
    house.receive_standard(asset_id=ids["LIFT-1"])
    assert len(statements) == 3


def test_the_work_is_told_which_object_with_code_warranty_and_supplier(
    house: House, ids: dict[str, str]
) -> None:
    house.receive_standard(asset_id=ids["LIFT-1"])
    told = house.told_last("request_accepted")
    assert told["object"] == "Personenlift"
    assert told["asset"] == {
        "asset_id": ids["LIFT-1"], "code": "LIFT-1", "kind": "lift", "warranty_until": UNTIL,
        "name": {"nl": "Personenlift", "en": "Passenger lift"}, "supplier": "vonk-val",
    }  # fmt: skip
    house.receive_standard(object="kier in de deur")
    told = house.told_last("request_accepted")
    assert (told["object"], told["asset"]) == ("kier in de deur", None)


def test_the_desk_names_the_object_in_triage(house: House, ids: dict[str, str]) -> None:
    request = house.triage(house.receive(location_id=ids["kade"]), asset_id=ids["LIFT-1"])
    assert (code(request), path(request), request["object"]) == ("LIFT-1", "De Sluis", "Personenlift")


def test_words_do_not_rename_an_object_of_the_register(house: House, ids: dict[str, str]) -> None:
    request = house.triage(house.receive(asset_id=ids["LIFT-1"]), object="iets anders")
    assert request["object"] == "Personenlift"


def test_free_words_stay_possible(house: House) -> None:
    request = house.triage(house.receive(object="radiator"), object="radiator bij het raam")
    assert (request["asset"], request["object"]) == (None, "radiator bij het raam")


def test_another_object_at_the_same_place_is_put_right_as_data(house: House, ids: dict[str, str]) -> None:
    request = house.receive_standard(asset_id=ids["LIFT-1"])
    house.correct(request, "data", asset_id=ids["LIFT-2"])
    assert code(house.get(request)) == "LIFT-2"
    told = house.told_last("request_corrected")
    assert (told["correction"]["effect"], told["asset"]["code"]) == ("refresh", "LIFT-2")
    with pytest.raises(Invalid) as refused:
        house.preview(request, "data", asset_id=ids["LIFT-K"])
    assert list(refused.value.errors) == ["asset_id"]


def test_an_object_elsewhere_is_put_right_with_its_place(house: House, ids: dict[str, str]) -> None:
    request = house.receive_standard(asset_id=ids["LIFT-1"])
    house.correct(request, "place", asset_id=ids["LIFT-K"])
    kept = house.get(request)
    assert (code(kept), path(kept)) == ("LIFT-K", "De Kade")
    assert house.told_last("request_corrected")["correction"]["effect"] == "replan"


def test_an_object_that_is_not_at_the_right_place_is_pointed_out(house: House, ids: dict[str, str]) -> None:
    request = house.receive_standard(asset_id=ids["LIFT-1"])
    with pytest.raises(Invalid) as refused:
        house.preview(request, "place", location_id=ids["kade"], asset_id=ids["PRN-1"])
    assert "De Sluis / Verdieping 2 / 2.14" in refused.value.errors["asset_id"][0]
    house.correct(request, "place", location_id=ids["kade"], asset_id=ids["LIFT-K"])
    assert code(house.get(request)) == "LIFT-K"


def test_at_another_place_it_is_not_that_object(house: House, ids: dict[str, str]) -> None:
    request = house.receive_standard(asset_id=ids["LIFT-1"])
    house.correct(request, "place", location_id=ids["kade"])
    kept = house.get(request)
    assert (kept["asset"], kept["object"], path(kept)) == (None, None, "De Kade")


# --- reported already -------------------------------------------------------------------------------------


def proposed(house: House, text: str, **about: str) -> list[View]:
    found: list[View] = house.call("get_proposals", house.daan, text=text, **about)["duplicates"]
    return found


def test_what_is_open_on_the_same_object_is_pointed_out_without_a_word_of_it(
    house: House, ids: dict[str, str]
) -> None:
    house.receive(kind="fault", text="Staat stil tussen twee lagen", asset_id=ids["LIFT-1"])
    [same] = proposed(house, "Knop reageert nergens op", asset_id=ids["LIFT-1"])
    assert (same["kind"], same["path"]) == ("fault", "De Sluis")
    assert same["request_id"] is same["summary"] is same["reference"] is None


def test_another_object_at_the_place_is_not_the_same(house: House, ids: dict[str, str]) -> None:
    house.receive(kind="fault", text="De lift staat stil", asset_id=ids["LIFT-2"])
    assert proposed(house, "De lift staat stil", asset_id=ids["LIFT-1"]) == []
    assert len(proposed(house, "De lift staat stil", location_id=ids["sluis"])) == 1


def test_the_same_thing_in_words_at_the_place_is_pointed_out(house: House, ids: dict[str, str]) -> None:
    house.receive(kind="fault", text="Maakt herrie", object="lift", location_id=ids["sluis"])
    assert len(proposed(house, "Hangt scheef", object="de lift", location_id=ids["sluis"])) == 1
    assert proposed(house, "Hangt scheef", object="printer", location_id=ids["sluis"]) == []


def test_an_object_takes_one_statement_more_for_its_usual_product(
    house: House, ids: dict[str, str], statements: list[str]
) -> None:
    proposed(house, "Staat stil", location_id=ids["sluis"])
    statements.clear()
    proposed(house, "Staat stil", location_id=ids["sluis"])
    before = len(statements)
    statements.clear()
    proposed(house, "Staat stil", asset_id=ids["LIFT-1"])
    assert len(statements) == before + 1


def test_what_is_ready_is_not_pointed_out(house: House, ids: dict[str, str]) -> None:
    house.reject(house.receive(kind="fault", asset_id=ids["LIFT-1"]))
    assert proposed(house, "Staat stil", asset_id=ids["LIFT-1"]) == []
