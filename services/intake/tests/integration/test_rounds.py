"""Rounds: their stops go along with the request, and each defect becomes a fault that is linked to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from intake.domain.errors import Wrong
from servicekit.errors import NotYet
from servicekit.ids import new_id

from servicekit import json

from .house import House
from .test_assets import PLACES, lift, save
from .test_plans import KARIN, given, look, made, plan

View = dict[str, Any]
TOM = str(new_id())


def walked(house: House, **changes: Any) -> tuple[View, View]:
    """A plan of two stops, and the request that it made."""
    house.save_locations(*PLACES)
    place = house.list_locations()["items"][0]
    save(house, lift())
    (asset,) = house.call("list_assets", house.amira)["items"]
    stops = [
        {"title": "Keuken", "location_id": str(place["location_id"]), "points": [{"text": "Schoon?"}]},
        {"title": "De lift", "asset_id": str(asset["asset_id"])},
    ]
    of = plan(house, starts_on=str(house.clock.now().date()), stops=stops, **changes)
    look(house)
    return of, house.get({"request_id": made(house, of)[0]["request_id"]})


def found(house: House, round_: View, stop: View, **changes: Any) -> None:
    at = house.clock.now().isoformat().replace("+00:00", "Z")
    house.tell(
        "dispatch.defect_found",
        **{
            "request_id": str(round_["request_id"]),
            "title": stop["title"],
            "location": stop["location"],
            "asset": stop["asset"],
            "note": "De verzegeling is verbroken.",
            "reporter_id": TOM,
            "at": at,
            **changes,
        },
    )


def faults(house: House) -> list[View]:
    items = house.list(kind="fault", state="triage", limit=100)["items"]
    return [json.plain(house.get(each)) for each in items]


def test_the_stops_of_a_plan_go_along_with_each_request_that_it_makes(house: House) -> None:
    of, _ = walked(house)
    told = house.told_last("request_accepted")
    assert told["planned"] is True
    assert [stop["title"] for stop in told["stops"]] == ["Keuken", "De lift"]
    assert told["stops"] == of["stops"]
    house.receive_standard()
    assert (house.told_last("request_accepted")["stops"], house.told_last("request_accepted")["planned"]) == (
        None,
        False,
    )


def test_a_defect_becomes_a_fault_there_in_the_name_of_who_found_it(house: House) -> None:
    of, round_ = walked(house)
    found(house, round_, of["stops"][1])
    (fault,) = faults(house)
    assert fault["requester"]["person_id"] == TOM
    assert house.told_last("request_received")["notify"] is False
    assert (fault["asset"]["code"], fault["location"]["path"]) == (
        of["stops"][1]["asset"]["code"],
        of["stops"][1]["location"]["path"],
    )
    assert "verzegeling" in fault["text"]
    assert [(each["kind"], each["reference"]) for each in fault["links"]] == [
        ("found_in", round_["reference"])
    ]
    assert [each["kind"] for each in house.get(round_)["links"]] == ["found"]


def test_without_a_person_behind_the_account_it_is_in_the_name_of_who_keeps_the_plan(house: House) -> None:
    of, round_ = walked(house)
    found(house, round_, of["stops"][0], reporter_id=None)
    (fault,) = faults(house)
    assert fault["requester"]["person_id"] == KARIN.person_id
    assert fault["location"]["path"] == of["stops"][0]["location"]["path"]


def test_what_is_open_already_about_the_same_is_pointed_out_to_the_desk(house: House) -> None:
    of, round_ = walked(house)
    known = house.receive(
        house.amira, requester_id=house.sanne.person_id, kind="fault", channel="phone",
        text="De lift doet raar", asset_id=of["stops"][1]["asset"]["asset_id"],
    )  # fmt: skip
    found(house, round_, of["stops"][1])
    fault = next(each for each in faults(house) if each["reference"] != known["reference"])
    lines = {entry["type"]: entry for entry in fault["timeline"]}
    assert lines["maybe_known"]["data"]["references"] == [known["reference"]]
    assert lines["maybe_known"]["public"] is False


def test_how_a_round_went_is_counted_with_its_plan(house: House) -> None:
    of, round_ = walked(house)
    counts = {"stops": 2, "open": 0, "done": 1, "not_reachable": 0, "defect": 1}
    house.tell("dispatch.work_order_changed", request_id=str(round_["request_id"]), action="tick_stop",
               state="in_progress", stops=counts)  # fmt: skip
    assert made(house, of)[0]["stop_counts"] == counts
    assert "order_changed" not in [entry["type"] for entry in house.get(round_)["timeline"]]


def test_a_defect_of_a_round_that_is_not_known_yet_waits(house: House) -> None:
    stop = {"title": "Hal", "location": None, "asset": None}
    with pytest.raises(NotYet):
        found(house, {"request_id": UUID(int=5)}, stop)


def test_a_plan_with_a_stop_that_is_not_there_is_refused(house: House) -> None:
    with pytest.raises(Wrong) as refused:
        plan(house, stops=[{"title": "Hal", "location_id": str(UUID(int=5))}])
    assert "stops.0.location_id" in refused.value.errors


def test_a_change_of_a_plan_takes_its_new_stops(house: House) -> None:
    of, _ = walked(house)
    later = str((house.clock.now() + timedelta(days=10)).date())
    said = {**given(house, starts_on=later), "stops": [{"title": "Alleen de hal"}]}
    which = {"plan_id": str(of["plan_id"]), "version": of["version"]}
    new = house.call("change_plan", KARIN, **which, **said)
    assert [stop["title"] for stop in new["stops"]] == ["Alleen de hal"]
