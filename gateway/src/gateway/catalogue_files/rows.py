"""The catalogue out of its tables, and what in them is not right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.catalogue_files.cells import Column, NotRight, read
from gateway.catalogue_files.sheets import AUDIENCES, FORMAT, SHEETS
from gateway.clients import Json

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Problem:
    """`row` as a spreadsheet counts them: the first below the heading is 2."""

    sheet: str
    row: int
    column: str
    text: str

    def to_dict(self) -> Json:
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "text": self.text}


@dataclass
class Reading:
    """What was understood so far, and what was not."""

    products: dict[str, Json] = field(default_factory=dict)
    articles: list[Json] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # Slugs of what has a problem somewhere, on any sheet.
    spoiled: set[tuple[bool, str]] = field(default_factory=set)

    def wrong(self, sheet: str, row: int, column: str, text: str) -> None:
        self.problems.append(Problem(sheet, row, column, text))


def from_sheets(sheets: Mapping[str, Rows]) -> tuple[Json, list[Problem]]:
    """The catalogue, in which whatever has a problem is left out with all that belongs to it."""
    reading = Reading()
    for name in sheets:
        if name not in SHEETS:
            reading.wrong(name, 1, "", f"There is no such sheet. Those there are: {', '.join(SHEETS)}.")
    for name in SHEETS:
        _read_sheet(name, sheets.get(name, ()), reading)
    fine = [product for slug, product in reading.products.items() if (True, slug) not in reading.spoiled]
    articles = [each for each in reading.articles if (False, each["slug"]) not in reading.spoiled]
    products = [_finished(product) for product in fine]
    return {"format": FORMAT, "products": products, "articles": articles}, reading.problems


def _read_sheet(name: str, rows: Rows, reading: Reading) -> None:
    if not rows:
        return
    heads = [str(head or "").strip().lower() for head in rows[0]]
    columns = {column.head: column for column in SHEETS[name]}
    for head in heads:
        if head and head not in columns:
            reading.wrong(name, 1, head, f"There is no such column. Those there are: {', '.join(columns)}.")
    whose = SHEETS[name][0].head
    for number, row in enumerate(rows[1:], 2):
        if not any(cell not in (None, "") for cell in row):
            continue
        cells, before = dict(zip(heads, row, strict=False)), len(reading.problems)
        record = _record(name, number, cells, columns, reading)
        if record is not None:
            TAKE[name](reading, name, number, record)
        if len(reading.problems) > before:
            reading.spoiled.add((name != "articles", read(cells.get(whose), "text") or ""))


def _record(
    name: str, number: int, cells: Mapping[str, Any], columns: Mapping[str, Column], reading: Reading
) -> Json | None:
    record: Json = {}
    before = len(reading.problems)
    for head, column in columns.items():
        try:
            _put(record, column.path, read(cells.get(head), column.kind))
        except NotRight as wrong:
            reading.wrong(name, number, head, str(wrong))
    return record if len(reading.problems) == before else None


def _put(record: Json, path: str, value: Any) -> None:
    *way, last = path.split(".")
    for name in way:
        record = record.setdefault(name, {})
    record[last] = value


def _product(reading: Reading, sheet: str, row: int, record: Json) -> None:
    slug = record["slug"]
    if not slug:
        reading.wrong(sheet, row, "slug", "Give it a slug: by it the other sheets know it.")
    elif slug in reading.products:
        reading.wrong(sheet, row, "slug", f"{slug} stands on an earlier row too.")
    else:
        parts: Json = {
            "examples": {"yes": [], "no": []},
            "audience": {name: [] for name in AUDIENCES.values()},
        }
        reading.products[slug] = {**record, **parts, "questions": [], "process": {"steps": []}}


def _article(reading: Reading, sheet: str, row: int, record: Json) -> None:
    if not record["slug"]:
        reading.wrong(sheet, row, "slug", "Give it a slug.")
        return
    for name in ("title", "body"):
        record[name] = _texts(record[name])
    reading.articles.append({**record, "withdrawn": bool(record["withdrawn"])})


Take = Callable[[Reading, str, int, Json], None]


def _of_product(take: Callable[[Reading, str, int, Json, Json], None]) -> Take:
    """Of a row that belongs to a product, which has to be there."""

    def of_product(reading: Reading, sheet: str, row: int, record: Json) -> None:
        slug = record.pop("product")
        product = reading.products.get(slug or "")
        spoiled, before = (True, slug) in reading.spoiled, len(reading.problems)
        if product is not None:
            take(reading, sheet, row, record, product)
        else:
            reading.wrong(sheet, row, "product", f"There is no row for {slug or 'it'} on the sheet products.")
        if spoiled:  # what it misses may be on a row that was told already
            del reading.problems[before:]

    return of_product


def _example(reading: Reading, sheet: str, row: int, record: Json, product: Json) -> None:
    when = record.pop("when")
    product["examples"]["no" if when is False else "yes"].append(_texts(record))


def _audience(reading: Reading, sheet: str, row: int, record: Json, product: Json) -> None:
    name = AUDIENCES.get(record["what"] or "")
    if name is None:
        reading.wrong(sheet, row, "what", f"Write {' or '.join(AUDIENCES)}.")
    else:
        product["audience"][name].append(record["which"] or "")


def _question(reading: Reading, sheet: str, row: int, record: Json, product: Json) -> None:
    given = {**record, "label": _texts(record["label"]), "required": bool(record["required"])}
    product["questions"].append({**given, "type": record["type"] or "text", "choices": [], "asked_if": None})


def _choice(reading: Reading, sheet: str, row: int, record: Json, product: Json) -> None:
    question = _keyed(reading, sheet, row, "question", record, product["questions"])
    if question is not None:
        question["choices"].append({"value": record["value"], "label": _texts(record["label"])})


def _condition(reading: Reading, sheet: str, row: int, record: Json, product: Json) -> None:
    question = _keyed(reading, sheet, row, "question", record, product["questions"])
    if question is None:
        return
    condition = question["asked_if"] or {"question": record["asked_if"], "answers": []}
    if condition["question"] != record["asked_if"]:
        reading.wrong(sheet, row, "asked if", "One question can depend on one other only.")
        return
    condition["answers"].append(record["answer"])
    question["asked_if"] = condition


def _step(reading: Reading, sheet: str, row: int, record: Json, product: Json) -> None:
    given: Json = {
        "title": _texts(record["title"]),
        "instructions": _texts(record["instructions"]),
        "checklist": [],
    }
    check = record["check"] if record["check"]["by"] else None
    given["check"] = check and {**check, "holds": bool(check["holds"])}
    product["process"]["steps"].append({**record, **given, "lead_time": _term(record["lead_time"])})


def _checklist(reading: Reading, sheet: str, row: int, record: Json, product: Json) -> None:
    step = _keyed(reading, sheet, row, "step", record, product["process"]["steps"])
    if step is not None:
        point = _texts({name: record[name] for name in ("nl", "en")})
        step["checklist"].append({**point, "optional": True} if record["optional"] else point)


def _keyed(
    reading: Reading, sheet: str, row: int, what: str, record: Json, known: Sequence[Json]
) -> Json | None:
    found = next((each for each in known if each["key"] == record[what]), None)
    if found is None:
        reading.wrong(
            sheet, row, what, f"This product has no {what} with the key {record[what] or '(empty)'}."
        )
    return found


TAKE: Mapping[str, Take] = {
    "products": _product,
    "examples": _of_product(_example),
    "audience": _of_product(_audience),
    "questions": _of_product(_question),
    "choices": _of_product(_choice),
    "conditions": _of_product(_condition),
    "steps": _of_product(_step),
    "checklists": _of_product(_checklist),
    "articles": _article,
}


def _finished(product: Json) -> Json:
    """As an export has it."""
    price, ordering = product["price"], _ordering(product.pop("ordering", None) or {})
    return {
        **product,
        **{name: _texts(product[name]) for name in ("name", "category", "description")},
        "lead_time": _term(product["lead_time"]),
        "price": {**price, "kind": price["kind"] or "none"},
        **({"ordering": ordering} if ordering else {}),
        "package": product["package"] or None,
        "priority": product["priority"] or "P4",
        "check_required": bool(product["check_required"]),
        "confidential": bool(product["confidential"]),
        "withdrawn": bool(product["withdrawn"]),
    }


def _ordering(given: Json) -> Json | None:
    """A rule of which no cell is filled in is none."""
    cutoff, capacity = given.get("cutoff") or {}, given.get("capacity") or {}
    free = given.get("free_cancellation") or {}
    before, percent = free.get("before") or {}, free.get("charge_percent")
    charged = 100 if percent is None else percent
    found: Json = {
        "cutoff": cutoff if _filled(cutoff) else None,
        "capacity": {**capacity, "per": capacity["per"] or "day"} if capacity.get("amount") else None,
        "free_cancellation": {"before": before, "charge_percent": charged} if _filled(before) else None,
    }
    return found if any(found.values()) else None


def _filled(given: Json) -> bool:
    return any(each not in (None, "") for each in given.values())


def _texts(given: Json) -> Json:
    return {language: given.get(language) or "" for language in ("nl", "en")}


def _term(given: Json) -> Json | None:
    return given if given["amount"] is not None else None
