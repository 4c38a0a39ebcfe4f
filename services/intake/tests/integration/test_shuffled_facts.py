"""Facts of work orders through the database: doubled, late and shuffled, they leave the same dossier."""

from __future__ import annotations

import random
from typing import Any

import pytest

from .house import House

FIRST, SECOND = "01936f2a-7d52-7a11-8e02-3c1d8a90b101", "01936f2a-7d52-7a11-8e02-3c1d8a90b102"
CHANGED = "dispatch.work_order_changed"
FAILED = {"state": "failed", "attempts": 5, "error": "no answer", "next_attempt_at": None}


def change(order: str, sequence: int, action: str, state: str, **more: Any) -> tuple[str, dict[str, Any]]:
    at = f"2026-11-23T09:{sequence:02d}:{int(order[-1])}0Z"
    fact = {"work_order_id": order, "sequence": sequence, "action": action, "state": state, "at": at}
    return CHANGED, {**fact, "number": f"SD-26-000123-{order[-1]}", **more}


STORY = [
    ("dispatch.work_orders_planned", {"planned_at": "2026-11-23T09:01:00Z"}),
    change(FIRST, 2, "delivery_failed", "issued", delivery=FAILED),
    change(FIRST, 3, "redeliver", "issued"),
    change(FIRST, 4, "accept", "accepted"),
    change(FIRST, 5, "complete", "technically_complete"),
    change(SECOND, 2, "issue", "issued"),
    change(SECOND, 3, "accept", "accepted"),
    change(SECOND, 4, "complete", "technically_complete"),
]


def dossier(house: House, facts: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    request = house.receive_standard()
    for event, changes in facts:
        house.tell(event, request_id=str(request["request_id"]), **changes)
    found = house.get(request)
    unlike = ("request_id", "reference", "updated_at", "received_at")
    return {name: value for name, value in found.items() if name not in unlike}


@pytest.mark.parametrize("seed", range(6))
def test_the_dossier_does_not_depend_on_order_or_doubles(house: House, seed: int) -> None:
    chance = random.Random(seed)
    shuffled = STORY + chance.choices(STORY, k=6)
    chance.shuffle(shuffled)

    expected = dossier(house, STORY)
    assert dossier(house, shuffled) == expected
    assert [order["state"] for order in expected["orders"]] == ["technically_complete"] * 2
    assert expected["attention"] is None
    assert len([line for line in expected["timeline"] if line["type"] == "order_changed"]) == 7
