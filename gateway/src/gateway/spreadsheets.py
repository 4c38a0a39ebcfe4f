"""What spreadsheet programs make of a file, for all that is written for them: they must not run what somebody
typed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

# A cell that begins with one of these is a formula to them.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Without it Excel takes UTF-8 for something else.
MARK = "\ufeff"
CSV_TYPE = "text/csv; charset=utf-8"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Iterable[Sequence[Any]]


def harmless(value: Any) -> Any:
    """Text that would be a formula gets an apostrophe before it; numbers are what they are."""
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return "" if value is None else value


def written(head: Sequence[str], rows: Rows) -> bytes:
    """As CSV."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (MARK + text.getvalue()).encode()


def _cell(sheet: Any, value: Any) -> Any:
    """An amount is shown with its cents."""
    if not isinstance(value, Decimal):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = value
    cell.number_format = "#,##0.00"
    return cell


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """As a workbook; the first row of each sheet stays in sight."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([_cell(sheet, harmless(value)) for value in row])
    made = BytesIO()
    book.save(made)
    return made.getvalue()
