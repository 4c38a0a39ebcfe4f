"""Drafts in a real database: begun, changed, compared, let out now or on their date, exactly once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
from catalog import messages
from catalog.handlers import drafts, products
from servicekit.actor import Actor
from servicekit.errors import Conflict, Invalid, NotFound, Stale

from ..samples import product  # noqa: TID252  samples of this service alone

Work = Callable[..., Any]
LARS = Actor("person", "lars", "Lars Vos", frozenset({"product_owner"}))
DAY = timedelta(days=1)


def act(work: Work, name: str, *arguments: Any, **more: Any) -> Any:
    with work(actor=LARS) as w:
        if name.endswith("_draft"):
            return getattr(drafts.ProductDrafts(w), name.removesuffix("_draft"))(*arguments, **more)
        return getattr(drafts, name)(w, *arguments, **more)


def content(**changes: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = messages.DraftContent().load(product(**changes))
    return loaded


def new(work: Work, **changes: Any) -> dict[str, Any]:
    started: dict[str, Any] = act(work, "start_draft", None, content(**changes))
    return started


def published(work: Work, **changes: Any) -> UUID:
    draft = new(work, **changes)
    act(work, "publish_draft", draft["product_id"], draft["version"])
    found: UUID = draft["product_id"]
    return found


def listed(work: Work, **wanted: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = act(work, "list_catalogue", **messages.ListCatalogue().load(wanted))[
        "items"
    ]
    return items


def test_a_new_product_is_only_its_draft_until_it_is_published(work: Work) -> None:
    draft = act(work, "start_draft", None, None)
    assert "name" in draft["problems"]
    (line,) = listed(work, state="draft")
    assert (line["version"], line["draft"]["state"]) == (None, "draft")
    with work() as w, pytest.raises(NotFound):
        products.get_product(w, draft["product_id"], None)
    saved = act(work, "save_draft", draft["product_id"], draft["version"], content())
    assert saved["problems"] == {}
    answer = act(work, "publish_draft", draft["product_id"], saved["version"])
    assert (answer["version"], answer["changed"]) == (1, True)
    (line,) = listed(work)
    assert (line["version"], line["draft"]) == (1, None)


def test_a_draft_changes_nothing_for_anybody_until_it_is_published(work: Work) -> None:
    product_id = published(work)
    draft = act(work, "start_draft", product_id, None)
    act(work, "save_draft", product_id, draft["version"], content(priority="P1"))
    with work() as w:
        assert products.get_product(w, product_id, None)["priority"] == "P3"
    act(work, "publish_draft", product_id, 2)
    with work() as w:
        assert products.get_product(w, product_id, None)["priority"] == "P1"
        assert products.get_product(w, product_id, 1)["priority"] == "P3"
    versions = act(work, "list_versions", product_id, None, 10)["items"]
    assert [(each["version"], each["published_by"]["name"]) for each in versions] == [
        (2, "Lars Vos"),
        (1, "Lars Vos"),
    ]


def test_a_product_has_one_draft_whoever_begins_it(work: Work) -> None:
    product_id = published(work)
    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(lambda _: act(work, "start_draft", product_id, None), range(4)))
    assert {draft["version"] for draft in begun} == {1}
    assert len(listed(work)) == 1


def test_two_authors_do_not_overwrite_each_other(work: Work) -> None:
    draft = new(work)
    act(work, "save_draft", draft["product_id"], 1, content(priority="P1"))
    for action, more in (("save_draft", [content()]), ("publish_draft", []), ("discard_draft", [])):
        with pytest.raises(Stale):
            act(work, action, draft["product_id"], 1, *more)


def test_what_is_not_right_is_said_at_its_field_and_nothing_is_published(work: Work) -> None:
    draft = new(work, name={}, questions=[{"key": "q", "label": {}}])
    assert set(draft["problems"]) == {"name", "questions.0.label"}
    with pytest.raises(Invalid) as refused:
        act(work, "publish_draft", draft["product_id"], 1)
    assert refused.value.errors.keys() == draft["problems"].keys()
    assert listed(work, state="published") == []


def test_what_was_published_meanwhile_is_seen_before_it_is_replaced(work: Work) -> None:
    product_id = published(work)
    act(work, "start_draft", product_id, None)
    with work(actor=LARS) as w:
        products.publish_product(w, **messages.PublishProduct().load(product(priority="P2")))
    with pytest.raises(Conflict, match="Version 2 was published"):
        act(work, "publish_draft", product_id, 1)
    differences = act(work, "get_comparison", product_id, 2, None)["differences"]
    assert differences == [{"field": "priority", "change": "changed", "before": "P2", "after": "P3"}]
    act(work, "follow_draft", product_id, 1)
    assert act(work, "publish_draft", product_id, 2)["version"] == 3


def test_two_versions_are_compared(work: Work) -> None:
    product_id = published(work)
    with work(actor=LARS) as w:
        products.publish_product(w, **messages.PublishProduct().load(product(owner="Lars")))
    (told,) = act(work, "get_comparison", product_id, 1, 2)["differences"]
    assert (told["field"], told["change"], told["after"]) == ("owner", "added", "Lars")
    with pytest.raises(NotFound, match="no version 9"):
        act(work, "get_comparison", product_id, 1, 9)


def test_a_short_name_is_one_products_and_stays_it(work: Work) -> None:
    product_id = published(work)
    other = new(work)
    assert other["problems"] == {"slug": ["Another product has this short name. Choose another."]}
    draft = act(work, "start_draft", product_id, None)
    renamed = act(work, "save_draft", product_id, draft["version"], content(slug="anders"))
    assert renamed["problems"] == {"slug": ["A product that was published keeps its short name."]}
    for draft in (other, renamed):
        with pytest.raises(Invalid):
            act(work, "publish_draft", draft["product_id"], draft["version"])


def test_on_its_date_it_is_published_once_however_many_replicas_look(
    work: Work, clock: Any, published: Any
) -> None:
    ids = []
    for slug in ("lamp", "stoel", "tafel"):
        draft = new(work, slug=slug)
        act(work, "schedule_draft", draft["product_id"], 1, clock.now() + DAY)
        ids.append(draft["product_id"])
    with work() as w:
        assert drafts.ProductDrafts(w).publish_due() == 0
    clock.move(DAY)

    def look(_: int) -> int:
        with work() as w:
            return drafts.ProductDrafts(w).publish_due()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(look, range(4))) == [0, 0, 0, 3]
    with work() as w:
        told = [row["data"]["slug"] for row in published(w.connection)]
    assert sorted(told) == ["lamp", "stoel", "tafel"]
    assert listed(work, state="scheduled") == []
    (version,) = act(work, "list_versions", ids[0], None, 10)["items"]
    assert version["published_by"]["name"] == "Lars Vos"


def test_one_that_cannot_go_out_on_its_date_goes_back_with_the_reason_and_holds_up_no_other(
    work: Work, clock: Any
) -> None:
    late, fine = new(work, slug="lamp"), new(work, slug="stoel")
    for draft in (late, fine):
        act(work, "schedule_draft", draft["product_id"], 1, clock.now() + DAY)
    with work(actor=LARS) as w:
        products.publish_product(w, **messages.PublishProduct().load(product(slug="lamp")))
    clock.move(DAY)
    with work() as w:
        drafts.ProductDrafts(w).publish_due()
    back = act(work, "get_draft", late["product_id"])
    assert (back["state"], back["publish_at"]) == ("draft", None)
    assert "Another product has this short name" in back["refused"]
    assert [line["slug"] for line in listed(work, state="published")] == ["lamp", "stoel"]


def test_a_withdrawn_product_is_on_offer_again_by_its_next_version(work: Work) -> None:
    product_id = published(work)
    with work(actor=LARS) as w:
        products.withdraw_product(w, product_id, 1)
    assert [line["slug"] for line in listed(work, state="withdrawn")] == ["radiator-koud"]
    act(work, "start_draft", product_id, None)
    assert act(work, "publish_draft", product_id, 1)["version"] == 2
    assert listed(work, state="withdrawn") == []


def test_the_list_is_found_by_words_and_goes_on_where_it_ended(work: Work) -> None:
    for number in range(5):
        new(work, slug=f"lamp-{number}", name={"nl": f"Lamp {number}", "en": "Lamp"})
    published(work)
    assert [line["slug"] for line in listed(work, q="repairs cold")] == ["radiator-koud"]
    assert listed(work, q="100%") == []
    seen, cursor = [], None
    while True:
        page = act(work, "list_catalogue", q=None, state=None, cursor=cursor, limit=2)
        seen += [line["slug"] for line in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
    assert seen == [*(f"lamp-{number}" for number in range(5)), "radiator-koud"]
    for wrong in ("!", "WzFd", "WyJhIiwiYiJd"):
        with pytest.raises(Invalid):
            act(work, "list_catalogue", q=None, state=None, cursor=wrong, limit=2)


def hear_of_a_proposal(work: Work) -> UUID:
    fact = messages.ProductProposed().load(deskcontracts.example("intake.product_proposed"))
    act(work, "draft_of_proposal", **fact)
    proposed: UUID = fact["product_id"]
    return proposed


def test_a_proposal_becomes_a_draft_that_says_what_it_lacks(work: Work) -> None:
    draft = act(work, "get_draft", hear_of_a_proposal(work))
    assert draft["content"]["name"]["nl"] == "Zit-stabureau"
    assert {"slug", "category"} <= set(draft["problems"])
    assert draft["changed_by"]["name"] == "Lars Bakker"


def test_heard_again_it_changes_nothing_that_its_author_wrote_nor_brings_back_what_was_published(
    work: Work,
) -> None:
    product_id = hear_of_a_proposal(work)
    draft = act(work, "save_draft", product_id, 1, content(slug="desk-that-rises"))
    hear_of_a_proposal(work)
    assert act(work, "get_draft", product_id)["content"]["slug"] == "desk-that-rises"
    act(work, "publish_draft", product_id, draft["version"])
    hear_of_a_proposal(work)
    with pytest.raises(NotFound):
        act(work, "get_draft", product_id)
