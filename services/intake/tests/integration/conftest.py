"""Units of work of intake on a real database, and a small organisation in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from intake.storage.unit_of_work import IntakeWork

from .house import House


@pytest.fixture
def work(work_factory: Callable[..., Any]) -> Callable[..., Any]:
    """`with work(actor) as w:` is one transaction of intake, committed at the end, its facts checked."""
    return work_factory(IntakeWork, "intake")


@pytest.fixture
def house(work: Callable[..., Any], clock: Any, published: Callable[..., Any]) -> House:
    """A small organisation: people, places, products, and whoever acts."""
    return House(work, clock, published)


@pytest.fixture
def statements(house: House) -> Iterator[list[str]]:
    """The text of every statement that reaches the database."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(house.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(house.engine, "before_cursor_execute", note)
