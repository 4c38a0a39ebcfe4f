"""How good proposals are: learnt from the older texts, asked about the newer ones, as it will be in use.

A split by chance would let the newer texts teach about the older, and flatter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
OLDER = 0.7


@dataclass(frozen=True, slots=True)
class Score:
    """Counts. `shown`: those with any proposal; `first` and `among`: the right one was proposed first, or
    among the three. `usual_first` and `usual_among`: what always proposing the most frequent would have
    come to.
    """

    learnt: int
    asked: int
    shown: int
    first: int
    among: int
    usual_first: int
    usual_among: int


def split(examples: Sequence[T], older: float = OLDER) -> tuple[Sequence[T], Sequence[T]]:
    """`examples` from old to new."""
    at = round(len(examples) * older)
    return examples[:at], examples[at:]


def score(
    learnt: Sequence[T],
    asked: Sequence[T],
    right: Callable[[T], str | None],
    proposed: Callable[[T], Sequence[str]],
) -> Score:
    """Of those that have a right answer. `proposed`: asks what has learnt."""
    known = Counter(answer for each in learnt if (answer := right(each)))
    usual = [answer for answer, _ in known.most_common(3)]
    pairs = [(answer, proposed(each)) for each in asked if (answer := right(each))]
    return Score(
        learnt=known.total(),
        asked=len(pairs),
        shown=sum(bool(found) for _, found in pairs),
        first=sum(found[:1] == [answer] for answer, found in pairs),
        among=sum(answer in found for answer, found in pairs),
        usual_first=sum([answer] == usual[:1] for answer, _ in pairs),
        usual_among=sum(answer in usual for answer, _ in pairs),
    )
