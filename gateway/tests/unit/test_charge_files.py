"""What was charged, as a file: the same rows for programs and people, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from gateway.charge_files import CODES, HEAD, called, packed
from gateway.testing import FakeTransport
from openpyxl import load_workbook
from werkzeug.test import Client

from gateway import charge_files

AN_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d11"


def line(**more: Any) -> dict[str, Any]:
    return {
        "charge_id": AN_ID, "month": "2026-11", "first_month": "2026-11", "booked_at": "2026-11-24T10:00:00Z",
        "cost_centre": {"key": "4100", "name": "Communicatie"}, "what": "price", "reason": "done",
        "amount_cents": 12_345, "confidential": False, "request_id": AN_ID, "reference": "SD-26-000123",
        "order_number": None, "product": {"product_id": AN_ID, "name": {"nl": "Lunch", "en": "Lunch"}},
        "person": "Sanne de Wit", **more,
    }  # fmt: skip


VEILED = line(
    confidential=True, **dict.fromkeys(("request_id", "reference", "order_number", "product", "person"))
)


def read(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"), newline="")))


def test_a_line_is_a_row_with_its_amount_in_euros() -> None:
    (row,) = read(packed([line()], CODES, "csv")[0])
    assert tuple(row) == HEAD
    assert (row["month"], row["differs_from"], row["cost_centre"]) == ("2026-11", "", "4100")
    assert (row["amount"], row["request"], row["person"]) == ("123.45", "SD-26-000123", "Sanne de Wit")


def test_what_is_booked_back_is_a_number_and_no_text_with_an_apostrophe() -> None:
    rows = read(packed([line(amount_cents=-12_345), line(amount_cents=-90_000)], CODES, "csv")[0])
    assert [row["amount"] for row in rows] == ["-123.45", "-900.00"]


def test_a_difference_names_the_month_that_it_is_a_difference_on() -> None:
    (row,) = read(packed([line(first_month="2026-10")], CODES, "csv")[0])
    assert (row["month"], row["differs_from"]) == ("2026-11", "2026-10")


def test_of_what_is_confidential_there_is_an_amount_and_no_more() -> None:
    (row,) = read(packed([VEILED], CODES, "csv")[0])
    assert row["request"] == "confidential"
    assert [row[name] for name in ("product", "person", "work_order")] == ["", "", ""]
    assert row["amount"] == "123.45"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_name_that_is_a_formula_is_run_in_neither_file(start: str) -> None:
    evil = line(person=f"{start}HYPERLINK(1)", cost_centre={"key": f"{start}1", "name": f"{start}cmd"})
    (row,) = read(packed([evil], CODES, "csv")[0])
    assert row["person"].startswith("'")
    assert row["cost_centre_name"].startswith("'")
    cells = [cell for cells in sheet(packed([evil], CODES, "xlsx")[0]).iter_rows(min_row=2) for cell in cells]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert f"'{start}HYPERLINK(1)" in [cell.value for cell in cells]


def sheet(body: bytes) -> Any:
    return load_workbook(BytesIO(body))["charges"]


def test_a_workbook_has_numbers_and_says_on_another_sheet_what_it_is() -> None:
    body, media_type = packed([line(amount_cents=-99)], CODES, "xlsx", ["Een maand die voorbij is"])
    assert "spreadsheetml" in media_type
    amount = sheet(body).cell(2, HEAD.index("amount") + 1)
    assert (Decimal(str(amount.value)), amount.number_format) == (Decimal("-0.99"), "#,##0.00")
    assert load_workbook(BytesIO(body))["about"].cell(1, 1).value == "Een maand die voorbij is"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [("2026-10", "2026-11", "charges-2026-10-until-2026-11"), ("2026-11", "2026-11", "charges-2026-11"),
     (None, "2026-11", "charges-2026-11"), (None, None, "charges")],
)  # fmt: skip
def test_a_file_is_called_after_its_months(first: str | None, last: str | None, name: str) -> None:
    assert called(first, last) == name


# --- over the API ------------------------------------------------------------------------------------------


@pytest.fixture
def get(client: Client, signed_in: Callable[..., dict[str, str]]) -> Callable[[str], Any]:
    return lambda query: client.get(f"/v1/charges/export?{query}", headers=signed_in("manager"))


def test_all_pages_are_in_one_file(get: Callable[[str], Any], transport: FakeTransport) -> None:
    pages = {
        None: {"items": [line(), line()], "next_cursor": "b"},
        "b": {"items": [line()], "next_cursor": None},
    }
    transport.answers["intake.list_charges"] = lambda **given: pages[given["cursor"]]
    answer = get("from=2026-11&until=2026-11")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="charges-2026-11.csv"')
    assert len(read(answer.data)) == 3


def test_too_many_lines_are_refused_with_what_to_do(
    get: Callable[[str], Any], transport: FakeTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charge_files, "MOST", 1)
    transport.answers["intake.list_charges"] = {"items": [line(), line()], "next_cursor": None}
    answer = get("format=xlsx")
    assert answer.status_code == 422
    assert "fewer months" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "query", ["from=2026-13", "until=november", "from=2026-11&until=2026-10", "format=pdf"]
)
def test_what_is_no_month_or_format_is_refused(get: Callable[[str], Any], query: str) -> None:
    assert get(query).status_code == 422
