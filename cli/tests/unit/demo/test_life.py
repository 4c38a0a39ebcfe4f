"""The first requests of the demo fit the organisation that they are about."""

from __future__ import annotations

from typing import Any

import pytest
from deskcli.demo.data import load, products
from deskcli.demo.places import rooms

LIFE: list[dict[str, Any]] = load("life")
EARLIER: dict[str, Any] = load("earlier")
ACCOUNTS = {account["email"]: account for account in load("accounts")}
PRODUCTS = {product["slug"]: product for product in products()}


def roles(who: str) -> set[str]:
    return set(ACCOUNTS[who if "@" in who else f"{who}@meerwal.example"]["roles"])


@pytest.mark.parametrize("scene", LIFE, ids=lambda scene: str(scene["text"])[:30])
def test_a_request_is_one_that_its_reporter_could_make(scene: dict[str, Any]) -> None:
    for_another = {"for", "answer"} & set(scene)
    assert roles(scene["by"]) & ({"agent"} if for_another else {"requester", "agent"})
    assert scene.get("place") is None or scene["place"] in rooms()
    if "product" in scene:
        product = PRODUCTS[scene["product"]]
        questions = {question["key"]: question for question in product["questions"]}
        needed = {key for key, question in questions.items() if question["required"]}
        assert needed <= set(scene.get("answers", {})) <= set(questions)


@pytest.mark.parametrize(
    "scene", [scene for scene in LIFE if "order" in scene], ids=lambda s: str(s["product"])
)
def test_orders_are_moved_by_who_has_them_or_by_the_desk(scene: dict[str, Any]) -> None:
    steps = PRODUCTS[scene["product"]]["process"]["steps"]
    providers = {step["provider"] for step in steps}
    for who, _action, *_said in scene["order"]:
        account = ACCOUNTS[who if "@" in who else f"{who}@meerwal.example"]
        assert "agent" in account["roles"] or account["providerSlug"] in providers


def test_there_is_something_of_everything() -> None:
    assert {scene.get("kind") for scene in LIFE} >= {
        "order",
        "complaint",
        "wish",
        "information",
        "fault",
        None,
    }
    assert {scene.get("channel", "site") for scene in LIFE} == {"site", "phone", "counter"}
    for ending in ("question", "reject", "withdraw", "confirm", "reopen", "answer"):
        assert any(ending in scene for scene in LIFE), ending
    assert 30 <= len(LIFE) + len(EARLIER["rows"]) <= 54


def test_what_is_from_before_is_partly_closed_and_partly_late() -> None:
    rows = [dict(zip(EARLIER["columns"], cells, strict=True)) for cells in EARLIER["rows"]]
    assert any(row["hours"] is None for row in rows)
    assert all(row["hours"] is None or row["hours"] < 24 * row["days ago"] for row in rows)
    assert all(row["place"] in rooms() for row in rows)
