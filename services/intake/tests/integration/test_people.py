"""What the desk keeps of a person: further numbers and addresses, notes, and every contact with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from intake.storage import finding
from servicekit.errors import Forbidden, Invalid, NotFound, Stale
from servicekit.ids import new_id

from .house import House, person

SPELLINGS = (
    "+31 6 12345678", "06-12345678", "0031612345678", "06 1234 5678", "(06) 12 34 56 78", "+31 (0)6 12345678",
    "12345678", "5678", "0612345678", "06.12.34.56.78",
)  # fmt: skip


def keep(house: House, version: int = 0, **contacts: Any) -> Any:
    return house.call(
        "save_contacts", house.amira, person_id=house.sanne.person_id, version=version, **contacts
    )


def get(house: House, actor: Any = None) -> Any:
    return house.call("get_person", actor or house.amira, person_id=house.sanne.person_id)


def moments(house: House, **page: Any) -> Any:
    found = house.call("list_contact_moments", house.amira, person_id=house.sanne.person_id, **page)
    return found["items"]


def names(page: dict[str, Any]) -> list[str]:
    return [item["name"] for item in page["items"]]


@pytest.mark.parametrize("said", SPELLINGS)
@pytest.mark.parametrize("written", ["06-12345678", "+31 (0)6 1234 5678", "0031 6 12345678"])
def test_a_caller_is_found_by_any_spelling_of_any_of_their_numbers(
    house: House, written: str, said: str
) -> None:
    keep(house, phones=[{"number": written, "label": "mobiel"}])
    assert names(house.list_people(q=said)) == ["Sanne de Wit"]
    assert names(house.list_people(q="020 555 01 23")) == ["Sanne de Wit"]


def test_a_foreign_number_is_found_by_how_it_is_dialled(house: House) -> None:
    keep(house, phones=[{"number": "+44 20 7946 0123"}])
    for said in ("0044 20 7946 0123", "+44 (0)20 7946 0123", "2079460123"):
        assert names(house.list_people(q=said)) == ["Sanne de Wit"]


def test_a_person_is_found_by_further_address_and_by_personnel_number(house: House) -> None:
    keep(house, emails=[{"address": "S.deWit@Thuis.example"}])
    house.save_people({"key": "daan", "name": "Daan Smit", "personnel_number": "M-2043"})

    assert names(house.list_people(q="s.dewit@thuis")) == ["Sanne de Wit"]
    assert names(house.list_people(q="m-2043")) == ["Daan Smit"]
    sender = house.call("get_sender", person("Bode", "program"), address="s.dewit@thuis.example")
    assert str(sender["person_id"]) == house.sanne.person_id


def test_numbers_are_kept_as_people_read_them_each_once(house: House) -> None:
    kept = keep(house, phones=[{"number": "0612345678"}, {"number": "+31 6 12345678"}, {"number": "4123"}])
    assert [(each["number"], each["kept"]) for each in kept["phones"]] == [
        ("020-555 01 23", False), ("+31 6 12345678", True), ("4123", True),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["bel mij", "06-1", "12", "+31 6 12345678901234", "020 555 01 23 toestel"])
def test_what_is_no_number_is_not_kept(house: House, number: str) -> None:
    with pytest.raises(Invalid) as wrong:
        keep(house, phones=[{"number": number}])
    assert "phones.0.number" in wrong.value.errors


def test_an_import_leaves_what_the_desk_keeps(house: House) -> None:
    keep(house, phones=[{"number": "06-12345678"}], addresses=[{"kind": "post", "text": "Kade 1"}])
    house.save_people({"key": "sanne", "name": "Sanne de Wit-Bos", "phone": "020-555 77 77"})

    found = get(house)
    assert [each["number"] for each in found["phones"]] == ["020-555 77 77", "+31 6 12345678"]
    assert found["addresses"] == [{"kind": "post", "text": "Kade 1"}]
    assert names(house.list_people(q="06 12345678")) == ["Sanne de Wit-Bos"]


def test_a_number_that_is_given_up_finds_nobody(house: House) -> None:
    keep(house, phones=[{"number": "06-12345678"}])
    keep(house, version=1, phones=[])
    assert names(house.list_people(q="06-12345678")) == []


def test_who_looked_at_older_numbers_changes_nothing(house: House) -> None:
    keep(house, phones=[{"number": "06-12345678"}])
    with pytest.raises(Stale):
        keep(house, phones=[])
    assert len(get(house)["phones"]) == 2


def test_a_note_says_who_wrote_it_and_when_and_goes_for_good(house: House) -> None:
    note = house.call("add_relation_note", house.amira, person_id=house.sanne.person_id, text="Hoort slecht")
    [read] = get(house)["notes"]
    assert (read["text"], read["by"], read["at"]) == ("Hoort slecht", "Amira Haddad", house.clock.now())

    house.call("remove_relation_note", house.amira, note_id=str(note["note_id"]))
    assert get(house)["notes"] == []
    with pytest.raises(NotFound):
        house.call("remove_relation_note", house.amira, note_id=str(note["note_id"]))


def test_notes_are_for_those_who_keep_them(house: House) -> None:
    house.call("add_relation_note", house.amira, person_id=house.sanne.person_id, text="Hoort slecht")
    assert get(house, house.program)["notes"] == []


def test_a_note_is_about_one_person_or_customer_that_is_known(house: House) -> None:
    for about in ({}, {"person_id": house.sanne.person_id, "customer_id": str(new_id())}):
        with pytest.raises(Invalid):
            house.call("add_relation_note", house.amira, text="Hoort slecht", **about)
    for name in ("person_id", "customer_id"):
        with pytest.raises(NotFound):
            house.call("add_relation_note", house.amira, text="Hoort slecht", **{name: str(new_id())})


def test_every_contact_is_listed_with_its_channel_the_newest_first(house: House) -> None:
    request = house.receive(house.amira, channel="phone", requester_id=house.sanne.person_id)
    house.clock.move(timedelta(minutes=5))
    house.ask(request)
    house.clock.move(timedelta(minutes=5))
    which = {"request_id": str(request["request_id"])}
    house.call("reply_to_desk", house.sanne, text="Kamer 2.14", channel="email", **which)
    house.clock.move(timedelta(minutes=5))
    house.call(
        "note_contact", house.amira, person_id=house.sanne.person_id, channel="counter",
        text="Vroeg hoe het staat", **which,
    )  # fmt: skip

    found = [(each["type"], each["direction"], each["channel"], each["text"]) for each in moments(house)]
    assert found == [
        ("noted", "in", "counter", "Vroeg hoe het staat"),
        ("replied", "in", "email", "Kamer 2.14"),
        ("asked", "out", "site", "Welke kamer?"),
        ("received", "in", "phone", "De radiator blijft koud"),
    ]
    assert {each["reference"] for each in moments(house)} == {request["reference"]}


def test_what_a_requester_says_by_clicking_came_over_the_site_and_through_the_desk_by_telephone(
    house: House,
) -> None:
    for actor, channel in ((house.sanne, "site"), (house.amira, "phone")):
        request = house.receive()
        house.withdraw(house.get(request), actor)
        assert (moments(house)[0]["type"], moments(house)[0]["channel"]) == ("withdrawn", channel)


def test_contact_moments_come_in_pages(house: House) -> None:
    for number in range(5):
        house.clock.move(timedelta(minutes=1))
        house.call(
            "note_contact", house.amira, person_id=house.sanne.person_id, channel="phone",
            text=f"Telefoon {number}",
        )  # fmt: skip
    query = {"person_id": house.sanne.person_id, "limit": 2}
    seen, cursor = [], None
    while True:
        page = house.call("list_contact_moments", house.amira, cursor=cursor, **query)
        seen += [each["text"] for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"Telefoon {number}" for number in (4, 3, 2, 1, 0)]


def test_a_contact_is_about_a_request_of_that_person_and_not_still_to_come(house: House) -> None:
    other = house.receive(house.daan)
    given = {"person_id": house.sanne.person_id, "channel": "phone", "text": "Belde"}
    with pytest.raises(Invalid):
        house.call("note_contact", house.amira, request_id=str(other["request_id"]), **given)
    with pytest.raises(Invalid):
        house.call("note_contact", house.amira, at="2199-01-01T00:00:00Z", **given)
    assert moments(house) == []


def test_a_person_shows_how_it_stands_with_their_requests(house: House) -> None:
    first, second = house.receive(), house.receive_standard()
    house.withdraw(house.get(second))
    found = get(house)
    assert (found["open"], found["closed"]) == (1, 1)
    assert found["next_promise"]["request_id"] == UUID(str(first["request_id"]))


def test_only_those_who_keep_relations_may(house: House) -> None:
    with pytest.raises(Forbidden):
        house.sanne.require("relations.keep")
    with pytest.raises(NotFound):
        house.call("get_person", house.amira, person_id=str(new_id()))


@pytest.mark.parametrize(
    ("q", "index"),
    [("06-12345678", "person_phones_pkey"), ("s.dewit@thuis", "person_emails_pkey"),
     ("m-2043", "people_personnel_number"), ("sanne wit", "people_words")],
)  # fmt: skip
def test_each_way_of_finding_a_caller_reads_an_index(house: House, q: str, index: str) -> None:
    statement = sa.select(finding.matching(q).c.person_id)
    with house.engine.connect() as connection:
        compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
        # Of a handful of rows any way is cheap; what is left is what an index can be asked.
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            connection.execute(sa.text(f"SET enable_{way} = off"))
        plan = "\n".join(connection.exec_driver_sql("EXPLAIN " + str(compiled).replace("%", "%%")).scalars())
    assert index in plan
    assert "Seq Scan" not in plan
