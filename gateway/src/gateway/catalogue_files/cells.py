"""Values as cells of a spreadsheet, and back: what goes out comes in again as it was.

A text that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that begins
with an apostrophe itself; coming in, one apostrophe is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.spreadsheets import RISKY

GUARDED = (*RISKY, "'")
YES, NO = "yes", "no"
LARGEST = 10**12


class NotRight(ValueError):
    """What a cell says cannot be taken. The text says what to do."""


@dataclass(frozen=True)
class Column:
    """`path` leads to the value in a record, such as `name.nl`. `kind`: text, whole, flag, or words (keys
    with spaces between them).
    """

    head: str
    path: str
    kind: str = "text"


def written(value: Any, kind: str) -> Any:
    if value is None:
        return ""
    if kind == "flag":
        return YES if value else NO
    if kind == "words":
        return " ".join(value)
    if kind == "whole":
        return value
    return f"'{value}" if str(value).startswith(GUARDED) else str(value)


def read(cell: Any, kind: str) -> Any:
    """None of an empty cell. Raises NotRight."""
    said = cell if isinstance(cell, str) else "" if cell is None else _plain(cell)
    if kind == "text":
        return said.removeprefix("'") or None
    said = said.strip()
    if not said:
        return [] if kind == "words" else None
    if kind == "words":
        return said.split()
    if kind == "flag":
        if said.lower() not in (YES, NO):
            raise NotRight(f"Write {YES} or {NO}.")
        return said.lower() == YES
    return _whole(said)


def _plain(cell: Any) -> str:
    """A spreadsheet makes numbers of what looks like one: 1250.0 was 1250."""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _whole(said: str) -> int:
    if not said.removeprefix("-").isdecimal() or abs(int(said[:20])) > LARGEST:
        raise NotRight("Write a whole number.")
    return int(said)
