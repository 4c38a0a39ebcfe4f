"""Every row of the two real files, where they lie beside the checkout. Nobody here made them."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from gateway.imports import interpret, recognise

DATA = Path(__file__).parents[5] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not beside this checkout")

Rows = list[dict[str, Any]]


def read(name: str) -> tuple[Rows, list[dict[str, Any]], list[dict[str, Any]]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        rows = [
            {"line": number, "values": dict(zip(header, line, strict=True))}
            for number, line in enumerate(lines, 2)
        ]
    mapping = recognise(header)
    assert mapping is not None
    return rows, *interpret(mapping, rows)


@pytest.fixture(scope="module")
def log() -> tuple[Rows, list[dict[str, Any]], list[dict[str, Any]]]:
    return read("incident_event_log.csv")


def test_every_incident_comes_in_with_every_row_as_a_state(log: Any) -> None:
    rows, records, refused = log
    assert refused == []
    assert len(records) == 587
    assert sum(len(record["states"]) for record in records) == len(rows) == 4046


def test_the_counts_are_those_of_the_log(log: Any) -> None:
    rows, records, _ = log
    counted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        cells = row["values"]
        counted[cells["number"]].append((int(cells["reassignment_count"]), int(cells["reopen_count"])))
    for record in records:
        own = counted[record["key"]]
        wanted = (max(handed for handed, _ in own), max(reopened for _, reopened in own))
        assert (record["reassignment_count"], record["reopen_count"]) == wanted
        assert replayed(record) == wanted


def replayed(record: dict[str, Any]) -> tuple[int, int]:
    """Hand-overs and reopenings, counted from the states alone."""
    done = ("ready", "closed")
    pairs = list(pairwise(record["states"]))
    handed = sum(after["handed_over"] or before["group"] != after["group"] for before, after in pairs)
    reopened = sum(before["state"] in done and after["state"] not in done for before, after in pairs)
    return handed, reopened


def test_every_incident_is_received_first_and_closed_last(log: Any) -> None:
    for record in log[1]:
        moments = [state["at"] for state in record["states"]]
        assert (
            moments == sorted(moments) or record["key"] == "INC0000137"
        )  # has a straggler in the log itself
        assert record["received_at"] <= min(moments)
        assert record["states"][-1]["state"] == "closed"
        assert record["closed_at"] >= record["received_at"]
        assert record["resolution"] == "solved"


def test_nothing_is_left_untranslated(log: Any) -> None:
    records = log[1]
    assert {record["priority"] for record in records} == {"P1", "P2", "P3", "P4"}
    assert {record["channel"] for record in records} == {"phone"}
    texts = [
        text for record in records for text in (record["text"], record["summary"], record["location_name"])
    ]
    assert not any("?" in text for text in texts if text)


def test_every_category_comes_in_and_all_but_one_have_a_term() -> None:
    rows, records, refused = read("municipal_categories.csv")
    assert refused == []
    assert len(records) == len(rows) == 77
    assert [record["slug"] for record in records if record["lead_time"] is None] == ["personen-op-het-water"]
    assert sum(record["lead_time"] == {"amount": 21, "unit": "calendar_days"} for record in records) == 11
