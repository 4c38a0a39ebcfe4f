"""Lists: search in Dutch and English, filters, and pages that neither skip nor repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from catalog import article_messages, messages
from catalog.handlers import articles, products
from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound, Stale

from ..samples import article, product, text  # noqa: TID252  samples of this service alone

Work = Callable[..., Any]

OFFERED = [
    (
        "radiator-koud",
        "fault",
        text("Reparaties", "Repairs"),
        text("Radiator wordt niet warm", "Radiator stays cold"),
    ),
    ("lamp-kapot", "fault", text("Reparaties", "Repairs"), text("Lampen vervangen", "Replace lamps")),
    ("lunch", "order", text("Catering", "Catering"), text("Vergaderlunch", "Meeting lunch")),
    ("verhuizing", "order", text("Verhuizingen", "Moves"), text("Werkplek verhuizen", "Move a workplace")),
    (
        "extra-schoonmaak",
        "order",
        text("Schoonmaak", "Cleaning"),
        text("Extra schoonmaken", "Extra cleaning"),
    ),
]


@pytest.fixture
def offered(work: Work) -> Work:
    with work() as w:
        for slug, kind, category, name in OFFERED:
            given = product(slug=slug, kind=kind, category=category, name=name, description=None)
            products.publish_product(w, **messages.PublishProduct().load(given))
    return work


def found(work: Work, **query: Any) -> list[str]:
    with work() as w:
        answer = products.list_products(w, **messages.ListProducts().load(query))
    return [item["slug"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ({}, ["extra-schoonmaak", "lamp-kapot", "lunch", "radiator-koud", "verhuizing"]),
        ({"q": "radiator"}, ["radiator-koud"]),
        ({"q": "radiatoren"}, ["radiator-koud"]),
        ({"q": "LAMP"}, ["lamp-kapot"]),
        ({"q": "lamps"}, ["lamp-kapot"]),
        ({"q": "meetings"}, ["lunch"]),
        ({"q": "verga"}, ["lunch"]),
        ({"q": "reparatie"}, ["lamp-kapot", "radiator-koud"]),
        ({"q": "clean"}, ["extra-schoonmaak"]),
        ({"q": "cold radiator"}, ["radiator-koud"]),
        ({"q": "cold lamp"}, []),
        ({"q": "'); drop table products; --"}, []),
        ({"q": "!&|"}, ["extra-schoonmaak", "lamp-kapot", "lunch", "radiator-koud", "verhuizing"]),
        ({"kind": "fault"}, ["lamp-kapot", "radiator-koud"]),
        ({"category": "repairs"}, ["lamp-kapot", "radiator-koud"]),
        ({"category": "Verhuizingen"}, ["verhuizing"]),
        ({"category": "repairs", "q": "lamp"}, ["lamp-kapot"]),
        ({"slug": "lunch"}, ["lunch"]),
        ({"slug": "lun"}, []),
        # A sentence is searched by its telling words; the fillers of both languages are none.
        ({"q": "mijn radiator is niet warm te krijgen", "match": "any"}, ["radiator-koud"]),
        ({"q": "I have to move to another floor", "match": "any"}, ["verhuizing"]),
        ({"q": "cold lamp", "match": "any"}, ["lamp-kapot", "radiator-koud"]),
        ({"q": "is het de", "match": "any"}, []),
        # What stands in reports of everything is looked for only when nothing else is said.
        ({"q": "lamp doet het niet, graag vervangen", "match": "any"}, ["lamp-kapot"]),
        ({"q": "la", "match": "any"}, []),
        ({"q": "'; drop table products; --", "match": "any"}, []),
    ],
)
def test_products_are_found_by_their_words(offered: Work, query: dict[str, Any], slugs: list[str]) -> None:
    assert found(offered, **query) == slugs


def test_a_product_is_found_by_what_people_say_who_need_it_below_one_of_that_name(offered: Work) -> None:
    said = [text("Het licht in de wc is uit.", "The light in the washroom is off."), text("Lunch!", "Lunch!")]
    with offered() as w:
        given = product(slug="a-lamp", examples={"yes": said, "no": [text("De airco.", "The chiller.")]})
        products.publish_product(w, **messages.PublishProduct().load(given))
    assert found(offered, q="lichten") == ["a-lamp"]
    assert found(offered, q="washrooms") == ["a-lamp"]
    assert found(offered, q="wc doet het niet", match="any") == ["a-lamp"]
    assert found(offered, q="lunch") == ["lunch", "a-lamp"]
    assert found(offered, q="airco") == []


@pytest.mark.parametrize(
    "code",
    [
        "HR-2024",
        "NEN-3140",
        "sun-12345678",
        "sun-97fe60e0",
        "zon-5e123456",
        "A4-papier",
        "3.12",
        "B-1-22",
        "X1/Y2",
        "-7",
    ],
)
def test_a_code_with_figures_is_found_as_it_is_written(offered: Work, code: str) -> None:
    """The database takes `-2024` for a number below nothing, and `5e12` for one with many zeros."""
    with offered() as w:
        given = product(slug="a-code", name=text(f"Formulier {code}", f"Form {code}"))
        products.publish_product(w, **messages.PublishProduct().load(given))
    assert found(offered, q=code) == ["a-code"]
    assert found(offered, q=f"formulier {code}") == ["a-code"]


def test_a_word_in_the_name_counts_for_more_than_one_in_the_description(offered: Work) -> None:
    with offered() as w:
        given = product(slug="a-first", description=text("Ook voor een lunch.", "Also for a lunch."))
        products.publish_product(w, **messages.PublishProduct().load(given))
    assert found(offered, q="lunch") == ["lunch", "a-first"]


@pytest.mark.parametrize("query", [{}, {"q": "reparaties schoonmaken"}, {"q": "e"}])
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_neither_skip_nor_repeat(offered: Work, query: dict[str, Any], limit: int) -> None:
    whole, seen, cursor = found(offered, limit=100, **query), [], None
    while True:
        with offered() as w:
            wanted = messages.ListProducts().load({**query, "limit": limit, "cursor": cursor})
            page = products.list_products(w, **wanted)
        seen += [item["slug"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        assert len(page["items"]) == limit
    assert seen == whole


@pytest.mark.parametrize("cursor", ["x", "eyJhIjoxfQ", "WzEsMl0", "WyJhIiwiYiJd", "WzFd"])
def test_a_cursor_that_is_not_ours_is_refused(offered: Work, cursor: str) -> None:
    with pytest.raises(Invalid, match="cursor"):
        found(offered, cursor=cursor)


def test_a_line_of_the_list_is_the_whole_product_and_says_whether_it_is_standard(offered: Work) -> None:
    with offered() as w:
        first = products.list_products(w, **messages.ListProducts().load({"limit": 1}))["items"][0]
    assert first["standard"] is True
    assert first["questions"][0]["key"] == "smell"
    assert first["process"]["steps"][0]["key"] == "fix"


def test_articles_are_published_versioned_and_found(work: Work, published: Any) -> None:
    with work() as w:
        made = products.publish_product(w, **messages.PublishProduct().load(product()))
        given = article(product_ids=[str(made["product_id"])])
        first = articles.publish_article(w, **article_messages.PublishArticle().load(given))
        again = articles.publish_article(w, **article_messages.PublishArticle().load(given))
        other = articles.publish_article(
            w, **article_messages.PublishArticle().load({**given, "body": text("Ja", "Yes")})
        )
    assert [each["version"] for each in (first, again, other)] == [1, 1, 2]
    with work() as w:
        assert articles.get_article(w, first["article_id"])["body"] == text("Ja", "Yes")
        for query in ({"q": "radiatoren"}, {"q": "gurgling"}, {"product_id": str(made["product_id"])}):
            lines = articles.list_articles(w, **article_messages.ListArticles().load(query))["items"]
            assert [line["slug"] for line in lines] == ["radiator-ontluchten"]
        told = [row["type"] for row in published(w.connection)]
    assert told == ["catalog.product_published", "catalog.article_published", "catalog.article_published"]


def test_an_article_about_a_product_that_does_not_exist_is_refused(work: Work) -> None:
    unknown = "01990a3e-5c10-7d2e-9a41-3f5b7c9d1e20"
    with pytest.raises(Invalid) as refused, work() as w:
        articles.publish_article(w, **article_messages.PublishArticle().load(article(product_ids=[unknown])))
    assert refused.value.errors == {"product_ids": [f"There is no product {unknown}."]}


def test_what_an_article_solved_is_counted_and_told_to_those_who_write(offered: Work) -> None:
    with offered() as w:
        given = article_messages.PublishArticle().load(article())
        article_id = articles.publish_article(w, **given)["article_id"]
    for helped in (True, True, False):
        with offered() as w:
            articles.judge_article(w, article_id, helped)
    owner, reader = (Actor("person", "a", roles=frozenset({role})) for role in ("product_owner", "requester"))
    with offered(actor=owner) as w:
        assert articles.get_article(w, article_id)["judgements"] == {"helped": 2, "did_not_help": 1}
    with offered(actor=reader) as w:
        assert "judgements" not in articles.get_article(w, article_id)


def test_authors_see_in_the_list_what_each_article_solved(offered: Work) -> None:
    with offered() as w:
        for slug in ("een", "twee"):
            articles.publish_article(w, **article_messages.PublishArticle().load(article(slug=slug)))
        (first, _) = articles.list_articles(w, **article_messages.ListArticles().load({}))["items"]
        articles.judge_article(w, first["article_id"], helped=True)
    owner, reader = (Actor("person", "a", roles=frozenset({role})) for role in ("product_owner", "requester"))
    with offered(actor=owner) as w:
        listed = articles.list_articles(w, **article_messages.ListArticles().load({}))["items"]
    assert [line["judgements"]["helped"] for line in listed] == [1, 0]
    with offered(actor=reader) as w:
        listed = articles.list_articles(w, **article_messages.ListArticles().load({}))["items"]
    assert all("judgements" not in line for line in listed)


def test_an_author_overwrites_neither_a_colleague_nor_another_article(offered: Work) -> None:
    given = article_messages.PublishArticleVersion().load(article(based_on=0))
    with offered() as w:
        assert articles.publish_article(w, **given)["version"] == 1
    with offered() as w, pytest.raises(Invalid) as refused:
        articles.publish_article(w, **given)
    assert list(refused.value.errors) == ["slug"]
    changed = {**given, "title": text("Anders", "Other"), "based_on": 1}
    with offered() as w:
        assert articles.publish_article(w, **changed)["version"] == 2
    with offered() as w, pytest.raises(Stale, match="Somebody changed this article"):
        articles.publish_article(w, **changed)


def test_what_is_no_article_is_not_judged(offered: Work) -> None:
    with offered() as w, pytest.raises(NotFound):
        articles.judge_article(w, UUID(int=1), helped=True)


AUDIENCES = {
    "all": {},
    "finance": {"departments": ["Financiën"]},
    "sluis": {"locations": ["sluis"]},
    "tenant": {"customers": ["Bakkerij Kruim"], "departments": ["Juridisch"]},
    "both": {"departments": ["Financiën", "Juridisch"], "locations": ["kade"]},
}


@pytest.mark.parametrize(
    ("asker", "slugs"),
    [
        ({}, ["all"]),
        ({"department": "Financiën"}, ["all", "finance"]),
        ({"places": ["sluis-2", "sluis"]}, ["all", "sluis"]),
        ({"department": "Juridisch", "places": ["kade"]}, ["all", "both", "tenant"]),
        ({"customer": "Bakkerij Kruim"}, ["all", "tenant"]),
        ({"customer": "Juridisch"}, ["all"]),
        ({"department": "Financiën", "places": ["kade-1", "kade"]}, ["all", "both", "finance"]),
        (None, ["all", "both", "finance", "sluis", "tenant"]),
    ],
)
def test_one_is_offered_what_is_for_ones_group_and_place(
    work: Work, asker: dict[str, Any] | None, slugs: list[str]
) -> None:
    with work() as w:
        for slug, audience in AUDIENCES.items():
            products.publish_product(
                w, **messages.PublishProduct().load(product(slug=slug, audience=audience))
            )
    assert found(work, offered_to=asker) == slugs
