"""Reading CSV as people's programs write it: UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

MAX_BYTES = 500 * 1024 * 1024
MAX_CELL = 1024 * 1024
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class NotATable(Exception):
    """The file can't be read as a table; the text says why and what to do."""


@dataclass(frozen=True)
class Line:
    """`problem` says why the cells can't be trusted; they are then what could be read."""

    number: int
    values: dict[str, str]
    problem: str | None = None


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    lines: list[Line]


def read(path: Path) -> Table:
    """Raises NotATable. Empty lines are left out."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise NotATable(f"{path} is larger than {MAX_BYTES // 1024**2} MB; cut it into smaller files.")
        text = _decode(path.read_bytes(), path)
    except OSError as error:
        raise NotATable(f"{path} can't be read ({error.strerror}); give the name of a CSV file.") from error
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        _check(header, path)
        return Table(header, list(_lines(reader, header)))
    except csv.Error as error:
        raise NotATable(f"{path}, line {reader.line_num}: {error}; save it as CSV again.") from error


def _decode(content: bytes, path: Path) -> str:
    if not content.strip():
        raise NotATable(f"{path} is empty; give a CSV file with a header row.")
    wide = content.startswith(UTF_16)
    if b"\0" in content and not wide:
        raise NotATable(f"{path} is not a text file; save it as CSV first.")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise NotATable(f"{path} is neither UTF-8 nor Windows-1252; save it as CSV in UTF-8.")


def _delimiter(text: str) -> str:
    """The one that makes the most columns of the header."""
    outside_quotes = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    return max(",;\t", key=outside_quotes.count)


def _check(header: tuple[str, ...], path: Path) -> None:
    if len(header) < 2 or not all(header):
        raise NotATable(f"{path} does not begin with a header row; put the names of the columns on line 1.")
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice:
        raise NotATable(f"{path} has two columns '{twice}'; give each column a name of its own.")


def _lines(reader: Any, header: tuple[str, ...]) -> Iterator[Line]:
    """A cell may hold line ends, so a row's number is that of its first line."""
    number = 2
    for cells in reader:
        if any(cell.strip() for cell in cells):
            problem = None
            if len(cells) != len(header):
                problem = f"it has {len(cells)} cells, the header has {len(header)}"
            yield Line(number, dict(zip(header, cells, strict=False)), problem)
        number = reader.line_num + 1


def grouped(lines: list[Line], key: str | None) -> list[list[Line]]:
    """Lines with the same key together, so that no record is cut in two. Lines without a key stand alone."""
    if key is None:
        return [[line] for line in lines]
    first_seen: dict[str, int] = {}
    for line in lines:
        first_seen.setdefault(_key(line, key), line.number)
    ordered = sorted(lines, key=lambda line: (first_seen[_key(line, key)], line.number))
    return [list(group) for _, group in groupby(ordered, lambda line: _key(line, key))]


def _key(line: Line, key: str) -> str:
    return line.values.get(key, "").strip() or f"\0{line.number}"
