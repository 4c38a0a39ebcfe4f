"""Begun on the site, finished by code at the phone or counter: one dossier, nothing personal on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from intake.domain import begun
from intake.handlers import beginning
from intake.storage.begun_tables import begun_reports
from servicekit.actor import Actor
from servicekit.errors import Conflict, Forbidden, Invalid, NotFound, RateLimited
from servicekit.receipts import StoredFile

from .house import RECEIPTS, House, person

VISITOR = Actor("anonymous", "visitor", roles=frozenset({"visitor"}))
MO = person("Mo Janssen", "manager")
TYPED = {"text": "De lamp flikkert", "answers.kleur": "warm", "wanted_day": "volgende week ergens"}


def begin(house: House, actor: Any = None, **more: Any) -> Any:
    return house.call("begin_report", actor or house.sanne, **{"filled": TYPED, **more})


def find(house: House, code: str, actor: Any = None) -> Any:
    return house.call("find_begun_report", actor or house.amira, code=code)


def finish(house: House, found: Any, channel: str = "phone", **more: Any) -> Any:
    given = {"text": "De lamp flikkert al een week", "channel": channel, **more}
    return house.receive(house.amira, begun_id=str(found["begun_id"]), **given)


def test_all_that_was_typed_is_there_for_who_takes_the_call_right_or_not(house: House) -> None:
    kept = begin(house)
    assert kept["until"] == house.clock.now() + begun.KEPT
    found = find(house, kept["code"])
    assert found["filled"] == TYPED
    assert found["person"] == {"person_id": UUID(house.sanne.person_id), "name": "Sanne de Wit"}


@pytest.mark.parametrize("typed", ["{0}-{1}", "{0}{1}", " {0} {1} ", "{0}.{1}"])
def test_a_code_is_known_however_it_is_typed(house: House, typed: str) -> None:
    halves = begin(house)["code"].lower().split("-")
    assert find(house, typed.format(*halves))["state"] == "open"


def test_it_becomes_one_dossier_that_began_on_the_site_with_both_contacts(house: House) -> None:
    found = find(house, begin(house)["code"])
    house.clock.move(timedelta(minutes=9))
    request = finish(house, found, channel="counter")

    dossier = house.get(request)
    assert (dossier["channel"], dossier["requester"].name) == ("site", "Sanne de Wit")
    lines = [(line["type"], line["by"]["name"], line["data"]["channel"]) for line in dossier["timeline"][:2]]
    assert lines == [("begun", "Sanne de Wit", "site"), ("received", "Amira Haddad", "counter")]
    moments = house.call("list_contact_moments", house.amira, person_id=house.sanne.person_id)["items"]
    assert [(each["channel"], each["direction"]) for each in moments[-2:]] == [
        ("counter", "in"),
        ("site", "in"),
    ]


@pytest.mark.parametrize(("notify", "expected"), [(None, False), (True, True)])
def test_who_was_spoken_to_is_not_mailed_unless_asked(house: House, notify: Any, expected: bool) -> None:
    finish(house, find(house, begin(house)["code"]), notify=notify)
    assert house.told_last("request_received")["notify"] is expected


def test_somebody_who_did_not_sign_in_is_whom_the_desk_says(house: House) -> None:
    found = find(house, begin(house, VISITOR, origin="a browser")["code"])
    assert found["person"] is None
    dossier = house.get(finish(house, found, requester_id=house.daan.person_id))
    assert dossier["timeline"][0]["by"]["name"] == "Daan Smit"


def test_a_code_is_used_once_and_then_says_what_it_became(house: House) -> None:
    code = begin(house)["code"]
    found = find(house, code)
    request = finish(house, found)
    again = find(house, code)
    assert (again["state"], again["request"]["reference"]) == ("finished", request["reference"])
    assert (again["filled"], again["person"]) == ({}, None)
    with pytest.raises(Conflict) as refused:
        finish(house, found)
    assert refused.value.code == "code_used"


def test_an_expired_code_says_so_and_nothing_of_what_was_typed(house: House) -> None:
    code = begin(house)["code"]
    found = find(house, code)
    house.clock.move(begun.KEPT)
    late = find(house, code)
    assert (late["state"], late["filled"], late["person"]) == ("expired", {}, None)
    with pytest.raises(Conflict) as refused:
        finish(house, found)
    assert refused.value.code == "code_expired"


def test_what_nobody_finished_is_removed_and_counted(house: House) -> None:
    begin(house)
    finish(house, find(house, begin(house)["code"]))
    begin(house, VISITOR, origin="a browser")
    house.clock.move(begun.KEPT)
    house.call_timer("expire_begun_reports")

    with house.engine.connect() as connection:
        rows = connection.execute(sa.select(begun_reports)).all()
    kept = [(row.filled, row.files, row.person_id, row.by, row.origin) for row in rows]
    assert kept == [(None, None, None, None, None)] * 3
    today = house.clock.now().date()
    days = {"first": (today - begun.KEPT).isoformat(), "last": today.isoformat()}
    figures = house.call("get_figures", house.amira, **days)
    assert figures["begun"] == {"begun": 3, "finished": 1, "expired": 2}


def test_a_file_that_was_chosen_goes_along_and_waits_safely(house: House) -> None:
    digest = "cd" * 32
    receipt = RECEIPTS.make(StoredFile(digest, "lamp.jpg", "image/jpeg", 10, scanned=True), house.sanne.id)
    code = begin(house, attachments=[receipt])["code"]
    known = house.call("list_known_files", house.amira, digests=[digest, "ef" * 32])
    assert known["digests"] == [digest]
    found = find(house, code)
    assert found["files"] == ["lamp.jpg"]
    (line,) = [each for each in house.get(finish(house, found))["timeline"] if each["type"] == "received"]
    assert [each["name"] for each in line["data"]["attachments"]] == ["lamp.jpg"]
    assert house.call("list_known_files", house.amira, digests=[digest])["digests"] == [digest]


@pytest.mark.parametrize("filled", [{}, {"text": "  "}, {"location_id": "x", "quantity": "1"}])
def test_nothing_is_kept_of_a_form_that_says_nothing(house: House, filled: Any) -> None:
    with pytest.raises(Invalid):
        begin(house, filled=filled)


@pytest.mark.parametrize("actor", ["sanne", "program"])
def test_a_code_says_nothing_to_others_than_the_desk(house: House, actor: str) -> None:
    code = begin(house)["code"]
    who = getattr(house, actor)
    with pytest.raises(Forbidden):
        house.receive(who, begun_id=str(find(house, code)["begun_id"]), channel="phone")


def test_who_tries_codes_one_by_one_is_stopped_and_others_are_not(house: House) -> None:
    code = begin(house)["code"]
    for _guess in range(beginning.MOST_WRONG):
        with pytest.raises(NotFound):
            find(house, "CCC-CCC")
    with pytest.raises(RateLimited):
        find(house, code)
    assert find(house, code, MO)["state"] == "open"
    house.clock.move(beginning.GUESSES_WITHIN)
    assert find(house, code)["state"] == "open"


def test_one_browser_does_not_fill_the_house_with_codes(house: House) -> None:
    for _time in range(beginning.MOST_OWN):
        begin(house, VISITOR, origin="one")
    with pytest.raises(RateLimited):
        begin(house, VISITOR, origin="one")
    begin(house, VISITOR, origin="another")
    begin(house)


def test_who_signed_in_is_not_shut_out_by_strangers_from_many_places(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "MOST_ALL", 3)
    for place in range(3):
        begin(house, VISITOR, origin=f"place {place}")
    with pytest.raises(RateLimited):
        begin(house, VISITOR, origin="one more")
    assert begin(house)["code"]


def test_who_signed_in_takes_no_room_from_strangers(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginning, "MOST_ALL", 2)
    for _time in range(3):
        begin(house)
    assert begin(house, VISITOR, origin="a browser")["code"]
