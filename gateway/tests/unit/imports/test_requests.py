"""Rows of a log become requests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from gateway.imports import Mapping, interpret, load

MAPPING: dict[str, Any] = {
    "target": "requests",
    "unknown": ["?"],
    "dates": "%d-%m-%Y %H:%M",
    "key": "nr",
    "order": ["at", "n"],
    "fields": {
        "received_at": {"column": "opened"},
        "closed_at": {"column": "closed"},
        "text": {"columns": ["what", "where"], "join": " / ", "otherwise": "Storing"},
        "kind": {"value": "fault"},
        "priority": {"column": "prio", "values": {"3 - Moderate": "P3", "1 - Critical": "P1"}},
        "channel": {"column": "via", "values": {"Phone": "phone"}, "otherwise": "email"},
        "requester_name": {"column": "who", "row": "first"},
        "location_name": {"column": "where"},
        "reassignment_count": {"column": "n"},
    },
    "states": {
        "at": {"column": "at"},
        "state": {
            "column": "state",
            "values": {"New": "received", "Active": "in_progress", "Closed": "closed"},
        },
        "group": {"column": "group"},
    },
}
ROW = {
    "nr": "INC1",
    "opened": "29-02-2016 10:00",
    "closed": "?",
    "what": "Printer",
    "where": "Hal",
    "prio": "3 - Moderate",
    "via": "Phone",
    "who": "Caller 1",
    "at": "29-02-2016 10:05",
    "n": "0",
    "state": "New",
    "group": "?",
}


@pytest.fixture(scope="module")
def mapping() -> Mapping:
    return load(MAPPING)


def rows(*changes: dict[str, str]) -> list[dict[str, Any]]:
    return [{"line": line, "values": {**ROW, **change}} for line, change in enumerate(changes, 2)]


def at(hour: int, minute: int) -> datetime:
    return datetime(2016, 2, 29, hour - 1, minute, tzinfo=UTC)


def test_a_row_becomes_a_request(mapping: Mapping) -> None:
    (record,), refused = interpret(mapping, rows({}))
    assert refused == []
    assert record == {
        "key": "INC1",
        "line": 2,
        "received_at": at(10, 0),
        "channel": "phone",
        "kind": "fault",
        "priority": "P3",
        "summary": "Printer / Hal",
        "text": "Printer / Hal",
        "location_name": "Hal",
        "requester_name": "Caller 1",
        "category": None,
        "states": [
            {
                "at": at(10, 5),
                "state": "received",
                "by": None,
                "group": None,
                "assignee": None,
                "handed_over": False,
            }
        ],
        "closed_at": None,
        "resolution": None,
        "made_sla": None,
        "reassignment_count": 0,
        "reopen_count": 0,
    }


def test_rows_with_one_key_become_one_request_in_the_order_of_time(mapping: Mapping) -> None:
    closed = {"state": "Closed", "at": "29-02-2016 12:00", "closed": "29-02-2016 12:00", "n": "2"}
    taken = {"state": "Active", "at": "29-02-2016 11:00", "n": "1", "who": "Caller 9", "group": "B"}
    records, _ = interpret(mapping, rows(closed, {"nr": "INC2"}, taken, {}))
    assert [(record["key"], record["line"]) for record in records] == [("INC1", 2), ("INC2", 3)]
    first = records[0]
    assert [(state["state"], state["group"]) for state in first["states"]] == [
        ("received", None),
        ("in_progress", "B"),
        ("closed", None),
    ]
    assert (first["requester_name"], first["reassignment_count"]) == ("Caller 1", 2)
    assert (first["closed_at"], first["resolution"]) == (at(12, 0), "solved")


def test_at_the_same_minute_the_next_column_and_then_the_line_decide(mapping: Mapping) -> None:
    records, _ = interpret(mapping, rows({"n": "10"}, {"n": "9", "group": "A"}, {"n": "9", "group": "B"}))
    assert [state["group"] for state in records[0]["states"]] == ["A", "B", None]


def test_a_hand_over_that_the_groups_do_not_show_is_told(mapping: Mapping) -> None:
    counted = load({**MAPPING, "states": {**MAPPING["states"], "hand_overs": {"column": "n"}}})
    (record,), _ = interpret(
        counted, rows({"n": "1"}, {"n": "1", "state": "Active"}, {"n": "2", "state": "Active"})
    )
    assert [state["handed_over"] for state in record["states"]] == [False, False, True]


def test_the_column_of_the_state_sorts_as_open_ready_closed(mapping: Mapping) -> None:
    late = {"at": "29-02-2016 23:00", "group": "late"}
    ordered = load({**MAPPING, "order": ["state", "at"]})
    (record,), _ = interpret(ordered, rows({"state": "Closed"}, late, {"state": "Active"}))
    assert [state["state"] for state in record["states"]] == ["in_progress", "received", "closed"]


def test_an_end_that_the_log_knows_beforehand_does_not_close_an_open_request(mapping: Mapping) -> None:
    (record,), _ = interpret(mapping, rows({"closed": "05-03-2016 12:00"}))
    assert (record["closed_at"], record["resolution"]) == (None, None)


def test_what_was_known_first_is_when_it_was_received(mapping: Mapping) -> None:
    (record,), _ = interpret(mapping, rows({"at": "29-02-2016 09:30"}))
    assert record["received_at"] == at(9, 30)


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"where": "?"}, "text", "Printer"),
        ({"where": "?", "what": ""}, "text", "Storing"),
        ({"where": "?"}, "location_name", None),
        ({"via": "Fax"}, "channel", "email"),
        ({"via": "?"}, "channel", "email"),
        ({"via": "PHONE"}, "channel", "phone"),
        ({"prio": "?"}, "priority", "P4"),
        ({"prio": " 1 - Critical "}, "priority", "P1"),
        ({"what": "x" * 300}, "summary", "x" * 120),
    ],
)
def test_unknown_and_foreign_values(mapping: Mapping, change: dict[str, str], field: str, value: Any) -> None:
    (record,), refused = interpret(mapping, rows(change))
    assert refused == []
    assert record[field] == value


REFUSED = [
    ({"opened": "?"}, "column 'opened' has no value, and received_at needs one"),
    (
        {"opened": "02-30-2016 10:00"},
        "column 'opened': '02-30-2016 10:00' is not a moment written like 23-11-2026 14:30",
    ),
    (
        {"prio": "9 - Whim"},
        "column 'prio': the mapping does not say what '9 - Whim' means; add it to the field's values",
    ),
    ({"state": "?"}, "column 'state' has no value, and state needs one"),
    ({"n": "veel"}, "column 'n': 'veel' is not a whole number"),
]


@pytest.mark.parametrize(("change", "reason"), REFUSED)
def test_a_bad_row_refuses_its_whole_request_and_no_other(
    mapping: Mapping, change: dict[str, str], reason: str
) -> None:
    good, bad, other = {"at": "29-02-2016 10:00"}, change, {"nr": "INC2"}
    records, refused = interpret(mapping, rows(good, {"at": "29-02-2016 23:00", **bad}, other))
    assert [record["key"] for record in records] == ["INC2"]
    assert refused == [{"line": 3, "key": "INC1", "reason": reason}]


def test_rows_without_a_key_are_refused_one_by_one(mapping: Mapping) -> None:
    records, refused = interpret(mapping, rows({"nr": "?"}, {"nr": ""}))
    assert records == []
    assert refused == [
        {"line": line, "key": None, "reason": "column 'nr' is empty: the row belongs to nothing"}
        for line in (2, 3)
    ]


def test_a_row_without_one_of_the_columns_is_refused(mapping: Mapping) -> None:
    cells = {name: cell for name, cell in ROW.items() if name != "opened"}
    assert interpret(mapping, [{"line": 7, "values": cells}])[1] == [
        {"line": 7, "key": "INC1", "reason": "the row has no column 'opened'"}
    ]


def test_another_zone_gives_other_moments(mapping: Mapping) -> None:
    (record,), _ = interpret(mapping, rows({}), zone="Europe/London")
    assert record["received_at"] == datetime(2016, 2, 29, 10, 0, tzinfo=UTC)
