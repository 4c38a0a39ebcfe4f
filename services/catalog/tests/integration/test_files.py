"""The whole catalogue as a file: restored from it into an empty system, and looked at before it changes
anything.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from catalog import article_messages, messages
from catalog.domain.bringing_in import Way
from catalog.handlers import articles, drafts, files, products
from catalog.service import LOADS
from catalog.storage.tables import METADATA
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from servicekit.actor import Actor
from servicekit.errors import Conflict, Invalid, NotFound, Stale

from servicekit import json

from ..samples import article, product, text  # noqa: TID252  samples of this service alone

Work = Callable[..., Any]
Json = dict[str, Any]
LARS = Actor("person", "lars", "Lars Vos", frozenset({"product_owner"}))


def act(work: Work, name: str, *arguments: Any) -> Any:
    with work(actor=LARS) as w:
        return getattr(files, name)(w, *arguments)


def exported(work: Work) -> Json:
    plain: Json = json.plain(act(work, "export_catalogue"))
    return plain


def bring(work: Work, content: Json) -> Json:
    loaded = messages.AddFile().load({"name": "catalogue.json", "content": content})
    seen: Json = act(work, "add_file", LOADS, loaded["name"], loaded["content"], loaded["problems"])
    return seen


def carry_out(work: Work, seen: Json, way: Way = Way.PUBLISHED) -> Json:
    done: Json = act(work, "carry_out_file", LOADS, seen["file_id"], way, seen["fingerprint"])
    return done


def look(work: Work, seen: Json, way: Way) -> Json:
    found: Json = act(work, "get_file", LOADS, seen["file_id"], way)
    return found


def changes(seen: Json) -> list[tuple[str, str]]:
    return [(line["slug"], line["change"]) for line in json.plain(seen)["lines"]]


def empty(work: Work) -> None:
    with work() as w:
        for table in reversed(METADATA.sorted_tables):
            w.connection.execute(sa.delete(table))


@pytest.fixture
def filled(work: Work) -> Work:
    with work(actor=LARS) as w:
        lamp = products.publish_product(w, **messages.PublishProduct().load(product(slug="lamp")))
        gone = products.publish_product(w, **messages.PublishProduct().load(product(slug="gone")))
        products.withdraw_product(w, gone["product_id"], None)
        about = article(slug="bulbs", product_ids=[str(lamp["product_id"])])
        articles.publish_article(w, **article_messages.PublishArticle().load(about))
        old = article_messages.PublishArticle().load(article(slug="candles"))
        articles.withdraw_article(w, articles.publish_article(w, **old)["article_id"], None)
    return work


def test_a_catalogue_is_restored_from_its_export_into_an_empty_system(filled: Work) -> None:
    before = exported(filled)
    empty(filled)
    assert exported(filled) == {"format": 1, "products": [], "articles": []}
    carry_out(filled, bring(filled, before))
    assert exported(filled) == before


def test_what_was_looked_at_is_what_is_done_and_a_second_time_there_is_nothing_to_do(filled: Work) -> None:
    content = exported(filled)
    content["products"][1]["name"] = text("Andere lamp", "Another lamp")
    content["products"].append({**deepcopy(content["products"][1]), "slug": "new-one", "product_id": None})
    seen = bring(filled, content)
    wanted = [
        ("gone", "same"),
        ("lamp", "changed"),
        ("new-one", "new"),
        ("bulbs", "same"),
        ("candles", "same"),
    ]
    assert changes(seen) == wanted
    assert [each["field"] for each in seen["lines"][1]["differences"]] == ["name.nl", "name.en"]
    done = carry_out(filled, seen)
    assert changes(done) == wanted
    again = bring(filled, content)
    assert {change for _, change in changes(again)} == {"same"}
    with pytest.raises(Invalid, match="nothing in this file"):
        carry_out(filled, again)


def test_what_is_wrong_says_why_and_the_others_are_taken(filled: Work) -> None:
    content = exported(filled)
    lamp = content["products"][1]
    content["products"] = [
        {**lamp, "slug": "One Two"},
        {**lamp, "slug": "twice", "product_id": None},
        {**lamp, "slug": "twice", "product_id": None},
        {**lamp, "colour": "red"},
        "lamp",
    ]
    content["articles"] = [{**content["articles"][0], "slug": "odd", "products": ["nowhere"]}]
    seen = bring(filled, content)
    problems = [sorted(line["problems"]) for line in seen["lines"]]
    assert [line["change"] for line in seen["lines"]] == ["wrong", "new", "wrong", "wrong", "wrong", "wrong"]
    assert (problems[0], problems[3], problems[5]) == (["slug"], ["colour"], ["products"])
    carry_out(filled, seen)
    assert [each["slug"] for each in exported(filled)["products"]] == ["gone", "lamp", "twice"]


def test_as_drafts_nothing_is_offered_and_what_has_a_draft_is_left_alone(filled: Work) -> None:
    content = exported(filled)
    content["products"][1]["priority"] = "P1"
    content["products"].append({**deepcopy(content["products"][1]), "slug": "new-one", "product_id": None})
    content["articles"][0]["products"] = ["lamp", "new-one"]
    seen = look(filled, bring(filled, content), Way.DRAFTS)
    assert changes(seen) == [
        ("gone", "same"), ("lamp", "changed"), ("new-one", "new"), ("bulbs", "changed"), ("candles", "same"),
    ]  # fmt: skip
    before = exported(filled)
    carry_out(filled, seen, Way.DRAFTS)
    assert exported(filled) == before
    with filled(actor=LARS) as w:
        listed = drafts.list_catalogue(w, **messages.ListCatalogue().load({"state": "draft"}))["items"]
    assert sorted(each["slug"] for each in listed) == ["lamp", "new-one"]
    again = look(filled, bring(filled, content), Way.DRAFTS)
    assert {("lamp", "wrong"), ("bulbs", "wrong")} < set(changes(again))
    with filled(actor=LARS) as w:
        (line,) = articles.list_article_catalogue(w, **messages.ListCatalogue().load({"state": "draft"}))[
            "items"
        ]
        written = articles.ArticleDrafts(w).get(line["article_id"])
    assert len(written["content"]["product_ids"]) == 2
    # Its product is a draft still: an article goes out with products that are there.
    assert list(written["problems"]) == ["product_ids"]


def test_what_the_file_withdraws_is_withdrawn_and_what_it_offers_again_is_offered(filled: Work) -> None:
    content = exported(filled)
    for what in ("products", "articles"):
        for record in content[what]:
            record["withdrawn"] = not record["withdrawn"]
    seen = bring(filled, content)
    assert changes(seen) == [
        ("gone", "changed"), ("lamp", "withdrawn"), ("bulbs", "withdrawn"), ("candles", "changed"),
    ]  # fmt: skip
    carry_out(filled, seen)
    after = exported(filled)
    assert [each["withdrawn"] for each in after["products"]] == [False, True]
    assert [each["withdrawn"] for each in after["articles"]] == [True, False]


def test_when_the_catalogue_changed_meanwhile_nothing_is_done(filled: Work) -> None:
    content = exported(filled)
    content["products"][1]["priority"] = "P1"
    seen = bring(filled, content)
    with filled(actor=LARS) as w:
        changed = messages.PublishProduct().load(product(slug="lamp", priority="P2"))
        products.publish_product(w, **changed)
    with pytest.raises(Stale):
        carry_out(filled, seen)
    with pytest.raises(Stale):  # looked at as one thing, carried out as another
        carry_out(filled, look(filled, seen, Way.PUBLISHED), Way.DRAFTS)
    carry_out(filled, look(filled, seen, Way.PUBLISHED))


def test_a_file_is_brought_in_once(filled: Work) -> None:
    content = exported(filled)
    content["products"][1]["priority"] = "P1"
    seen = bring(filled, content)
    done = carry_out(filled, seen)
    assert done["done_at"]
    assert look(filled, seen, Way.PUBLISHED)["lines"] == json.plain(seen)["lines"]
    with pytest.raises(Conflict):
        carry_out(filled, seen)


@pytest.mark.parametrize("way", Way)
def test_a_large_file_asks_the_catalogue_no_more_than_a_small_one(filled: Work, way: Way) -> None:
    def statements(size: int) -> int:
        content = exported(filled)
        content["products"] = [product(slug=f"p-{size}-{n}") for n in range(size)]
        content["articles"] = [article(slug=f"a-{size}-{n}", products=[f"p-{size}-{n}"]) for n in range(size)]
        seen, asked = look(filled, bring(filled, content), way), []
        with filled(actor=LARS) as w:
            sa.event.listen(w.connection, "before_cursor_execute", lambda *_: asked.append(1))
            files.get_file(w, LOADS, seen["file_id"], way)
            files.carry_out_file(w, LOADS, seen["file_id"], way, seen["fingerprint"])
            return len(asked)

    assert statements(2) == statements(12)


def test_one_that_is_not_there(filled: Work) -> None:
    with pytest.raises(NotFound):
        act(filled, "get_file", LOADS, UUID(int=7), Way.PUBLISHED)


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)
texts = st.builds(text, words, words)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)


@st.composite
def catalogues(draw: st.DrawFn) -> Json:
    names = draw(st.lists(slugs, min_size=1, max_size=4, unique=True))
    offered = [
        {
            **product(slug=name),
            "name": draw(texts),
            "examples": {"yes": draw(st.lists(texts, max_size=2)), "no": []},
            "audience": {"departments": draw(st.lists(words, max_size=2)), "locations": []},
            "price": draw(st.sampled_from([{"kind": "none"}, {"kind": "fixed", "amount_cents": 1250}])),
            "withdrawn": draw(st.booleans()),
        }
        for name in names
    ]
    written = [
        {
            "slug": slug,
            "title": draw(texts),
            "body": draw(texts),
            "products": draw(st.lists(st.sampled_from(names))),
            "withdrawn": draw(st.booleans()),
        }
        for slug in draw(st.lists(slugs, max_size=3, unique=True))
    ]
    return {"format": 1, "products": offered, "articles": written}


@given(catalogues())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_catalogue_survives_export_and_import(work: Work, catalogue: Json) -> None:
    empty(work)
    carry_out(work, bring(work, catalogue))
    once = exported(work)
    empty(work)
    carry_out(work, bring(work, once))
    assert exported(work) == once
    assert len(once["products"]) == len(catalogue["products"])
