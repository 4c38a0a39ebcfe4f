"""What a table of figures is made of, and with what: the same cells for people and for files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.pages.manage.numbers import Numbers, percent
from gateway.pages.manage.period import Chosen
from gateway.pages.visit import Visit


@dataclass(frozen=True)
class Cell:
    """`value` is for files, `text` for people."""

    value: Any
    text: str
    href: str = ""


@dataclass(frozen=True)
class Table:
    """The first column names the row; the others are numbers."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def plain(self) -> list[list[Any]]:
        return [[cell.value for cell in row] for row in self.rows]


@dataclass(frozen=True)
class Maker:
    """What all tables are made with."""

    visit: Visit
    chosen: Chosen

    @property
    def numbers(self) -> Numbers:
        return Numbers(self.visit.words.language)

    def words(self, text: str, **values: Any) -> str:
        return self.visit.words(text, **values)

    def word(self, text: str, href: str = "") -> Cell:
        return Cell(text, text, href)

    def number(self, value: float | None, href: str = "") -> Cell:
        """Nothing is no link."""
        return Cell(value, self.numbers.count(value), href if value else "")

    def share(self, count: float, of: float) -> Cell:
        return Cell(percent(count, of), self.numbers.share(count, of))
