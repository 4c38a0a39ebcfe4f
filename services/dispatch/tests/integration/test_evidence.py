"""Files with completion on a real database: whose receipt, whose order, and which are still needed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from dispatch import messages
from dispatch.domain.errors import MissingDetail
from dispatch.domain.work_order_states import Action
from dispatch.handlers.evidence import act_with_files, get_order_file, list_known_files, told_with_files
from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound
from servicekit.receipts import Receipts, StoredFile, bearer_of, of_provider

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    OTHER_RPC,
    PORTAL,
    RPC,
    TEAM,
    executor_of,
    step,
)
from .conftest import House

RECEIPTS = Receipts("s" * 32)
PHOTO = StoredFile("a" * 64, "klaar.jpg", "image/jpeg", 1234, True)
SHEET = StoredFile("b" * 64, "uren.csv", "text/csv", 12, False)
BY_LINK = Actor(
    "supplier", "link:1", "Bezemwijs", frozenset({"supplier"}), provider_id=str(PORTAL.provider_id)
)


def accepted(house: House, provider: str = "huisdienst") -> UUID:
    house.publishes(step("clean", provider))
    house.hears_accepted()
    if provider != "vonk-val":
        house.does("clean", "accept")
    return UUID(str(house.orders()["clean"]["work_order_id"]))


def complete(house: House, actor: Actor, *receipts: str, action: Action = Action.COMPLETE) -> dict[str, Any]:
    order_id = house.orders()["clean"]["work_order_id"]
    with house.work(actor=actor) as work:
        return act_with_files(work, RECEIPTS, list(receipts), work_order_id=order_id, action=action)


def get(house: House, actor: Actor, order_id: UUID, file_id: str) -> dict[str, Any]:
    with house.work(actor=actor) as work:
        return get_order_file(work, order_id, UUID(file_id))


@pytest.mark.parametrize(
    ("provider", "who"),
    [("huisdienst", executor_of(TEAM)), ("bezemwijs", executor_of(PORTAL)), ("bezemwijs", BY_LINK)],
)
def test_photos_stand_in_the_record_and_the_desk_gets_them(house: House, provider: str, who: Actor) -> None:
    order_id = accepted(house, provider)
    shown = complete(house, who, *(RECEIPTS.make(file, bearer_of(who)) for file in (PHOTO, SHEET)))
    lines = shown["record"]["files"]
    assert [(line["name"], line["scanned"]) for line in lines] == [("klaar.jpg", True), ("uren.csv", False)]
    assert "digest" not in lines[0]
    assert get(house, AGENT, order_id, lines[0]["file_id"])["digest"] == PHOTO.digest
    assert get(house, who, order_id, lines[1]["file_id"])["name"] == "uren.csv"


def test_the_receipt_of_another_is_none(house: House) -> None:
    accepted(house, "bezemwijs")
    with pytest.raises(Invalid):
        complete(house, BY_LINK, RECEIPTS.make(PHOTO, of_provider(str(RPC.provider_id))))
    assert house.states() == {"clean": "accepted"}


def test_another_providers_file_does_not_exist_nor_does_one_of_another_order(house: House) -> None:
    order_id = accepted(house, "bezemwijs")
    receipt = RECEIPTS.make(PHOTO, bearer_of(BY_LINK))
    (line,) = complete(house, BY_LINK, receipt)["record"]["files"]
    for who in (executor_of(TEAM), executor_of(OTHER_RPC)):
        with pytest.raises(NotFound):
            get(house, who, order_id, line["file_id"])
    with pytest.raises(NotFound):
        get(house, AGENT, UUID(int=7), line["file_id"])


def test_files_are_not_accepted_where_they_would_be_lost(house: House) -> None:
    accepted(house)
    with pytest.raises(MissingDetail):
        complete(house, AGENT, RECEIPTS.make(PHOTO, bearer_of(AGENT)), action=Action.START)


def test_a_suppliers_program_brings_receipts_over_the_bus_and_may_say_it_twice(house: House) -> None:
    accepted(house, "vonk-val")
    house.delivers({"answer": "accepted"})
    number = house.orders()["clean"]["number"]
    receipt = RECEIPTS.make(PHOTO, of_provider(str(RPC.provider_id)))
    said = messages.ReportCompletion().load({"order_number": number, "attachments": [receipt]})
    for _ in range(2):
        with house.work() as work:
            told = told_with_files(work, RECEIPTS, RPC.address or "", action=Action.COMPLETE, **said)
    assert [line["name"] for line in told["record"]["files"]] == ["klaar.jpg"]
    with house.work() as work:
        assert list_known_files(work, [PHOTO.digest, SHEET.digest]) == {"digests": [PHOTO.digest]}
        assert len(work.orders.history(told["order_id"])) == 2  # accepted, completed once
