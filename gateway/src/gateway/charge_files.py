"""What was charged, as a file for the books: one row for each line of the ledger.

The same rows for programs, in codes, and for people, in their words (`Tongue`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from servicekit.errors import Invalid

from gateway.clients import Json
from gateway.clients.intake import Intake
from gateway.spreadsheets import CSV_TYPE, WORKBOOK_TYPE, workbook, written

FORMATS = ("csv", "xlsx")
AT_ONCE = 1_000
MOST = 20_000
# Its columns, in codes. `differs_from`: of a difference, the month in which its request was first booked.
HEAD = (
    "month", "differs_from", "cost_centre", "cost_centre_name", "amount", "what", "reason", "request",
    "work_order", "product", "person", "booked_at", "id",
)  # fmt: skip


@dataclass(frozen=True)
class Tongue:
    """`code`: a word for one of "what" or "reason"; `name`: of a text per language; `hidden`: what stands for
    what is confidential.
    """

    head: Sequence[str] = HEAD
    code: Callable[[str, str], str] = lambda _kind, code: code
    name: Callable[[Mapping[str, str] | None], str] = lambda name: (name or {}).get("en", "")
    moment: Callable[[Any], str] = str
    hidden: str = "confidential"


CODES = Tongue()


def gather(intake: Intake, **wanted: Any) -> list[Json]:
    """All lines. Raises Invalid when they are too many for one file."""
    found: list[Json] = []
    for page in _pages(intake, wanted):
        found += page
        if len(found) > MOST:
            text = f"These are more than {MOST} lines. Choose fewer months, or one cost centre."
            raise Invalid("too_many_lines", text, {"from": [text]})
    return found


def packed(
    lines: Iterable[Json], tongue: Tongue, format_: str, about: Sequence[str] = ()
) -> tuple[bytes, str]:
    """(bytes, media type). `about`: sentences that go with a workbook, on a sheet of their own."""
    rows = [_row(line, tongue) for line in lines]
    if format_ == "csv":
        return written(tongue.head, rows), CSV_TYPE
    sheets: dict[str, Sequence[Sequence[Any]]] = {"charges": [tongue.head, *rows]}
    if about:
        sheets["about"] = [[sentence] for sentence in about]
    return workbook(sheets), WORKBOOK_TYPE


def called(first: str | None, last: str | None) -> str:
    """Without its ending."""
    months = sorted({month for month in (first, last) if month})
    return "-until-".join(("charges-" + months[0], *months[1:])) if months else "charges"


def is_difference(line: Json) -> bool:
    """On a month that was over when it was booked."""
    return bool(line["first_month"] < line["month"])


def _pages(intake: Intake, wanted: Mapping[str, Any]) -> Iterator[list[Json]]:
    cursor = None
    while True:
        found = intake.list_charges(**wanted, limit=AT_ONCE, cursor=cursor)
        yield found["items"]
        if not (cursor := found["next_cursor"]):
            return


def _row(line: Json, tongue: Tongue) -> list[Any]:
    centre, product = line["cost_centre"] or {}, line["product"] or {}
    return [
        line["month"],
        line["first_month"] if is_difference(line) else None,
        centre.get("key"),
        centre.get("name"),
        Decimal(line["amount_cents"]).scaleb(-2),
        tongue.code("what", line["what"]),
        tongue.code("reason", line["reason"]),
        tongue.hidden if line["confidential"] else line["reference"],
        line["order_number"],
        tongue.name(product.get("name")) if product else None,
        line["person"],
        tongue.moment(line["booked_at"]),
        str(line["charge_id"]),
    ]
