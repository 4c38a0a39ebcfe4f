"""The register of objects: saved in bulk, found, and brought in from a file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from servicekit.errors import Invalid, NotFound
from servicekit.ids import new_id

from .house import House, person

KARIN = person("Karin", "manager", person_id=str(new_id()))
PLACES = (
    {"key": "sluis", "name": "De Sluis", "kind": "building"},
    {"key": "sluis-2", "name": "Verdieping 2", "parent_key": "sluis"},
    {"key": "sluis-2-14", "name": "2.14", "parent_key": "sluis-2"},
    {"key": "kade", "name": "De Kade", "kind": "building"},
)
View = dict[str, Any]


def lift(code: str = "LIFT-1", **changes: Any) -> View:
    said = {"code": code, "name": {"nl": "Personenlift", "en": "Passenger lift"}, "kind": "lift"}
    return {**said, "location_key": "sluis", **changes}


def save(house: House, *items: View) -> View:
    answer: View = house.call("save_assets", KARIN, items=list(items))
    return answer


def found(house: House, **query: Any) -> list[str]:
    return [each["code"] for each in house.call("list_assets", house.sanne, **query)["items"]]


def import_(house: House, *records: View) -> View:
    answer: View = house.call("import_assets", KARIN, records=list(records))
    return answer


@pytest.fixture(autouse=True)
def places(house: House) -> None:
    house.save_locations(*PLACES)


def test_objects_are_saved_by_their_code_and_again_without_harm(house: House) -> None:
    first = save(house, lift(), lift("LIFT-2"))
    again = save(house, lift(), lift("LIFT-2", warranty_until="2028-01-31"))
    assert (first["created"], first["updated"], first["unchanged"]) == (2, 0, 0)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 1, 1)
    assert again["items"] == first["items"]


def test_an_object_is_kept_with_all_that_was_said_of_it(house: House) -> None:
    said = {"warranty_until": "2028-01-31", "supplier": "vonk-val", "product": "werkplek-verhuizen"}
    saved = save(house, lift(" lift-1 ", **said))
    one = house.call("get_asset", house.sanne, asset_id=str(saved["items"][0]["asset_id"]))
    assert one["code"] == "LIFT-1"
    assert one["name"] == {"nl": "Personenlift", "en": "Passenger lift"}
    assert (one["warranty_until"], one["supplier"]) == (date(2028, 1, 31), "vonk-val")
    assert (one["product"], one["withdrawn"]) == ("werkplek-verhuizen", False)
    assert (one["location"]["key"], one["location"]["path"]) == ("sluis", "De Sluis")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "LIFT 1"}, "items.0.code"),
        ({"code": "A" * 25}, "items.0.code"),
        ({"code": "-LIFT"}, "items.0.code"),
        ({"name": {"nl": "Lift"}}, "items.0.name.en"),
        ({"location_key": "nergens"}, "items.0.location_key"),
        ({"product": "bestaat-niet"}, "items.0.product"),
        ({"supplier": "Vonk & Val"}, "items.0.supplier"),
        ({"warranty_until": "1820-01-01"}, "items.0.warranty_until"),
        ({"colour": "red"}, "items.0.colour"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_kept(
    house: House, change: View, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        save(house, lift(**change), lift("LIFT-2"))
    assert list(refused.value.errors) == [field]
    assert found(house) == []


def test_the_same_code_twice_in_one_list_is_refused(house: House) -> None:
    with pytest.raises(Invalid) as refused:
        save(house, lift(), lift("lift-1"))
    assert list(refused.value.errors) == ["items.1.code"]


def test_objects_are_found_by_words_kind_and_place_with_what_lies_in_it(house: House) -> None:
    printer = {"kind": "printer", "name": {"nl": "Kleurenprinter", "en": "Colour printer"}}
    save(
        house, lift(), lift("PRN-1", location_key="sluis-2-14", **printer),
        lift("PRN-2", location_key="kade", withdrawn=True, **printer),
    )  # fmt: skip
    ids = {each["key"]: str(each["location_id"]) for each in house.list_locations()["items"]}
    assert found(house) == ["LIFT-1", "PRN-1", "PRN-2"]
    assert found(house, q="colour sluis") == ["PRN-1"]
    assert found(house, q="prn-2") == ["PRN-2"]
    assert found(house, q="100%") == []
    assert found(house, kind="printer", withdrawn=False) == ["PRN-1"]
    assert found(house, location_id=ids["sluis-2"]) == ["PRN-1"]
    assert found(house, location_id=ids["sluis"]) == ["LIFT-1", "PRN-1"]
    assert house.call("list_asset_kinds", KARIN)["items"] == ["lift", "printer"]


def test_the_list_comes_in_pages(house: House) -> None:
    save(house, *(lift(f"LIFT-{number}") for number in range(1, 6)))
    first = house.call("list_assets", KARIN, limit=3)
    second = house.call("list_assets", KARIN, limit=3, cursor=first["next_cursor"])
    codes = [each["code"] for page in (first, second) for each in page["items"]]
    assert codes == ["LIFT-1", "LIFT-2", "LIFT-3", "LIFT-4", "LIFT-5"]
    assert second["next_cursor"] is None


def test_an_object_that_is_not_there_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        house.call("get_asset", KARIN, asset_id=str(new_id()))


def test_a_file_is_taken_row_by_row_and_refusals_say_their_line(house: House) -> None:
    save(house, lift("LIFT-1", kind="goederenlift"))
    rows = [lift("lift-1"), lift("LIFT-2"), lift("LIFT-3", location_key="nergens"), lift("LIFT-2"), lift("?")]
    answer = import_(house, *({**row, "line": line} for line, row in enumerate(rows, 2)))
    assert (answer["new"], answer["existing"]) == (1, 1)
    assert [(each["line"], each["key"]) for each in answer["refused"]] == [
        (4, "LIFT-3"), (5, "LIFT-2"), (6, "?"),
    ]  # fmt: skip
    assert answer["refused"][0]["reason"].startswith("location_key: There is no location with key 'nergens'.")
    kept = house.call("list_assets", KARIN)["items"]
    assert [(each["code"], each["kind"]) for each in kept] == [("LIFT-1", "goederenlift"), ("LIFT-2", "lift")]


def test_a_second_import_of_the_same_file_adds_nothing(house: House) -> None:
    import_(house, lift(), lift("LIFT-2"))
    again = import_(house, lift(), lift("LIFT-2"))
    assert (again["new"], again["existing"], again["refused"]) == (0, 2, [])
