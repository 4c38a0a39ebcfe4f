"""Articles through the time: what each version said, what differs, and how often each was the answer."""

from __future__ import annotations

from typing import Any

import pytest
from servicekit.errors import Invalid, NotFound

from ..samples import article, text  # noqa: TID252  samples of this service alone

UNKNOWN = "01990a3e-5c10-7d2e-9a41-3f5b7c9d1e20"


@pytest.fixture
def three(ask: Any) -> str:
    """An article of three versions; the second judged twice, the third once."""
    made = ask("publish_article", **article())
    which = {"article_id": made["article_id"]}
    for title in ("Twee", "Drie"):
        ask("publish_article", **article(title=text(title, title)))
        ask("judge_article", **which, helped=title == "Drie")
    ask("judge_article", **which, helped=True, version=2)
    return str(made["article_id"])


def test_judgements_count_for_the_version_that_was_read(ask: Any, three: str) -> None:
    lines = ask("list_article_versions", article_id=three)["items"]
    counted = {line["version"]: tuple(line["judgements"].values()) for line in lines}
    assert counted == {3: (1, 0), 2: (1, 1), 1: (0, 0)}
    assert [line["version"] for line in lines] == [3, 2, 1]


def test_versions_come_in_pages(ask: Any, three: str) -> None:
    first = ask("list_article_versions", article_id=three, limit=2)
    rest = ask("list_article_versions", article_id=three, limit=2, cursor=first["next_cursor"])
    assert [line["version"] for line in first["items"] + rest["items"]] == [3, 2, 1]
    assert rest["next_cursor"] is None


def test_an_earlier_version_is_read_as_it_was(ask: Any, three: str) -> None:
    old, new = ask("get_article", article_id=three, version=2), ask("get_article", article_id=three)
    assert (old["title"]["nl"], old["version"], old["current_version"]) == ("Twee", 2, 3)
    assert (new["title"]["nl"], new["version"], new["current_version"]) == ("Drie", 3, 3)
    assert old["published_at"] <= new["published_at"]


def test_what_differs_between_two_versions_is_told_per_field(ask: Any, three: str) -> None:
    told = ask("get_article_comparison", article_id=three, before=2, after=3)["differences"]
    changed = {"change": "changed", "before": "Twee", "after": "Drie"}
    assert sorted(told, key=lambda each: each["field"]) == [
        {"field": f"title.{language}", **changed} for language in ("en", "nl")
    ]
    assert ask("get_article_comparison", article_id=three, before=3, after=3)["differences"] == []


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("get_article", {"version": 4}),
        ("get_article", {"version": 0}),
        ("judge_article", {"helped": True, "version": 4}),
        ("get_article_comparison", {"before": 1, "after": 4}),
        ("get_article_comparison", {"before": 4, "after": 1}),
    ],
)
def test_a_version_that_never_was_is_not_there(
    ask: Any,
    three: str,
    method: str,
    more: dict[str, Any],
) -> None:
    with pytest.raises(NotFound) as refused:
        ask(method, article_id=three, **more)
    assert refused.value.code == "no_such_version"


@pytest.mark.parametrize("method", ["list_article_versions", "get_article_comparison"])
def test_an_article_that_never_was_has_no_versions(ask: Any, method: str) -> None:
    more = {"before": 1, "after": 1} if method == "get_article_comparison" else {}
    with pytest.raises(NotFound, match="no such article"):
        ask(method, article_id=UNKNOWN, **more)


def test_a_judgement_of_version_nought_is_refused_at_its_field(ask: Any, three: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask("judge_article", article_id=three, helped=True, version=0)
    assert list(refused.value.errors) == ["version"]
