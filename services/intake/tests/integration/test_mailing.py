"""Mail that comes in: its sender becomes somebody, and what proves nothing is read by the desk alone."""

from __future__ import annotations

from typing import Any

import pytest
from servicekit.errors import NotFound

from .house import House


def note(house: House, request: Any, kind: str) -> Any:
    said = {"sender": "an@x.example", "kind": kind, "text": "Nog koud"}
    return house.call("note_mail", house.program, request_id=str(request["request_id"]), **said)


def test_who_mails_is_who_has_that_address_whatever_its_letters(house: House) -> None:
    found = house.call("get_sender", house.program, address="SANNE@Meerwal.example")
    assert str(found["person_id"]) == house.sanne.person_id
    known = house.call("save_sender", house.program, address="sanne@meerwal.example", name="S")
    assert known["person_id"] == found["person_id"]
    assert found["person_ids"] == [found["person_id"]]


def test_a_stranger_is_one_person_however_often_they_mail(house: House) -> None:
    assert house.call("get_sender", house.program, address="an@x.example")["person_id"] is None
    first = house.call("save_sender", house.program, address="An@x.example", name="An")
    again = house.call("save_sender", house.program, address="an@X.example", name="Another name")
    known = house.call("get_sender", house.program, address="an@x.example")
    assert first["person_id"] == again["person_id"] == known["person_id"]
    request = house.receive(house.program, requester_id=str(first["person_id"]), channel="email")
    assert (request["channel"], request["state"]) == ("email", "triage")
    assert request["requester"].email == "an@x.example"


@pytest.mark.parametrize(("kind", "attention"), [("unverified", "requester_wrote"), ("automatic", None)])
def test_a_mail_that_proves_nothing_is_noted_for_the_desk_alone(
    house: House, kind: str, attention: str | None
) -> None:
    asked = house.ask(house.receive())
    found = note(house, asked, kind)

    assert (found["attention"], found["version"]) == (attention, asked["version"])
    assert found["waiting"] is not None
    assert house.get(asked)["timeline"][-1]["data"]["sender"] == "an@x.example"
    assert "mail_noted" not in [line["type"] for line in house.get(asked, house.sanne)["timeline"]]


def test_a_mail_about_nothing_of_ours_is_refused(house: House) -> None:
    with pytest.raises(NotFound):
        note(house, {"request_id": house.radiator}, "unverified")
