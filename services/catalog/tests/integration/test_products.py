"""Products in a real database, through the migrations."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from catalog import messages
from catalog.handlers import products
from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound, Stale

from ..samples import product, text  # noqa: TID252  samples of this service alone

Work = Callable[..., Any]
LARS = Actor("person", "lars", "Lars Vos", frozenset({"product_owner"}))
NOBODY = UUID(int=9)


def publish(work: Work, **changes: Any) -> dict[str, Any]:
    command = messages.PublishProduct().load(product(**changes))
    with work(actor=LARS) as w:
        return products.publish_product(w, **command)


def get(work: Work, product_id: UUID, version: int | None = None) -> dict[str, Any]:
    with work() as w:
        return products.get_product(w, product_id, version)


def facts(work: Work, published: Callable[..., Any]) -> list[tuple[str, int]]:
    with work() as w:
        return [(row["type"], row["data"]["version"]) for row in published(w.connection)]


def test_a_published_product_is_there_whole_and_told_about(work: Work, published: Any) -> None:
    answer = publish(work)
    assert (answer["version"], answer["changed"]) == (1, True)
    found = get(work, answer["product_id"])
    assert found["name"] == {"nl": "Radiator wordt niet warm", "en": "Radiator stays cold"}
    assert found["process"]["steps"][0]["provider"] == "technische-dienst"
    with work() as w:
        (fact,) = published(w.connection)
    assert fact["type"] == "catalog.product_published"
    assert fact["headers"]["actor"]["name"] == "Lars Vos"
    assert fact["data"]["questions"][0]["choices"][1] == {"value": "no", "label": text("Nee", "No")}


def test_the_same_content_again_changes_and_tells_nothing(work: Work, published: Any) -> None:
    first, second = publish(work), publish(work)
    assert second == {**first, "changed": False}
    assert facts(work, published) == [("catalog.product_published", 1)]


def test_a_new_version_leaves_the_old_one_as_it_was(work: Work) -> None:
    product_id = publish(work)["product_id"]
    assert publish(work, priority="P2")["version"] == 2
    old, new = get(work, product_id, 1), get(work, product_id)
    assert (old["version"], old["priority"], old["current_version"]) == (1, "P3", 2)
    assert (new["version"], new["priority"]) == (2, "P2")
    with pytest.raises(NotFound, match="no version 3"):
        get(work, product_id, 3)


def test_steps_are_told_in_running_order(work: Work) -> None:
    def step(key: str, *after: str) -> dict[str, Any]:
        return {"key": key, "title": text(key, key), "provider": "huisdienst", "depends_on": list(after)}

    steps = [step("clean", "move", "it"), step("move"), step("it")]
    found = get(work, publish(work, process={"steps": steps})["product_id"])
    assert [step["key"] for step in found["process"]["steps"]] == ["move", "it", "clean"]


def test_a_refused_product_leaves_nothing_behind(work: Work, published: Any) -> None:
    with pytest.raises(Invalid) as refused:
        publish(work, kind="fault", process={"steps": []}, price={"kind": "fixed"})
    assert set(refused.value.errors) == {"process.steps", "price.amount_cents"}
    assert facts(work, published) == []


def test_a_withdrawn_product_leaves_the_list_but_can_be_read(work: Work, published: Any) -> None:
    product_id = publish(work)["product_id"]
    with work() as w:
        withdrawn = products.withdraw_product(w, product_id, 1)
    assert withdrawn["withdrawn_at"] is not None
    with work() as w:
        products.withdraw_product(w, product_id, None)
        assert products.list_products(w, **messages.ListProducts().load({}))["items"] == []
        gone = products.list_products(w, **messages.ListProducts().load({"withdrawn": True}))
    assert [item["slug"] for item in gone["items"]] == ["radiator-koud"]
    assert get(work, product_id)["version"] == 1
    assert facts(work, published) == [("catalog.product_published", 1), ("catalog.product_withdrawn", 1)]


def test_withdrawing_needs_the_version_that_one_has_seen(work: Work) -> None:
    product_id = publish(work)["product_id"]
    publish(work, priority="P1")
    with pytest.raises(Stale, match="version 2"), work() as w:
        products.withdraw_product(w, product_id, 1)


def test_what_does_not_exist_is_not_found(work: Work) -> None:
    with pytest.raises(NotFound):
        get(work, NOBODY)
    with pytest.raises(NotFound), work() as w:
        products.withdraw_product(w, NOBODY, None)


def test_versions_number_without_gaps_when_many_publish_at_once(work: Work, published: Any) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda n: publish(work, lead_time={"amount": n, "unit": "minutes"}), range(1, 9))
        )
    assert sorted(answer["version"] for answer in answers) == list(range(1, 9))
    assert len({answer["product_id"] for answer in answers}) == 1
    assert [version for _, version in facts(work, published)] == list(range(1, 9))


def test_the_clock_of_the_transaction_dates_the_version(work: Work, clock: Any) -> None:
    product_id = publish(work)["product_id"]
    clock.move(timedelta(hours=2))
    publish(work, priority="P1")
    first, second = (get(work, product_id, version)["published_at"] for version in (1, 2))
    assert second - first == timedelta(hours=2)
