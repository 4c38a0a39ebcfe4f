"""What keeps coming back outside the catalogue, so that it may become a product.

Requests that were not standard are put with those that they resemble, one after another in the order in which
they came: a request joins the repeat that is most like it, or begins one. A repeat is known by its words
alone, and which words those are is shown. Nothing moves later, so that what somebody decided about a repeat
stays about the same requests.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from intake.domain.errors import NotAllowed
from intake.domain.proposing.words import COMMON, Feature, features

# Found by trying: from 0.15 down unlike things come together, from 0.3 up like ones stay apart.
LEAST_LIKENESS = 0.22
# So many texts may be looked at as one; with more the first words would never change any more.
MOST_FEATURES = 120
SHOWN_WORDS = 5
LEAST_TO_SHOW = 3
# How people ask and for when, not for what.
ASKING = frozenset(
    (
        *(
            "graag",
            "wil",
            "willen",
            "kan",
            "kunnen",
            "kunt",
            "mag",
            "mogen",
            "zou",
            "zouden",
            "hebben",
            "nodig",
        ),
        *(
            "nieuwe",
            "nieuw",
            "extra",
            "iets",
            "iemand",
            "niet",
            "geen",
            "hoe",
            "wanneer",
            "waar",
            "wat",
            "jullie",
        ),
        *(
            "please",
            "want",
            "would",
            "like",
            "could",
            "can",
            "need",
            "new",
            "extra",
            "some",
            "something",
            "not",
        ),
    )
)


class State(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"  # a draft of a product was made of it
    SET_ASIDE = "set_aside"


class Action(StrEnum):
    PROPOSE = "propose"
    SET_ASIDE = "set_aside"
    TAKE_BACK = "take_back"


TABLE: Mapping[State, Mapping[Action, State]] = {
    State.OPEN: {Action.PROPOSE: State.PROPOSED, Action.SET_ASIDE: State.SET_ASIDE},
    State.PROPOSED: {Action.TAKE_BACK: State.OPEN},
    State.SET_ASIDE: {Action.TAKE_BACK: State.OPEN},
}


class Suggestion(StrEnum):
    """What would help most."""

    PRODUCT = "product"  # nothing in the catalogue fits
    WORDS = "words"  # the desk ends at the same product each time: its words are not those of the people
    ARTICLE = "article"  # most were questions


@dataclass(slots=True)
class Repeat:
    """`spread`: in how many of its texts each feature occurs; `said`: how the word was written first."""

    repeat_id: UUID
    count: int = 0
    spread: dict[str, float] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def take(self, text: Mapping[str, Feature]) -> None:
        self.count += 1
        for name, feature in text.items():
            self.spread[name] = self.spread.get(name, 0) + feature.weight
            self.said.setdefault(name, feature.word)
        if len(self.spread) > MOST_FEATURES:
            kept = sorted(self.spread, key=lambda name: (-self.spread[name], name))[:MOST_FEATURES]
            self.spread = {name: self.spread[name] for name in kept}
            self.said = {name: self.said[name] for name in kept}

    def likeness(self, text: Mapping[str, Feature]) -> float:
        """From 0 to 1: the cosine between the text and the middle of the repeat."""
        shared = sorted(self.spread.keys() & text.keys())  # the same sum wherever it is made
        if not shared:
            return 0.0
        product = sum(self.spread[name] * text[name].weight for name in shared)
        lengths = [math.hypot(*(each.weight for each in text.values())), math.hypot(*self.spread.values())]
        return product / (lengths[0] * lengths[1])

    @property
    def words(self) -> tuple[str, ...]:
        """Those that most of its texts have in common, the most common first."""
        whole = [name for name in self.spread if name.isalpha()]
        ranked = sorted(whole, key=lambda name: (-self.spread[name], name))
        least = 1 if self.count < LEAST_TO_SHOW else 2
        return tuple(self.said[name] for name in ranked if self.spread[name] >= least)[:SHOWN_WORDS]


@dataclass(frozen=True)
class Past:
    """What became of its requests. `questions`: those that were no more than that; `ended`: by resolution,
    None of what is open; `products`: those that the desk chose after all; `minutes`: from receipt to the end;
    `estimates` in cents, of those that have one.
    """

    count: int
    questions: int
    ended: Mapping[str | None, int]
    products: Mapping[str, int]
    minutes: Sequence[float]
    estimates: Sequence[int]

    def suggestion(self) -> tuple[Suggestion, str | None]:
        """Half of them or more decide; the product that it is about, when it is about one."""
        if self.products:
            product, times = max(self.products.items(), key=lambda item: (item[1], item[0]))
            if times * 2 >= self.count:
                return Suggestion.WORDS, product
        if self.questions * 2 >= self.count:
            return Suggestion.ARTICLE, None
        return Suggestion.PRODUCT, None


def telling(text: str) -> dict[str, Feature]:
    """What a text is about, without how it is asked for."""
    found = features(text)
    return {name: feature for name, feature in found.items() if not _asks(name, feature)}


def _asks(name: str, feature: Feature) -> bool:
    if name.startswith("~"):
        return feature.word.casefold() in ASKING
    return all(word in ASKING or word in COMMON for word in name.split())


def sort_in(texts: Iterable[str], repeats: list[Repeat], new_id: Callable[[], UUID]) -> list[Repeat | None]:
    """Each text's repeat; None of what says nothing. New ones are added to `repeats`."""
    found: list[Repeat | None] = []
    for text in texts:
        said = telling(text)
        repeat = _nearest(said, repeats) if said else None
        if said and repeat is None:
            repeat = Repeat(new_id())
            repeats.append(repeat)
        if repeat is not None:
            repeat.take(said)
        found.append(repeat)
    return found


def _nearest(said: Mapping[str, Feature], repeats: Sequence[Repeat]) -> Repeat | None:
    """The first of equals."""
    alike = [(repeat.likeness(said), repeat) for repeat in repeats]
    most, best = max(alike, key=lambda each: each[0], default=(0.0, None))
    return best if most >= LEAST_LIKENESS else None


def after(state: State, action: Action) -> State:
    """Raises NotAllowed."""
    if action not in TABLE[state]:
        raise NotAllowed(WHY[state, action])
    return TABLE[state][action]


WHY: Mapping[tuple[State, Action], str] = {
    (State.OPEN, Action.TAKE_BACK): "Nothing has been decided about this yet.",
    (State.PROPOSED, Action.PROPOSE): "A product was proposed already: take that back first.",
    (State.PROPOSED, Action.SET_ASIDE): "A product was proposed: take that back first.",
    (State.SET_ASIDE, Action.PROPOSE): "This was set aside: take that back first.",
    (State.SET_ASIDE, Action.SET_ASIDE): "This was set aside already.",
}


@dataclass(frozen=True)
class Decision:
    """Who decided what; `reason` of what was set aside, `product_id` of what was proposed."""

    state: State
    at: datetime | None = None
    by: Mapping[str, Any] | None = None
    reason: str | None = None
    product_id: UUID | None = None
