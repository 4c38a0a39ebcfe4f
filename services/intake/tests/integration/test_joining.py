"""The same, reported by more than one: all hear what becomes of it, and nobody sees another's words."""

from __future__ import annotations

from typing import Any

import pytest
from intake.domain.errors import NotAllowed
from servicekit.errors import Invalid, NotFound, Stale
from servicekit.ids import new_id

from .house import House

Request = dict[str, Any]


def joined(house: House, main: Request, **more: Any) -> Request:
    return house.receive(
        house.daan, text="Bij mij ook koud", kind="fault", follows=str(main["request_id"]), **more
    )


@pytest.fixture
def main(house: House) -> Request:
    request: Request = house.receive_standard(kind="fault")
    return request


def state(house: House, request: Request) -> tuple[str, str | None]:
    now = house.get(request)
    return now["state"], now["resolution"]


def types(house: House, request: Request, reader: Any = None) -> list[str]:
    return [line["type"] for line in house.get(request, reader)["timeline"]]


def heard(house: House, request: Request) -> list[str]:
    """What is told to whoever reported this one."""
    return [
        fact["type"].removeprefix("intake.")
        for fact in house.told()
        if fact["data"].get("request_id") == str(request["request_id"])
    ]


def test_whoever_goes_along_has_a_number_and_a_promise_and_no_second_order_is_made(
    house: House, main: Request
) -> None:
    mine = joined(house, main)
    assert mine["reference"] != main["reference"]
    assert mine["state"] == "in_progress"
    assert heard(house, mine) == ["request_received"]
    assert house.get(main)["followers"] == 1


def test_when_it_is_done_each_is_told_once_and_each_decides(house: House, main: Request) -> None:
    mine = joined(house, main)
    house.complete(main)
    house.complete(main)
    assert heard(house, mine) == ["request_received", "request_ready"]
    assert state(house, mine) == ("ready", None)
    house.confirm(house.get(mine), house.daan)
    assert state(house, main) == ("ready", None)


def test_not_solved_for_one_is_looked_at_by_a_person_and_leaves_the_other_alone(
    house: House, main: Request
) -> None:
    mine = joined(house, main)
    house.complete(main)
    house.reopen(house.get(mine), house.daan)
    assert state(house, mine) == ("triage", None)
    assert state(house, main) == ("ready", None)
    assert house.get(mine)["follows"] is None


@pytest.mark.parametrize(
    ("how", "becomes"), [("answer", ("closed", "answered")), ("reject", ("closed", "rejected"))]
)
def test_an_answer_or_a_no_reaches_all(house: House, how: str, becomes: tuple[str, str]) -> None:
    main = house.receive(kind="fault")
    mine = joined(house, main)
    getattr(house, how)(house.get(main))
    assert state(house, mine) == becomes
    closed = [fact["data"] for fact in house.told() if fact["type"] == "intake.request_closed"]
    assert len({fact["answer"] for fact in closed}) == 1
    assert {fact["requester"]["name"] for fact in closed} == {"Sanne de Wit", "Daan Smit"}
    # That it stood by itself for a moment is no news to its reporter.
    assert "split_off" not in types(house, mine, house.daan)
    assert "split_off" in types(house, mine)


def test_word_of_the_desk_reaches_who_joined_unless_it_is_for_one(house: House, main: Request) -> None:
    mine = joined(house, main)
    assert house.update(main)["reached"] == 2
    assert types(house, mine, house.daan).count("informed") == 1
    assert house.update(main, reach="requester")["reached"] == 1
    assert types(house, mine, house.daan).count("informed") == 1


def test_when_it_is_withdrawn_whoever_went_along_is_not_forgotten(house: House, main: Request) -> None:
    mine = joined(house, main)
    house.withdraw(house.get(main))
    assert state(house, mine) == ("triage", None)
    assert "split_off" in types(house, mine, house.daan)
    assert house.list(state="triage")["items"][0]["reference"] == mine["reference"]


def test_nobody_sees_another(house: House, main: Request) -> None:
    mine = joined(house, main)
    with pytest.raises(NotFound):
        house.get(main, house.daan)
    seen = str(house.get(mine, house.daan))
    assert main["reference"] not in seen
    assert "Sanne" not in seen
    theirs = str(house.get(main, house.sanne))
    assert mine["reference"] not in theirs
    assert "Daan" not in theirs
    assert mine["reference"] in str(house.get(main)["timeline"])


def test_the_desk_lets_one_in_triage_go_along_and_splits_it_off_again(house: House, main: Request) -> None:
    other = house.receive(house.daan, text="Ook koud")
    which = {"request_id": str(other["request_id"])}
    house.call(
        "join_request", house.amira, **which, version=other["version"], main_id=str(main["request_id"])
    )
    assert house.get(other)["follows"] == main["request_id"]
    house.call("split_request", house.amira, **which, version=house.get(other)["version"])
    assert state(house, other) == ("triage", None)
    house.complete(main)
    assert state(house, other) == ("triage", None)


def test_there_are_no_chains_and_nothing_goes_along_with_itself(house: House, main: Request) -> None:
    mine, other = joined(house, main), house.receive(house.daan)

    def join(request: Request, to: Request) -> None:
        house.call(
            "join_request", house.amira, request_id=str(request["request_id"]),
            version=house.get(request)["version"], main_id=str(to["request_id"]),
        )  # fmt: skip

    for request, to in ((other, mine), (other, other), (main, other)):
        with pytest.raises(NotAllowed):
            join(request, to)
    with pytest.raises(Stale):
        house.call("join_request", house.amira, request_id=str(other["request_id"]), version=99,
                   main_id=str(main["request_id"]))  # fmt: skip


@pytest.mark.parametrize("kind", ["order", "complaint", "wish", "information"])
def test_whoever_reports_goes_along_with_faults_alone(house: House, kind: str) -> None:
    main = house.receive(kind=kind)
    with pytest.raises(Invalid):
        joined(house, main)


def test_what_is_over_or_not_there_is_said_to_be(house: House, main: Request) -> None:
    house.complete(main)
    with pytest.raises(Invalid) as wrong:
        joined(house, main)
    assert list(wrong.value.errors) == ["follows"]
    with pytest.raises(Invalid):
        joined(house, {"request_id": new_id()})


def test_a_duplicate_can_be_gone_along_with_unless_it_goes_along_itself(house: House) -> None:
    house.save_locations({"key": "hal", "name": "Hal 7"})
    place = str(house.list_locations(limit=9)["items"][0]["location_id"])
    main = house.receive(text="Radiator koud", kind="fault", location_id=place)
    mine = joined(house, main, location_id=place)
    found = house.call("get_proposals", house.amira, text="Radiator koud", location_id=place)["duplicates"]
    follow = {each["reference"]: each["follow_id"] for each in found}
    assert follow[main["reference"]] == main["request_id"]
    assert follow.get(mine["reference"]) is None
