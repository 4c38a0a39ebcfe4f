"""Files for spreadsheets: what somebody typed is never a formula."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from gateway.spreadsheets import MARK, harmless, written
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_would_be_a_formula_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("value", ["Bezemwijs", "a=b", "", -3, 62.5, 0])
def test_other_text_and_numbers_stay_what_they_are(value: object) -> None:
    assert harmless(value) == value


def test_what_is_not_known_is_an_empty_cell() -> None:
    assert harmless(None) == ""


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2, max_size=2)
    )
)
def test_a_file_has_every_cell_and_no_formula(rows: list[list[str]]) -> None:
    text = written(["=head", "b"], rows).decode()
    assert text.startswith(MARK)
    read = list(csv.reader(StringIO(text.removeprefix(MARK), newline="")))
    assert read[0] == ["'=head", "b"]
    assert read[1:] == [[harmless(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for cell in row)
