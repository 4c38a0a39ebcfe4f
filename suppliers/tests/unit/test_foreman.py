from __future__ import annotations

from typing import Any

import pytest
from demo_supplier.foreman import LOOK_AGAIN_SECONDS, Foreman


class Desk:
    """Has one order and moves it as it is told."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.told: list[str] = []

    def look_up(self, order: str) -> dict[str, Any]:
        return {"state": self.state, "issued_at": "2026-11-24T09:00:00Z"}

    def accept(self, order: str) -> None:
        self.told.append("accept")

    def progress(self, order: str, action: str, **details: Any) -> None:
        self.told.append(action)

    def complete(
        self, order: str, note: str | None = None, cost_cents: int | None = None, **record: Any
    ) -> None:
        self.told.append("complete")


def test_an_order_that_he_has_already_he_does_not_do_twice() -> None:
    foreman = Foreman(Desk("accepted"), step_seconds=60.0)
    for number in ("SD-26-000001-1", "SD-26-000002-1", "SD-26-000001-1"):
        foreman.take(number)
    assert sorted(number for _, number in foreman._due) == ["SD-26-000001-1", "SD-26-000002-1"]


@pytest.mark.parametrize(
    ("state", "told", "again"),
    [
        ("issued", [], LOOK_AGAIN_SECONDS),
        ("accepted", ["schedule"], 1.0),
        ("scheduled", ["start"], 1.0),
        ("in_progress", ["complete"], None),
        ("paused", [], LOOK_AGAIN_SECONDS),
        ("cancellation_requested", [], None),
        ("cancelled", [], None),
        ("technically_complete", [], None),
        ("refused", [], None),
    ],
)
def test_what_comes_next_follows_from_the_desks_word(
    state: str, told: list[str], again: float | None
) -> None:
    desk = Desk(state)
    assert Foreman(desk, step_seconds=1.0).move_on("SD-26-000001-1") == again
    assert desk.told == told
