"""Every entry point decodes its command, calls its use case and answers. The broker is servicekit's part."""

from __future__ import annotations

from typing import Any

import deskcontracts
import pytest
from catalog.service import CatalogService
from catalog.writing import Writing
from servicekit.errors import Invalid

from ..samples import article, product  # noqa: TID252  samples of this service alone

UNKNOWN = "01990a3e-5c10-7d2e-9a41-3f5b7c9d1e20"


def test_a_product_goes_in_and_comes_out_as_plain_json(ask: Any) -> None:
    made = ask("publish_product", **product())
    assert made["version"] == 1
    found = ask("get_product", product_id=made["product_id"])
    assert found["slug"] == "radiator-koud"
    assert found["published_at"].endswith("Z")
    assert ask("list_products", q="radiator")["items"][0]["product_id"] == made["product_id"]
    assert ask("withdraw_product", product_id=made["product_id"], version=1)["withdrawn_at"].endswith("Z")


def test_an_article_goes_in_and_comes_out_as_plain_json(ask: Any) -> None:
    made = ask("publish_article", **article())
    assert ask("get_article", article_id=made["article_id"])["title"]["en"] == "Does the radiator gurgle?"
    assert ask("list_articles", q="radiator")["items"][0]["slug"] == "radiator-ontluchten"


def test_a_draft_goes_through_every_door(ask: Any) -> None:
    draft = ask("start_draft", content={"slug": "lamp"})
    which = {"product_id": draft["product_id"]}
    assert ask("list_catalogue", state="draft")["items"][0]["slug"] == "lamp"
    draft = ask("save_draft", **which, revision=1, content=product())
    draft = ask("schedule_draft", **which, revision=2, publish_at="2026-12-24T08:00:00+01:00")
    assert (draft["state"], draft["publish_at"]) == ("scheduled", "2026-12-24T07:00:00Z")
    draft = ask("unschedule_draft", **which, revision=3)
    draft = ask("follow_draft", **which, revision=4)
    assert ask("publish_draft", **which, revision=5)["version"] == 1
    assert ask("list_versions", **which)["items"][0]["version"] == 1
    ask("start_draft", **which)
    assert ask("get_comparison", **which, before=1)["differences"] == []
    assert ask("get_draft", **which)["base_version"] == 1
    assert ask("discard_draft", **which, revision=1)["discarded"] is True


def test_products_are_imported(ask: Any) -> None:
    answer = ask("import_products", mapping="municipal-categories", records=[{"line": 2, **product()}, {}])
    assert (answer["created"], answer["existing"]) == (1, 0)
    assert answer["refused"][0]["reason"].startswith("slug: Missing data")


@pytest.mark.parametrize(
    ("method", "arguments", "field"),
    [
        ("publish_product", {**product(), "colour": "red"}, "colour"),
        ("publish_product", {**product(), "kind": None}, "kind"),
        ("publish_product", {**product(), "questions": [{"key": "q", "label": "Wie?"}]}, "questions.0.label"),
        (
            "publish_product",
            {**product(), "lead_time": {"amount": "2", "unit": "minutes"}},
            "lead_time.amount",
        ),
        ("withdraw_product", {"product_id": "7"}, "product_id"),
        ("get_product", {"product_id": UNKNOWN, "version": "new"}, "version"),
        ("list_products", {"limit": 101}, "limit"),
        ("list_products", {"q": "x" * 201}, "q"),
        ("publish_article", article(product_ids=["x"]), "product_ids.0"),
        ("get_article", {}, "article_id"),
        ("import_products", {"mapping": "m", "records": [{}] * 1001}, "records"),
    ],
)
def test_what_is_malformed_is_refused_at_its_field(
    ask: Any, method: str, arguments: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(method, **arguments)
    assert list(refused.value.errors) == [field]


DRAFT_ACTIONS = ("start", "get", "save", "follow", "schedule", "unschedule", "publish", "discard")


def test_every_entry_point_asks_for_a_permission_that_exists() -> None:
    entrypoints = {
        name: entrypoint.permission
        for name in {**vars(CatalogService), **vars(Writing)}
        for entrypoint in getattr(getattr(CatalogService, name), "nameko_entrypoints", ())
        if hasattr(entrypoint, "permission")
    }
    assert set(entrypoints) == {
        "publish_product",
        "withdraw_product",
        "get_product",
        "plan_product_withdrawal",
        *(f"{act}_article_draft" for act in DRAFT_ACTIONS),
        "withdraw_article",
        "plan_article_withdrawal",
        "list_article_catalogue",
        "judge_article",
        "list_products",
        "publish_article",
        "get_article",
        "list_articles",
        "list_article_versions",
        "get_article_comparison",
        "import_products",
        "list_catalogue",
        "list_versions",
        "get_comparison",
        "get_draft",
        "start_draft",
        "save_draft",
        "follow_draft",
        "schedule_draft",
        "unschedule_draft",
        "publish_draft",
        "discard_draft",
        "export_catalogue",
        "add_file",
        "get_file",
        "carry_out_file",
    }
    assert set(entrypoints.values()) <= set(deskcontracts.permissions())
