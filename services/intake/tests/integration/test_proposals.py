"""Proposals from the catalogue and from what the desk chose, over a real database."""

from __future__ import annotations

from typing import Any

import pytest
from servicekit.actor import Actor
from servicekit.errors import Invalid

from .house import House, person

VISITOR = Actor("anonymous", "visitor", roles=frozenset({"visitor"}))
PLACES = [
    {"key": "sluis", "name": "De Sluis"},
    {"key": "sluis-2", "name": "Verdieping 2", "parent_key": "sluis"},
    {"key": "sluis-2-14", "name": "2.14", "parent_key": "sluis-2"},
    {"key": "kade", "name": "De Kade"},
    {"key": "kade-2", "name": "Verdieping 2", "parent_key": "kade"},
    {"key": "volkerak", "name": "Vergaderzaal Volkerak", "parent_key": "sluis-2"},
]


def propose(house: House, text: str, actor: Actor | None = None, **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = house.call("get_proposals", actor or house.sanne, text=text, **more)
    return answer


def lamp(house: House, **changes: Any) -> str:
    given = {
        "slug": "lamp-kapot",
        "kind": "fault",
        "name": {"nl": "Lamp kapot", "en": "Lamp broken"},
        "category": {"nl": "Reparaties", "en": "Repairs"},
        "description": {"nl": "Wij vervangen de lamp.", "en": "We replace the lamp."},
        "examples": {"yes": [{"nl": "Het licht knippert.", "en": "The light flickers."}], "no": []},
        "questions": [],
    }
    return str(house.publish_product(**{**given, **changes}))


def products(found: dict[str, Any]) -> list[str]:
    return [each["product_id"] for each in found["products"]]


def kinds(found: dict[str, Any]) -> list[str]:
    return [each["kind"] for each in found["kinds"]]


def paths(found: dict[str, Any]) -> list[str]:
    return [each["path"] for each in found["locations"]]


def test_the_catalogue_is_known_from_its_first_fact_in_both_languages(house: House) -> None:
    lamp_id = lamp(house)
    for text in ("De lamp boven mijn bureau is kapot", "The light above my desk flickers"):
        found = propose(house, text)
        assert products(found)[0] == lamp_id
        assert kinds(found)[0] == "fault"
    assert set(found["products"][0]["because"]) == {"flickers", "light"}
    assert 0.3 <= found["products"][0]["confidence"] <= 1


def test_what_says_too_little_gets_no_proposal(house: House) -> None:
    lamp(house)
    found = propose(house, "Hallo, kunt u mij bellen?")
    assert (found["products"], found["locations"]) == ([], [])


def test_what_is_withdrawn_is_not_proposed_and_comes_back_with_a_new_version(house: House) -> None:
    lamp_id = lamp(house)
    assert products(propose(house, "lamp kapot")) == [lamp_id]
    house.tell("catalog.product_withdrawn", product_id=lamp_id, withdrawn_at="2026-04-01T09:00:00Z")
    assert products(propose(house, "lamp kapot")) == []
    lamp(house, product_id=lamp_id, version=3, published_at="2026-05-01T09:00:00Z")
    assert products(propose(house, "lamp kapot")) == [lamp_id]


def test_the_next_proposal_knows_what_the_desk_chose(house: House) -> None:
    lamp_id = lamp(house)
    assert products(propose(house, "Het spotje flakkert")) == []
    house.triage(house.receive(text="Het spotje flakkert weer"), product_id=lamp_id, answers={})
    found = propose(house, "Het spotje flakkert")
    assert products(found) == [lamp_id]
    assert set(found["products"][0]["because"]) == {"spotje", "flakkert"}


def test_a_call_that_the_desk_sorts_teaches_too(house: House) -> None:
    house.receive(house.amira, requester_id=house.daan.person_id, channel="phone", kind="wish",
                  text="Pingpongtafel neerzetten")  # fmt: skip
    assert kinds(propose(house, "Nog een pingpongtafel neerzetten"))[0] == "wish"


def test_whoever_reports_cannot_teach(house: House) -> None:
    before = propose(house, "Gnorf wibbel plof")
    for _ in range(5):
        house.receive(kind="complaint", text="Gnorf wibbel plof", proposed={"kinds": ["wish"]})
    assert propose(house, "Gnorf wibbel plof") == before


def test_a_room_number_a_name_and_a_floor_are_places(house: House) -> None:
    house.save_locations(*PLACES)
    assert paths(propose(house, "Koud op 2.14!")) == ["De Sluis / Verdieping 2 / 2.14"]
    assert paths(propose(house, "Geen beeld in Volkerak")) == [
        "De Sluis / Verdieping 2 / Vergaderzaal Volkerak"
    ]
    found = propose(house, "Water on the second floor of De Kade")
    assert paths(found) == ["De Kade / Verdieping 2"]
    assert found["locations"][0]["because"] == ("second floor", "De Kade")


def test_without_a_place_in_the_words_it_is_where_the_reporter_usually_is(house: House) -> None:
    house.save_locations(*PLACES)
    house.save_people(
        {
            "key": "sanne",
            "name": "Sanne de Wit",
            "email": "sanne@meerwal.example",
            "location_key": "sluis-2-14",
        }
    )
    own = propose(house, "Het is koud")
    assert own["locations"][0]["usual"]
    assert paths(own) == ["De Sluis / Verdieping 2 / 2.14"]
    for_her = propose(house, "Het is koud", house.amira, requester_id=house.sanne.person_id)
    assert paths(for_her) == paths(own)
    not_hers = propose(house, "Het is koud", house.daan, requester_id=house.sanne.person_id)
    assert paths(not_hers) == []


def test_a_stranger_hears_of_products_and_not_of_places(house: House) -> None:
    house.save_locations(*PLACES)
    lamp_id = lamp(house)
    found = propose(house, "Lamp kapot op 2.14", VISITOR)
    assert (products(found), found["locations"]) == ([lamp_id], [])


def test_what_is_for_another_group_is_not_proposed(house: House) -> None:
    lamp_id = lamp(house, audience={"departments": ["Communicatie"], "locations": []})
    assert products(propose(house, "lamp kapot", house.sanne)) == [lamp_id]
    assert products(propose(house, "lamp kapot", house.daan)) == []
    for_him = propose(house, "lamp kapot", house.amira, requester_id=house.daan.person_id)
    assert products(for_him) == []


def test_what_was_chosen_is_counted_beside_what_was_proposed(house: House, clock: Any) -> None:
    lamp_id, other = lamp(house), str(house.radiator)
    sets = [
        {"product_ids": [lamp_id, other], "kinds": ["fault"]},
        {"product_ids": [other, lamp_id], "kinds": ["wish"]},
        {"product_ids": [other], "kinds": []},
    ]
    for proposed in sets:
        house.receive(text="Lamp kapot", product_id=lamp_id, answers={}, proposed=proposed)
    house.receive(text="Wat een weer", proposed={"product_ids": [other]})
    day = clock.now().date().isoformat()
    counted = house.call("get_acceptance", person("Mo", "manager"), first=day, last=day)
    assert counted["product"] == {"proposed": 4, "first": 1, "other": 1, "none": 1}
    assert counted["kind"] == {"proposed": 2, "first": 1, "other": 0, "none": 0}


def test_proposing_takes_two_statements_once_it_knows(house: House, statements: list[str]) -> None:
    lamp(house)
    propose(house, "lamp kapot")
    statements.clear()
    propose(house, "lamp kapot")
    assert len([text for text in statements if text.lstrip().upper().startswith("SELECT")]) == 2


@pytest.mark.parametrize("text", ["", " ", "\x00"])
def test_there_must_be_words(house: House, text: str) -> None:
    with pytest.raises(Invalid):
        propose(house, text)


def test_a_choice_that_is_put_right_is_forgotten(house: House) -> None:
    lamp_id = lamp(house)
    request = house.receive(text="Flakkerend spotje")
    house.answer(request)
    assert kinds(propose(house, "Flakkerend spotje"))[0] == "information"
    reopened = house.reopen(house.get(request))
    house.triage(reopened, product_id=lamp_id, answers={}, kind="fault")
    assert kinds(propose(house, "Flakkerend spotje"))[0] == "fault"


# --- duplicates ---


@pytest.fixture
def rooms(house: House) -> dict[str, str]:
    house.save_locations(*PLACES, {"key": "sluis-2-15", "name": "2.15", "parent_key": "sluis-2"})
    saved = house.list_locations(limit=50)["items"]
    return {each["key"]: str(each["location_id"]) for each in saved}


def known(found: dict[str, Any]) -> list[str | None]:
    return [each["reference"] for each in found["duplicates"]]


def test_the_same_at_the_same_place_is_pointed_out_to_the_desk(house: House, rooms: dict[str, str]) -> None:
    request = house.receive(text="De radiator is koud", kind="fault", location_id=rooms["sluis-2-14"])
    found = propose(house, "radiator koud op 2.14", house.amira)
    assert known(found) == [request["reference"]]
    assert found["duplicates"][0]["because"] == ("radiator", "koud")
    assert found["duplicates"][0]["summary"] == "De radiator is koud"


def test_whoever_reports_hears_that_it_is_known_and_nothing_of_another(
    house: House, rooms: dict[str, str]
) -> None:
    house.receive(text="Radiator koud, Jan is ziek", kind="fault", location_id=rooms["sluis-2-14"])
    (other,) = propose(house, "radiator koud op 2.14, is Jan er?", house.daan)["duplicates"]
    assert (other["request_id"], other["reference"], other["summary"]) == (None, None, None)
    assert "Jan" not in str(other)
    assert "Sanne" not in str(other)
    assert other["path"] == "De Sluis / Verdieping 2 / 2.14"
    (own,) = propose(house, "radiator koud op 2.14", house.sanne)["duplicates"]
    assert own["summary"] == "Radiator koud, Jan is ziek"


@pytest.mark.parametrize("kind", ["order", "complaint", "wish", "information"])
def test_what_another_orders_or_complains_about_is_their_own_affair(
    house: House, rooms: dict[str, str], kind: str
) -> None:
    request = house.receive(text="De radiator is koud", kind=kind, location_id=rooms["sluis-2-14"])
    assert known(propose(house, "radiator koud op 2.14", house.daan)) == []
    assert known(propose(house, "radiator koud op 2.14", house.amira)) == [request["reference"]]


def test_another_room_other_words_or_a_closed_one_is_no_duplicate(
    house: House, rooms: dict[str, str]
) -> None:
    house.receive(text="De radiator is koud", kind="fault", location_id=rooms["sluis-2-15"])
    house.receive(text="Het stopcontact vonkt", kind="fault", location_id=rooms["sluis-2-14"])
    over = house.receive(text="De radiator is koud", kind="fault", location_id=rooms["sluis-2-14"])
    house.answer(over)
    assert known(propose(house, "radiator koud op 2.14", house.amira)) == []


def test_the_same_product_at_the_same_place_is_enough_but_not_inside_it(
    house: House, rooms: dict[str, str]
) -> None:
    lamp_id = lamp(house)
    in_room = house.receive(
        text="Donker hier", product_id=lamp_id, answers={}, location_id=rooms["sluis-2-14"]
    )
    assert known(propose(house, "lamp kapot op 2.14", house.amira)) == [in_room["reference"]]
    assert known(propose(house, "lamp kapot", house.amira, location_id=rooms["sluis-2"])) == []
    on_floor = house.receive(text="Donker hier", product_id=lamp_id, answers={}, location_id=rooms["sluis-2"])
    assert known(propose(house, "lamp kapot", house.amira, location_id=rooms["sluis-2-15"])) == [
        on_floor["reference"]
    ]


def test_a_stranger_hears_nothing_of_what_is_open(house: House, rooms: dict[str, str]) -> None:
    house.receive(text="De radiator is koud", kind="fault", location_id=rooms["sluis-2-14"])
    found = propose(house, "radiator koud op 2.14", VISITOR, location_id=rooms["sluis-2-14"])
    assert found["duplicates"] == []
