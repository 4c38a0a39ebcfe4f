"""People and places: saved again and again without harm, found while the phone still rings."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from intake.domain.errors import Wrong
from servicekit.errors import Invalid, NotFound
from servicekit.ids import new_id

from .house import SANNE, House, person

SLUIS = {"key": "b", "name": "De Sluis", "kind": "building"}
FLOOR = {"key": "f", "name": "Verdieping 2", "parent_key": "b"}
ROOM = {"key": "r", "name": "2.14", "parent_key": "f"}
JAN = {"key": "jan", "name": "Jan Jansen", "phone": "+31 (0)20 555 99 88", "phones": ["4123"]}


def counts(result: dict[str, Any]) -> tuple[int, int, int]:
    return result["created"], result["updated"], result["unchanged"]


def names(page: dict[str, Any]) -> list[str]:
    return [item["name"] for item in page["items"]]


def test_saving_the_same_again_changes_nothing(house: House) -> None:
    first = house.save_locations(ROOM, FLOOR, SLUIS)
    again = house.save_locations(ROOM, FLOOR, SLUIS)

    assert (counts(first), counts(again)) == ((3, 0, 0), (0, 0, 3))
    assert first["items"] == again["items"]


def test_a_new_name_reaches_every_path_under_it(house: House) -> None:
    house.save_locations(SLUIS, FLOOR, ROOM)
    result = house.save_locations({**SLUIS, "name": "De Brug"})

    assert counts(result) == (0, 1, 0)
    assert [item["path"] for item in house.list_locations()["items"]] == [
        "De Brug", "De Brug / Verdieping 2", "De Brug / Verdieping 2 / 2.14",
    ]  # fmt: skip


def test_others_hear_of_the_places_that_changed_and_of_those_under_them(house: House) -> None:
    house.save_locations(SLUIS, FLOOR, ROOM)
    house.save_locations({**SLUIS, "name": "De Brug"})
    house.save_locations(FLOOR)
    first, second = [fact["data"] for fact in house.told() if fact["type"] == "intake.locations_saved"]
    assert len(first["locations"]) == 3
    assert sorted(place["path"] for place in second["locations"]) == [
        "De Brug", "De Brug / Verdieping 2", "De Brug / Verdieping 2 / 2.14",
    ]  # fmt: skip


def test_a_place_needs_a_parent_that_exists(house: House) -> None:
    with pytest.raises(Wrong):
        house.save_locations(ROOM)
    assert house.list_locations()["items"] == []


def test_a_key_twice_in_one_list_is_refused(house: House) -> None:
    with pytest.raises(Invalid) as wrong:
        house.save_locations(SLUIS, SLUIS)
    assert list(wrong.value.errors) == ["items.1.key"]


def test_places_are_found_by_any_words_of_their_path(house: House) -> None:
    house.save_locations(SLUIS, FLOOR, ROOM)

    assert names(house.list_locations(q="sluis 2.14")) == ["2.14"]
    assert names(house.list_locations(q="100%")) == []


def test_places_come_in_pages(house: House) -> None:
    house.save_locations(SLUIS, FLOOR, ROOM)
    first = house.list_locations(limit=2)
    second = house.list_locations(limit=2, cursor=first["next_cursor"])

    assert names(first) + names(second) == ["De Sluis", "Verdieping 2", "2.14"]


def test_people_are_saved_by_key(house: House) -> None:
    assert counts(house.save_people(JAN)) == (1, 0, 0)
    assert counts(house.save_people(JAN)) == (0, 0, 1)
    assert counts(house.save_people({**JAN, "department": "HR"})) == (0, 1, 0)
    [jan] = house.list_people(q="jan")["items"]
    assert (jan["department"], jan["phones"]) == ("HR", ["+31 (0)20 555 99 88", "4123"])


@pytest.mark.parametrize(
    "q", ["020-5559988", "+31205559988", "0031 20 555 99 88", "5559988", "9988", "4123", "(020) 555.99.88"]
)
def test_a_caller_is_found_by_any_spelling_and_by_the_last_digits(house: House, q: str) -> None:
    house.save_people(JAN)

    assert names(house.list_people(q=q)) == ["Jan Jansen"]


def test_a_number_that_is_given_up_finds_nobody(house: House) -> None:
    house.save_people(JAN)
    house.save_people({**JAN, "phone": "06-12345678", "phones": []})

    assert names(house.list_people(q="5559988")) == []
    assert names(house.list_people(q="12345678")) == ["Jan Jansen"]


@pytest.mark.parametrize(
    ("q", "found"),
    [("san wit", ["Sanne de Wit"]), ("sanne@meer", ["Sanne de Wit"]), ("smit", ["Daan Smit"]),
     ("d'a\\b:*", []), ("zz", [])],
)  # fmt: skip
def test_people_are_found_by_beginnings_of_words(house: House, q: str, found: list[str]) -> None:
    assert names(house.list_people(q=q)) == found


def test_people_come_in_pages_by_name(house: House) -> None:
    first = house.list_people(limit=1)
    second = house.list_people(limit=1, cursor=first["next_cursor"])

    assert names(first) + names(second) == ["Daan Smit", "Sanne de Wit"]
    assert second["next_cursor"] is None


def test_a_caller_is_looked_up_through_an_index(house: House) -> None:
    statement = (
        "EXPLAIN SELECT person_id FROM person_phones"
        " WHERE digits_reversed >= '3210555' AND digits_reversed < '3210555:'"
    )
    with house.engine.connect() as connection:
        connection.execute(sa.text("SET enable_seqscan = off"))
        plan = "\n".join(connection.scalars(sa.text(statement)))

    assert "person_phones_pkey" in plan
    assert "Filter" not in plan


def test_one_reads_oneself_and_where_one_usually_is(house: House) -> None:
    house.save_locations(SLUIS, FLOOR, ROOM)
    house.save_people({**SANNE, "location_key": "r"})

    own = house.call("get_own_person", house.sanne)

    assert own["name"] == "Sanne de Wit"
    assert own["location"]["path"] == "De Sluis / Verdieping 2 / 2.14"
    assert house.call("get_own_person", house.daan)["location"] is None


def test_who_is_nobody_here_has_no_person(house: House) -> None:
    for nobody in (house.program, person("Ghost", "requester", person_id=str(new_id()))):
        with pytest.raises(NotFound):
            house.call("get_own_person", nobody)
