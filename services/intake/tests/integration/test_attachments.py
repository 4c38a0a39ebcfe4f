"""Files that come with what is said: whose they are, who may have them, and what is nobody's."""

from __future__ import annotations

from typing import Any

import pytest
from intake.domain.errors import Wrong
from servicekit.errors import Invalid, NotFound
from servicekit.ids import new_id
from servicekit.receipts import StoredFile

from .house import RECEIPTS, House

DIGEST = "ab" * 32


def receipt(actor: Any, name: str = "radiator.jpg", digest: str = DIGEST) -> str:
    return RECEIPTS.make(StoredFile(digest, name, "image/jpeg", 1234, scanned=False), actor.id)


def say(house: House, request: Any, actor: Any, *receipts: str, method: str = "reply_to_desk") -> Any:
    which = {"request_id": str(request["request_id"]), "text": "Zie de foto"}
    return house.call(method, actor, **which, attachments=list(receipts))


def lines(house: House, request: Any, actor: Any, kind: str) -> list[dict[str, Any]]:
    return [line["data"] for line in house.get(request, actor)["timeline"] if line["type"] == kind]


def get(house: House, request: Any, attachment: Any, actor: Any) -> Any:
    which = {"request_id": str(request["request_id"]), "attachment_id": str(attachment["attachment_id"])}
    return house.call("get_attachment", actor, **which)


def test_a_report_with_a_photo_shows_it_where_it_was_said(house: House) -> None:
    request = house.receive(attachments=[receipt(house.sanne)])
    (line,) = lines(house, request, house.sanne, "received")
    (photo,) = line["attachments"]
    assert (photo["name"], photo["media_type"], photo["size"]) == ("radiator.jpg", "image/jpeg", 1234)
    assert "digest" not in photo
    assert get(house, request, photo, house.sanne)["digest"] == DIGEST


def test_a_file_of_the_conversation_is_for_who_sees_the_conversation(house: House) -> None:
    request = house.receive()
    say(house, request, house.sanne, receipt(house.sanne))
    ((photo,),) = [line["attachments"] for line in lines(house, request, house.sanne, "replied")]
    assert get(house, request, photo, house.amira)["name"] == "radiator.jpg"
    for stranger in (house.daan, house.program):
        if stranger.can("requests.read_all"):
            continue
        with pytest.raises(NotFound):
            get(house, request, photo, stranger)


def test_a_file_of_an_internal_note_does_not_exist_for_its_requester(house: House) -> None:
    request = house.receive()
    say(house, request, house.amira, receipt(house.amira), method="add_note")
    assert lines(house, request, house.sanne, "note") == []
    ((photo,),) = [line["attachments"] for line in lines(house, request, house.amira, "note")]
    assert get(house, request, photo, house.amira)["digest"] == DIGEST
    with pytest.raises(NotFound):
        get(house, request, photo, house.sanne)


def test_an_id_says_nothing_without_its_own_request(house: House) -> None:
    mine, theirs = house.receive(house.daan), house.receive(attachments=[receipt(house.sanne)])
    ((photo,),) = [line["attachments"] for line in lines(house, theirs, house.sanne, "received")]
    with pytest.raises(NotFound):
        get(house, mine, photo, house.daan)


def test_the_receipt_of_another_is_refused_and_nothing_is_said(house: House) -> None:
    request = house.receive()
    with pytest.raises(Invalid) as refused:
        say(house, request, house.sanne, receipt(house.daan))
    assert "attachments" in refused.value.errors
    assert lines(house, request, house.sanne, "replied") == []


def test_a_request_has_no_more_files_than_anybody_reads(house: House) -> None:
    request = house.receive()
    for number in range(10):
        say(house, request, house.sanne, *(receipt(house.sanne, f"{number}-{each}.jpg") for each in range(5)))
    with pytest.raises(Wrong) as refused:
        say(house, request, house.sanne, receipt(house.sanne))
    assert refused.value.code == "too_many_files"
    assert len(lines(house, request, house.sanne, "replied")) == 10


def test_the_same_file_twice_in_one_message_is_one(house: House) -> None:
    request = house.receive()
    say(house, request, house.sanne, receipt(house.sanne), receipt(house.sanne))
    ((photo,),) = [line["attachments"] for line in lines(house, request, house.sanne, "replied")]
    assert photo["name"] == "radiator.jpg"


def test_what_is_referred_to_is_known_and_the_rest_is_not(house: House) -> None:
    house.receive(attachments=[receipt(house.sanne)])
    known = house.call("list_known_files", None, digests=[DIGEST, "cd" * 32])
    assert known == {"digests": [DIGEST]}


def test_a_request_without_files_costs_no_statement_more(house: House, statements: list[str]) -> None:
    house.receive()
    assert not [text for text in statements if "attachments" in text]


def test_an_attachment_that_never_was_is_not_found(house: House) -> None:
    request = house.receive()
    with pytest.raises(NotFound):
        get(house, request, {"attachment_id": new_id()}, house.sanne)
