"""Tables as files for a spreadsheet, which must not run what somebody typed into a request."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from gateway.spreadsheets import MARK, RISKY


def harmless(value: Any) -> Any:
    """Text that would be a formula gets an apostrophe before it; numbers are what they are."""
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return "" if value is None else value


def written(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (MARK + text.getvalue()).encode()
