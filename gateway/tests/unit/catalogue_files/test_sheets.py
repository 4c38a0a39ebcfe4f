"""The catalogue as tables: what goes out comes in again as it was, and what is not right says where."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from gateway.api.schemas.catalog import ProductContent, ProductQuestion, Step
from gateway.catalogue_files import FORMATS, Unreadable, pack, taking, unpack
from gateway.catalogue_files.cells import NotRight, read, written
from gateway.catalogue_files.rows import from_sheets
from gateway.catalogue_files.sheets import SHEETS, to_sheets
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

Json = dict[str, Any]


def both(nl: str, en: str = "") -> Json:
    return {"nl": nl, "en": en or nl}


LAMP: Json = {
    "slug": "lamp",
    "product_id": "01926f00-3000-7a04-8d33-7e8f9a0b1e01",
    "withdrawn": False,
    "name": both("Lamp kapot", "Lamp broken"),
    "category": both("Reparaties", "Repairs"),
    "description": both("=SUM(A1:A9)\ntweede regel", "'quoted'"),
    "kind": "fault",
    "priority": "P3",
    "lead_time": {"amount": 3, "unit": "working_days"},
    "price": {"kind": "fixed", "amount_cents": 1250, "per": None},
    "package": "basic",
    "check_required": True,
    "owner": "Lars Vos",
    "ordering": {
        "cutoff": {"working_days": 1, "at": "12:00", "working_minutes": None},
        "capacity": {"amount": 60, "per": "day"},
        "free_cancellation": {
            "before": {"working_days": None, "at": None, "working_minutes": 480}, "charge_percent": 50,
        },
    },
    "confidential": True,
    "examples": {"yes": [both("@home"), both("-1")], "no": [both("De airco.")]},
    "audience": {"departments": ["Communicatie", "+Onderzoek"], "customers": ["Bakkerij Kruim"],
        "locations": ["k-1"]},
    "questions": [
        {"key": "where", "label": both("Waar?"), "type": "choice", "required": True, "asked_if": None,
         "choices": [{"value": "up", "label": both("Boven")}, {"value": "down", "label": both("Onder")}]},
        {"key": "why", "label": both("Waarom?"), "type": "text", "required": False, "choices": [],
         "asked_if": {"question": "where", "answers": ["up", "down"]}},
    ],
    "process": {"steps": [
        {"key": "look", "title": both("Kijken"), "provider": "schoonmaak", "role": "schoonmaak",
         "check": {"by": "customer", "holds": True}, "depends_on": [],
         "lead_time": None, "instructions": both("", ""), "checklist": [], "cost_cents": None},
        {"key": "mend", "title": both("Maken"), "provider": "vonk-val", "role": None, "check": None,
         "depends_on": ["look"],
         "lead_time": {"amount": 2, "unit": "working_days"}, "instructions": both("Met ladder"),
         "checklist": [both("Stroom eraf"), {**both("Stroom erop"), "optional": True}], "cost_cents": 8000},
    ]},
}  # fmt: skip
ARTICLE: Json = {"slug": "bulbs", "title": both("Lampen"), "body": both("Draai *los*."), "products": ["lamp"],
                 "withdrawn": True, "article_id": "01926f00-4200-7a01-8e44-8f9a0b1c2d01"}  # fmt: skip
CATALOGUE: Json = {"format": 1, "products": [LAMP], "articles": [ARTICLE]}


def kept(tmp_path: Path, body: bytes, name: str = "file") -> Path:
    path = tmp_path / name
    path.write_bytes(body)
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_what_goes_out_comes_in_as_it_was(tmp_path: Path, name: str) -> None:
    assert unpack(kept(tmp_path, pack(CATALOGUE, name)[0])) == (CATALOGUE, [])


def test_every_field_of_a_product_has_its_place_in_the_tables() -> None:
    """One that is added to the catalogue and forgotten here would be lost on the way."""
    apart = {"examples", "audience", "questions", "process"}
    assert set(ProductContent().fields) <= {*LAMP, "withdrawn"}
    assert set(ProductQuestion().fields) == set(LAMP["questions"][0])
    assert set(Step().fields) == set(LAMP["process"]["steps"][1])
    told = {column.path.partition(".")[0] for column in SHEETS["products"]}
    assert told | apart == set(LAMP)


def test_no_cell_is_a_formula() -> None:
    cells = [cell for rows in to_sheets(CATALOGUE).values() for row in rows for cell in row]
    assert [cell for cell in cells if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@"))] == []


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_survives_its_cell(text: str) -> None:
    assert read(written(text, "text"), "text") == text


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [(1250.0, "whole", 1250), ("12", "whole", 12), (True, "flag", True), ("No", "flag", False),
     (7, "text", "7"), ("a  b", "words", ["a", "b"]), ("", "words", []), (None, "text", None)],
)  # fmt: skip
def test_what_a_spreadsheet_makes_of_a_cell_is_understood(cell: Any, kind: str, value: Any) -> None:
    assert read(cell, kind) == value


@pytest.mark.parametrize(
    ("cell", "kind"), [("1,5", "whole"), ("9" * 30, "whole"), ("maybe", "flag"), ("²", "whole")]
)
def test_what_is_no_number_or_yes_or_no_says_so(cell: str, kind: str) -> None:
    with pytest.raises(NotRight):
        read(cell, kind)


def with_cell(sheet: str, row: int, head: str, value: Any) -> dict[str, list[list[Any]]]:
    other = {**deepcopy(LAMP), "slug": "other", "product_id": None}
    sheets = to_sheets({**CATALOGUE, "products": [LAMP, other]})
    sheets[sheet][row - 1][sheets[sheet][0].index(head)] = value
    return sheets


@pytest.mark.parametrize(
    ("sheet", "row", "head", "value"),
    [
        ("products", 2, "lead time", "soon"),
        ("products", 2, "slug", ""),
        ("steps", 3, "cost in cents", "free"),
        ("choices", 2, "question", "nothing"),
        ("checklists", 2, "step", "nothing"),
        ("conditions", 3, "asked if", "why"),
        ("audience", 2, "what", "people"),
        ("questions", 2, "required", "perhaps"),
    ],
)
def test_a_problem_says_where_it_is_and_takes_its_product_along_but_no_other(
    sheet: str, row: int, head: str, value: Any
) -> None:
    found, problems = from_sheets(with_cell(sheet, row, head, value))
    assert len(problems) == 1 or head == "slug"
    assert (problems[0].sheet, problems[0].row, problems[0].column) == (sheet, row, head)
    assert problems[0].text
    assert [product["slug"] for product in found["products"]] == ["other"]


def test_a_row_of_no_product_a_strange_column_and_a_strange_sheet_are_told() -> None:
    sheets = with_cell("steps", 2, "product", "nowhere")
    sheets["products"][0].append("colour")
    sheets["prices"] = [["slug"]]
    _, problems = from_sheets(sheets)
    assert {(each.sheet, each.column) for each in problems} == {
        ("prices", ""), ("products", "colour"), ("steps", "product"),
    }  # fmt: skip


def test_what_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    deep = b"[" * 100_000
    odd = (b'{"products": 5}', b'{"products": [5]}', b'{"products": [{"slug": NaN}]}',
           b'{"products": [], "articles": "x"}')  # fmt: skip
    for body in (b"", b"hello", b"[]", b'{"a": 1}', b"PK\x03\x04damaged", deep, *odd):
        with pytest.raises(Unreadable):
            unpack(kept(tmp_path, body))


def test_an_archive_that_swells_or_holds_other_things_is_refused(tmp_path: Path) -> None:
    for name, content in (("products.csv", b"0" * 50_000_000), ("photo.txt", b"x")):
        with ZipFile(tmp_path / "a.zip", "w", compression=8) as archive:
            archive.writestr(name, content)
        with pytest.raises(Unreadable):
            unpack(tmp_path / "a.zip")


def test_a_workbook_of_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.catalogue_files.packing.MOST_ROWS", 3)
    book = Workbook()
    book.active.title = "products"
    for number in range(6):
        book.active.append([number])
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(Unreadable, match="more than 3 rows"):
        unpack(tmp_path / "b.xlsx")


WORD = b"lamp"
FILE_OF_OURS = b'<!DOCTYPE l [<!ENTITY g SYSTEM "file:///etc/passwd">]>'
GROWING = b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 30) for at in range(6))
GROWS = b'<!DOCTYPE l [<!ENTITY a "' + b"x" * 999 + b'">' + GROWING + b"]>"


@pytest.mark.parametrize(
    "put",
    [
        lambda sheet: sheet[:200],
        lambda sheet: FILE_OF_OURS + sheet.replace(WORD, b"&g;"),
        lambda sheet: GROWS + sheet.replace(WORD, b"&g;"),
    ],
    ids=["cut off", "a file of ours", "a word that grows"],
)
def test_a_workbook_with_hostile_xml_is_refused_and_no_fault(
    tmp_path: Path, put: Callable[[bytes], bytes]
) -> None:
    kept(tmp_path, pack(CATALOGUE, "xlsx")[0])
    with ZipFile(tmp_path / "file") as whole, ZipFile(tmp_path / "c.xlsx", "w") as made:
        for name in whole.namelist():
            sheet = name == "xl/worksheets/sheet1.xml"
            made.writestr(name, put(whole.read(name)) if sheet else whole.read(name))
    with pytest.raises(Unreadable, match="damaged"):
        unpack(tmp_path / "c.xlsx")


def test_a_file_is_unpacked_apart_and_says_the_same(tmp_path: Path) -> None:
    path = kept(tmp_path, pack(CATALOGUE, "xlsx")[0])
    assert taking.unpack_apart(path) == unpack(path)
    with pytest.raises(Unreadable) as refused:
        taking.unpack_apart(kept(tmp_path, b"hello"))
    assert refused.value.code == "not_a_catalogue"


def test_a_file_that_takes_too_long_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 50 kB: twenty thousand rows."""
    rows = "slug,name nl,kind\r\n" + "".join(f"p{number},x,order\r\n" for number in range(20_000))
    with ZipFile(tmp_path / "d.zip", "w", compression=8) as archive:
        archive.writestr("products.csv", rows)
    monkeypatch.setattr(taking.unpacker, "SECONDS", 0.7)
    with pytest.raises(Unreadable, match="smaller parts"):
        taking.unpack_apart(tmp_path / "d.zip")


rows = st.lists(st.lists(st.one_of(st.none(), st.text(max_size=5), st.integers(), st.booleans()), max_size=6))


@given(st.dictionaries(st.sampled_from([*SHEETS, "odd"]), rows))
@settings(max_examples=200)
def test_any_tables_are_read_to_the_end(sheets: dict[str, Any]) -> None:
    found, problems = from_sheets(sheets)
    assert all(product["slug"] for product in found["products"])
    assert all(each.text for each in problems)
