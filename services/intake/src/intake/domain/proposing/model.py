"""What a text looks like: its likeness to everything that was ever given the same label.

A label is a kind with a product, or with none. Each is one bag of what its texts held. A word that many
labels have says little, one that a single label has says much; the likeness is the cosine between the text
and the bag, but for a long bag measured with half its length: a frequent label gets a small head start, and
a product of which there are three examples can still be proposed.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from intake.domain.proposing.words import Feature, features

MOST = 3
MOST_REASONS = 3
# Found with `./desk evaluate`. Below these nothing is proposed: silence is better than nonsense.
LEAST_LIKENESS = 0.07
LEAST_CONFIDENCE = 0.3
# A second and third that are far behind the first only take room.
LEAST_OF_FIRST = 0.4
# From here the likeness itself takes nothing away from the confidence any more.
FULL_LIKENESS = 0.15
NOTHING = 1e-9
# The order in which sums were made leaves traces in the last digits; what is proposed must not show them.
DIGITS = 9


class Label(NamedTuple):
    kind: str | None
    product_id: str | None


@dataclass(frozen=True, slots=True)
class Guess:
    """`confidence`: 0 to 1; `because`: the words that say so, the most telling first."""

    what: str
    confidence: float
    because: tuple[str, ...]


@dataclass(slots=True)
class _Likeness:
    """Of one answer, over the labels that lead to it."""

    best: float = 0.0
    squares: float = 0.0
    words: dict[str, float] = field(default_factory=lambda: defaultdict(float))


class Model:
    """Learns and forgets one text at a time; what it knows depends on neither order nor time."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[Label, float]] = defaultdict(dict)
        self._texts: Counter[Label] = Counter()
        self._lengths: dict[Label, float] = {}
        self._settled = True

    def learn(self, text: str, label: Label, weight: float = 1.0) -> None:
        self._texts[label] += 1
        self._add(text, label, weight)

    def forget(self, text: str, label: Label, weight: float = 1.0) -> None:
        """What was learnt with the same words, label and weight."""
        self._texts[label] -= 1
        if not self._texts[label]:
            del self._texts[label]
        self._add(text, label, -weight)

    def _add(self, text: str, label: Label, weight: float) -> None:
        for name, feature in features(text).items():
            labels = self._counts[name]
            labels[label] = labels.get(label, 0.0) + weight * feature.weight
            if labels[label] < NOTHING:
                del labels[label]
            if not labels:
                del self._counts[name]
        self._settled = False

    def guess(self, text: str, answer: Callable[[Label], str | None]) -> list[Guess]:
        """At most three, the likeliest first; none rather than a bad one.

        `answer`: what a label stands for here. None: nothing that can be proposed, though it may well be what
        the text looks like most, and then the others are less certain.
        """
        return self.guess_each(text, (answer,))[0]

    def guess_each(self, text: str, answers: Sequence[Callable[[Label], str | None]]) -> list[list[Guess]]:
        """The same for several kinds of answer, of one look at the text."""
        self._settle()
        seen = features(text)
        parts = self._parts(seen)
        return [_ranked(_likenesses(seen, parts, answer)) for answer in answers]

    def _parts(self, seen: Mapping[str, Feature]) -> dict[Label, dict[str, float]]:
        """By label, what each feature adds to the likeness."""
        rare = {name: self._rarity(name) for name in seen}
        length = math.hypot(*(feature.weight * rare[name] for name, feature in seen.items()))
        parts: dict[Label, dict[str, float]] = defaultdict(dict)
        for name, feature in seen.items():
            for label, count in self._counts.get(name, {}).items():
                part = feature.weight * rare[name] ** 2 * math.log1p(count)
                parts[label][name] = part / (length * self._lengths[label])
        return parts

    def _rarity(self, name: str) -> float:
        return math.log1p(len(self._texts) / max(1, len(self._counts.get(name, ()))))

    def _settle(self) -> None:
        """The lengths of all bags, once after anything was learnt: halfway between their own and the usual
        one.
        """
        if self._settled:
            return
        squares: dict[Label, float] = defaultdict(float)
        for name, labels in self._counts.items():
            rarity = self._rarity(name)
            for label, count in labels.items():
                squares[label] += (rarity * math.log1p(count)) ** 2
        lengths = {label: math.sqrt(square) for label, square in squares.items()}
        usual = sum(lengths.values()) / max(1, len(lengths))
        self._lengths = {label: math.sqrt(usual * length) for label, length in lengths.items()}
        self._settled = True


def _likenesses(
    seen: Mapping[str, Feature],
    parts: Mapping[Label, Mapping[str, float]],
    answer: Callable[[Label], str | None],
) -> dict[str | None, _Likeness]:
    found: dict[str | None, _Likeness] = defaultdict(_Likeness)
    for label, own in parts.items():
        likeness, each = sum(own.values()), found[answer(label)]
        each.best = max(each.best, likeness)
        each.squares += likeness * likeness
        for name, part in own.items():
            each.words[seen[name].word] += part
    return found


def _ranked(found: Mapping[str | None, _Likeness]) -> list[Guess]:
    total = sum(each.squares for each in found.values())
    proposed = {what: each for what, each in found.items() if what is not None}
    ranked = sorted(proposed, key=lambda what: (-round(proposed[what].squares, DIGITS), what))[:MOST]
    if not ranked:
        return []
    least = max(LEAST_LIKENESS, LEAST_OF_FIRST * proposed[ranked[0]].best)
    guesses = [_guess(what, proposed[what], total) for what in ranked if proposed[what].best >= least]
    return guesses if guesses and guesses[0].confidence >= LEAST_CONFIDENCE else []


def _guess(what: str, likeness: _Likeness, total: float) -> Guess:
    """Certain when nothing else looks like it, and it looks like what is known at all."""
    confidence = likeness.squares / total * min(1.0, likeness.best / FULL_LIKENESS)
    words = likeness.words
    telling = sorted(words, key=lambda word: (-round(words[word], DIGITS), word))[:MOST_REASONS]
    because = tuple(word for word in telling if words[word] >= words[telling[0]] / 4)
    return Guess(what, round(confidence, 2), because)
