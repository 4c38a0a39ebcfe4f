"""Bringing in requests of another system: each whole or not at all, never twice, and nobody is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from .house import House

STATES = [
    {"at": "2016-02-29T04:40:00Z", "state": "received", "group": "Group 70", "by": "Updated by 21"},
    {"at": "2016-02-29T05:30:00Z", "state": "in_progress", "group": "Group 24", "assignee": "Resolver 31"},
    {"at": "2016-02-29T06:30:00Z", "state": "awaiting_requester", "group": "Group 24"},
    {"at": "2016-03-01T09:52:00Z", "state": "ready", "group": "Group 24"},
    {"at": "2016-03-02T09:00:00Z", "state": "in_progress", "group": "Group 70"},
    {"at": "2016-03-06T10:00:00Z", "state": "closed", "group": "Group 70"},
]
RECORD: dict[str, Any] = {
    "key": "INC0000047",
    "line": 6,
    "received_at": "2016-02-29T04:40:00Z",
    "channel": "phone",
    "kind": "fault",
    "priority": "P3",
    "summary": "Category 40, Subcategory 215",
    "text": "Category 40\nSubcategory 215",
    "location_name": "Location 165",
    "requester_name": "Caller 2403",
    "category": "Category 40",
    "states": STATES,
    "closed_at": "2016-03-06T10:00:00Z",
    "resolution": "solved",
    "made_sla": True,
    "reassignment_count": 2,
    "reopen_count": 1,
}


def record(**changes: Any) -> dict[str, Any]:
    return {**RECORD, **changes}


def only(house: House, **query: Any) -> dict[str, Any]:
    [found] = house.list(**query)["items"]
    return house.get(found)


def test_a_request_is_brought_in_with_its_history(house: House) -> None:
    assert house.import_(RECORD) == {"created": 1, "existing": 0, "refused": []}

    request = only(house, q="INC0000047")
    assert (request["state"], request["resolution"]) == ("closed", "solved")
    assert request["reference"].startswith("SD-16-")
    assert request["received_at"] == datetime(2016, 2, 29, 4, 40, tzinfo=UTC)
    assert (request["reassignment_count"], request["reopen_count"]) == (2, 1)
    assert request["imported"]["made_sla"] is True
    assert [line["type"] for line in request["timeline"]] == ["imported"] + ["recorded"] * 6
    assert request["timeline"][2]["data"]["assignee"] == "Resolver 31"


def test_nobody_is_told(house: House) -> None:
    house.import_(RECORD)

    assert house.told() == []


def test_a_second_run_adds_nothing(house: House) -> None:
    house.import_(RECORD, record(key="INC2"))

    assert house.import_(record(text="anders"), record(key="INC2")) == {
        "created": 0, "existing": 2, "refused": [],
    }  # fmt: skip
    assert len(house.list()["items"]) == 2


def test_the_same_key_twice_in_one_run_is_one_request(house: House) -> None:
    assert house.import_(RECORD, RECORD)["existing"] == 1


def test_the_same_key_of_another_source_is_another_request(house: House) -> None:
    house.import_(RECORD)

    assert house.import_(RECORD, mapping="elders")["created"] == 1


def test_a_bad_record_is_refused_with_line_and_reason_and_leaves_nothing(house: House) -> None:
    result = house.import_(
        record(key="A", line=2, requester_name="Niemand", states=[{**STATES[0], "state": "-100"}]),
        record(key="B", line=3, requester_name="Niemand"),
        record(key="C", line=4, received_at="gisteren"),
        record(key=None, line=5),
    )

    assert result["created"] == 1
    assert [(refusal["line"], refusal["key"]) for refusal in result["refused"]] == [
        (2, "A"),
        (4, "C"),
        (5, None),
    ]
    assert result["refused"][0]["reason"] == "State '-100' is not known."
    assert result["refused"][1]["reason"].startswith("received_at:")
    with house.engine.connect() as connection:
        orphans = connection.scalar(
            sa.text("SELECT count(*) FROM requests WHERE requester_id NOT IN (SELECT person_id FROM people)")
        )
    assert orphans == 0


def test_the_same_caller_is_the_same_person(house: House) -> None:
    house.import_(RECORD, record(key="INC2"))
    house.import_(record(key="INC3"))
    [caller] = house.list_people(q="caller 2403")["items"]

    assert len(house.list(requester_id=str(caller["person_id"]))["items"]) == 3


def test_a_place_that_is_known_by_that_name_is_linked(house: House) -> None:
    saved = house.save_locations({"key": "l", "name": "Location 165"})
    house.import_(RECORD, record(key="INC2", location_name="Location 9"))

    place_id = str(saved["items"][0]["location_id"])
    assert only(house, location_id=place_id)["external_key"] == "INC0000047"
    assert only(house, q="INC2")["location"].name == "Location 9"


def test_what_is_not_done_elsewhere_waits_in_triage_here(house: House) -> None:
    house.import_(record(states=STATES[:3], closed_at=None, resolution=None))
    request = only(house)
    assert (request["state"], request["waiting"].counterparty) == ("triage", "requester")

    house.triage(request)
    assert house.told_types() == ["request_accepted"]
    assert house.told_last("request_accepted")["notify"] is False


def test_what_was_ready_elsewhere_closes_after_silence_and_nobody_is_told(house: House) -> None:
    house.import_(record(states=STATES[:4], closed_at=None, resolution=None))

    assert house.close_silent() == 1
    assert only(house)["state"] == "closed"
    assert house.told() == []


def test_a_record_without_states_is_closed_or_waits(house: House) -> None:
    house.import_(record(states=[]), record(key="B", states=[], closed_at=None, resolution=None))

    assert only(house, q="INC0000047")["state"] == "closed"
    assert only(house, open=True)["state"] == "triage"
