"""Files of the catalogue, packed and unpacked: JSON, a workbook, or a folder of CSV files in one archive."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from servicekit.errors import Invalid

from gateway.catalogue_files.rows import Problem, Rows, from_sheets
from gateway.catalogue_files.sheets import SHEETS, to_sheets
from gateway.clients import Json
from gateway.files.archives import Swells, office_type, table_of_contents
from gateway.spreadsheets import MARK, WORKBOOK_TYPE, workbook

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_CELL = 32_767  # letters; a spreadsheet holds no more


class Unreadable(Invalid):
    """The file itself, not what stands in it."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text, {"file": [text]})


@dataclass(frozen=True)
class Format:
    media_type: str
    ending: str
    pack: Callable[[Json], bytes]


def pack(catalogue: Json, name: str) -> tuple[bytes, str, str]:
    """(bytes, media type, ending) in one of FORMATS."""
    made = FORMATS[name]
    return made.pack(catalogue), made.media_type, made.ending


def unpack(path: Path) -> tuple[Json, list[Problem]]:
    """What stands in it, by its content, whatever it is called; and what in its tables is not right. Raises
    Unreadable.
    """
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            return from_sheets(_unpacked(file))
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_a_catalogue", NOT_ONE) from error
    if not isinstance(found, dict) or not all(_is_list(found.get(name, [])) for name in LISTS):
        raise Unreadable("not_a_catalogue", NOT_ONE)
    if "products" not in found:
        raise Unreadable("not_a_catalogue", NOT_ONE)
    return found, []


def _is_list(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(each, dict) for each in found)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


LISTS = ("products", "articles")
NOT_ONE = (
    "This is no catalogue: upload what was exported here, as JSON, a workbook (XLSX) or CSV files (ZIP)."
)


def _unpacked(file: BinaryIO) -> Mapping[str, Rows]:
    try:
        if "xl/workbook.xml" not in table_of_contents(file):
            return _from_archive(file)
        if office_type(file) is None:
            raise Unreadable("not_a_catalogue", "This workbook has macros. Save it without them.")
        return _from_workbook(file)
    except Swells as error:
        raise Unreadable(
            "file_swells", "This file unpacks to far more than it seems. It is not taken."
        ) from error
    except Unreadable:
        raise
    except Exception as error:  # readers of workbooks raise whatever they meet in what is badly made
        raise Unreadable("file_broken", "This file can't be opened: it is damaged. Save it again.") from error


def _as_json(catalogue: Json) -> bytes:
    return json.dumps(catalogue, ensure_ascii=False, indent=1, default=str).encode()


def _as_workbook(catalogue: Json) -> bytes:
    return workbook(to_sheets(catalogue))


def _as_archive(catalogue: Json) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in to_sheets(catalogue).items():
            text = StringIO()
            csv.writer(text).writerows(rows)
            archive.writestr(f"{name}.csv", (MARK + text.getvalue()).encode())
    return made.getvalue()


def _from_workbook(file: BinaryIO) -> dict[str, Rows]:
    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        return {
            sheet.title.lower(): _bounded(
                sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), sheet.title
            )
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _from_archive(file: BinaryIO) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            sheet = Path(name).stem.lower()
            if name.endswith(".csv"):
                text = archive.read(name).decode("utf-8-sig")
                found[sheet] = _bounded(csv.reader(StringIO(text, newline="")), sheet)
    if not found.keys() & SHEETS.keys():
        raise Unreadable("not_a_catalogue", NOT_ONE)
    return found


def _bounded(rows: Any, sheet: str) -> list[list[Any]]:
    found: list[list[Any]] = []
    for row in rows:
        if len(found) > MOST_ROWS:
            raise Unreadable("too_many_rows", f"The sheet {sheet} has more than {MOST_ROWS} rows.")
        found.append(list(row[:MOST_COLUMNS]))
    return found


FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", "json", _as_json),
    "xlsx": Format(WORKBOOK_TYPE, "xlsx", _as_workbook),
    "csv": Format("application/zip", "zip", _as_archive),
}
