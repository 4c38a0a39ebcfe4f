"""What comes back outside the catalogue is put together by its words, and decided about by a person."""

from __future__ import annotations

import random
from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.domain.errors import NotAllowed
from intake.domain.repeats import (
    LEAST_TO_SHOW,
    Action,
    Past,
    Repeat,
    State,
    Suggestion,
    after,
    sort_in,
)

BICYCLES = (
    "Wij willen de bakfiets lenen voor een markt.",
    "Kunnen we vrijdag de bakfiets lenen?",
    "Bakfiets reserveren voor donderdag, we brengen folders weg.",
)
TABLES = ("Statafels huren voor een receptie in de tuin.", "Statafels graag, zes stuks, voor onze borrel.")
AQUARIUM = "Het aquarium in de hal is groen."


def ids() -> Callable[[], UUID]:
    numbers = iter(range(1, 10_000))
    return lambda: UUID(int=next(numbers))


def groups(texts: list[str]) -> set[frozenset[str]]:
    found: dict[UUID, set[str]] = {}
    for text, repeat in zip(texts, sort_in(texts, [], ids()), strict=True):
        assert repeat is not None
        found.setdefault(repeat.repeat_id, set()).add(text)
    return {frozenset(each) for each in found.values()}


def test_what_is_alike_comes_together_and_what_is_not_stays_apart() -> None:
    wanted = {frozenset(BICYCLES), frozenset(TABLES), frozenset({AQUARIUM})}
    assert groups([*BICYCLES, *TABLES, AQUARIUM]) == wanted


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_such_texts_does_not_matter(seed: int) -> None:
    texts = [*BICYCLES, *TABLES, AQUARIUM]
    random.Random(seed).shuffle(texts)
    assert len(groups(texts) & {frozenset(TABLES), frozenset({AQUARIUM})}) == 2


def test_what_comes_later_joins_what_is_known_and_nothing_moves() -> None:
    new_id, known = ids(), list[Repeat]()
    first = sort_in([BICYCLES[0], AQUARIUM], known, new_id)
    later = sort_in([BICYCLES[1]], known, new_id)
    assert later == [first[0]]
    assert [repeat.count for repeat in known] == [2, 1]


def test_it_is_known_by_the_words_that_its_texts_share() -> None:
    found: list[Repeat] = []
    sort_in(BICYCLES, found, ids())
    assert found[0].words[0] == "bakfiets"
    assert "markt" not in found[0].words


@pytest.mark.parametrize("text", ["", "12 34", "Kan dit niet graag?"])
def test_a_text_that_says_nothing_is_in_none(text: str) -> None:
    assert sort_in([text], [], ids()) == [None]


THINGS = ("lamp", "tafel", "fiets", "kast", "plant", "poort", "scherm", "sleutel")
words = st.lists(st.sampled_from(THINGS), max_size=6)


@given(st.lists(words.map(" ".join), max_size=30), st.integers(0, 30))
def test_each_text_is_in_one_at_most_and_in_two_goes_it_is_the_same(texts: list[str], cut: int) -> None:
    whole: list[Repeat] = []
    at_once = sort_in(texts, whole, ids())
    new_id, parts = ids(), list[Repeat]()
    in_two = [*sort_in(texts[:cut], parts, new_id), *sort_in(texts[cut:], parts, new_id)]
    assert [each and each.repeat_id for each in at_once] == [each and each.repeat_id for each in in_two]
    assert sum(repeat.count for repeat in whole) == sum(each is not None for each in at_once)


# Written apart from the table: what may be done with a question that keeps coming back, and what it is then.
CELLS = {
    ("open", "propose"): "proposed",
    ("open", "set_aside"): "set_aside",
    ("proposed", "take_back"): "open",
    ("set_aside", "take_back"): "open",
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_every_cell_of_the_table(state: State, action: Action) -> None:
    if to := CELLS.get((state.value, action.value)):
        assert after(state, action) == to
    else:
        with pytest.raises(NotAllowed) as refused:
            after(state, action)
        assert str(refused.value)


LAMP = "01926f00-3000-7a04-8d33-7e8f9a0b1c04"


@pytest.mark.parametrize(
    ("questions", "products", "suggestion"),
    [
        (0, {}, (Suggestion.PRODUCT, None)),
        (1, {}, (Suggestion.PRODUCT, None)),
        (2, {}, (Suggestion.ARTICLE, None)),
        (0, {LAMP: 2}, (Suggestion.WORDS, LAMP)),
        (0, {LAMP: 1}, (Suggestion.PRODUCT, None)),
        (2, {LAMP: 2}, (Suggestion.WORDS, LAMP)),
    ],
)
def test_what_would_help_follows_from_what_became_of_them(
    questions: int, products: dict[str, int], suggestion: tuple[Suggestion, str | None]
) -> None:
    assert Past(4, questions, {}, products, [], []).suggestion() == suggestion


def test_twice_is_no_repeat_yet() -> None:
    assert LEAST_TO_SHOW == 3
