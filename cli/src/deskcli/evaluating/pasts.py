"""Where texts with a right answer come from, each from old to new."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from intake.domain.proposing.knowledge import Chosen, Knowledge, Offered

from deskcli.demo.data import products as demo_products
from deskcli.importing.api import Api, Json

MOST_REQUESTS = 5_000
PAGE = 100
CODE = re.compile(r"[\w ]*?(\d+)")
UPPER = re.compile(r"(?<=[a-z0-9])([A-Z])")


@dataclass(frozen=True)
class Past:
    """`knowledge`: with the catalogue, and without what the desk chose."""

    about: str
    knowledge: Knowledge
    examples: Sequence[Chosen]


def sample() -> Past:
    """The texts that come with the house, with the catalogue of the demo."""
    found = json.loads(files(__package__).joinpath("sample.json").read_text(encoding="utf-8"))
    examples = [Chosen(text, kind, product) for _, kind, product, text in found["rows"]]
    products = ({**product, "productId": product["slug"], "version": 1} for product in demo_products())
    return Past(found["about"], _knowing(products), examples)


def of_the_desk(api: Api) -> Past:
    """What was reported to a running desk and has a kind. Only the first line of each text is asked for."""
    requests = sorted(_sorted_requests(api), key=lambda each: each["receivedAt"])
    examples = [
        Chosen(each["summary"], each["kind"], (each["product"] or {}).get("productId")) for each in requests
    ]
    products = api.get("/products", limit=PAGE)["items"]
    return Past("What this desk has sorted itself, against its own catalogue.", _knowing(products), examples)


def _sorted_requests(api: Api) -> Iterator[Json]:
    cursor, count = None, 0
    while count < MOST_REQUESTS:
        page = api.get("/requests", limit=PAGE, imported=False, **({"cursor": cursor} if cursor else {}))
        count += len(page["items"])
        yield from (each for each in page["items"] if each["kind"])
        if not (cursor := page["nextCursor"]):
            return


def of_a_file(
    path: Path, texts: Sequence[str], label: str, at: str, dates: str, once: str
) -> list[tuple[str, str]]:
    """(text, label) from a CSV. `once`: a column of which each value counts once, by its first row.

    Raises KeyError for a column that is not there, ValueError for a moment that is written otherwise.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows: dict[str, dict[str, str]] = {}
        for number, row in enumerate(csv.DictReader(file)):
            rows.setdefault(row[once] if once else str(number), row)
    ordered = sorted(rows.values(), key=lambda row: datetime.strptime(row[at], dates))  # noqa: DTZ007  only order
    return [(" ".join(_word(row[name]) for name in texts), row[label]) for row in ordered if row[label]]


def _word(cell: str) -> str:
    """Codes such as "Symptom 72" become a word of their own: the model reads no numbers."""
    if CODE.fullmatch(cell):
        return re.sub(r"\d", lambda digit: "abcdefghij"[int(digit[0])], cell).replace(" ", "")
    return cell


def _knowing(products: Any) -> Knowledge:
    knowledge = Knowledge()
    for product in products:
        knowledge.offer(Offered.from_fact({_snake(name): value for name, value in product.items()}))
    return knowledge


def _snake(name: str) -> str:
    return UPPER.sub(lambda letter: f"_{letter[1].lower()}", name)
