"""Cells: what each type takes, and the sentence for what it does not."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from gateway.imports.targets import Field, choice
from gateway.imports.values import NotReadable, Reader

DAY_FIRST = "%d-%m-%Y %H:%M"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def moment(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "format_", "read"),
    [
        ("29-02-2016 01:16", DAY_FIRST, moment(2016, 2, 29, 0, 16)),
        ("01-07-2016 01:16", DAY_FIRST, moment(2016, 6, 30, 23, 16)),
        ("03-02-2016 12:00", DAY_FIRST, moment(2016, 2, 3, 11, 0)),  # the day first, never the month
        ("30-10-2016 02:30", DAY_FIRST, moment(2016, 10, 30, 0, 30)),  # shown twice that night: the first
        ("27-03-2016 02:30", DAY_FIRST, moment(2016, 3, 27, 1, 30)),  # skipped that night: an hour on
        ("2016-02-29T01:16:00", None, moment(2016, 2, 29, 0, 16)),
        ("2016-02-29T01:16:00Z", None, moment(2016, 2, 29, 1, 16)),
        ("2016-02-29T01:16:00+05:00", None, moment(2016, 2, 28, 20, 16)),
        ("2016-02-29", None, moment(2016, 2, 28, 23, 0)),
    ],
)
def test_moments_are_read_in_the_zone_of_the_organisation(
    written: str, format_: str | None, read: datetime
) -> None:
    assert Reader(format_, AMSTERDAM).time(written) == read


@pytest.mark.parametrize(
    ("type_", "written", "read"),
    [
        (Field(), "Kamer 2.14", "Kamer 2.14"),
        (Field("whole"), "12", 12),
        (Field("whole"), "-3", -3),
        *((Field("yes_no"), word, True) for word in ("TRUE", "True", "yes", "ja", "1")),
        *((Field("yes_no"), word, False) for word in ("FALSE", "False", "no", "nee", "0")),
        (choice("P1", "P2"), "P2", "P2"),
    ],
)
def test_cells_are_read_by_type(type_: Field, written: str, read: object) -> None:
    assert Reader(None, UTC).value(written, type_) == read


@pytest.mark.parametrize(
    ("type_", "format_", "written", "sentence"),
    [
        (
            Field("time"),
            DAY_FIRST,
            "31-02-2016 10:00",
            "'31-02-2016 10:00' is not a moment written like 23-11-2026 14:30",
        ),
        (
            Field("time"),
            DAY_FIRST,
            "2016-02-29",
            "'2016-02-29' is not a moment written like 23-11-2026 14:30",
        ),
        (Field("time"), None, "gisteren", "'gisteren' is not a moment written like 2026-11-23T14:30:05"),
        (Field("whole"), None, "3,5", "'3,5' is not a whole number"),
        (Field("yes_no"), None, "misschien", "'misschien' is neither yes nor no"),
        (choice("P1", "P2"), None, "hoog", "'hoog' is not one of P1, P2; give the mapping a value for it"),
        (Field(), None, "x" * 10_001, "the text is longer than 10000 characters"),
    ],
)
def test_what_is_not_readable_is_refused_in_a_sentence(
    type_: Field, format_: str | None, written: str, sentence: str
) -> None:
    with pytest.raises(NotReadable) as refused:
        Reader(format_, AMSTERDAM).value(written, type_)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "raw", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_a_moment_beyond_the_calendar_is_refused_with_its_row_and_not_a_fault(raw: str) -> None:
    with pytest.raises(NotReadable, match="is not a moment"):
        Reader(None, AMSTERDAM).time(raw)


def test_a_refusal_repeats_no_more_of_a_cell_than_one_finds_it_by() -> None:
    with pytest.raises(NotReadable) as refused:
        Reader(None, AMSTERDAM).value("9" * 5000, Field("whole"))
    assert len(str(refused.value)) < 150
