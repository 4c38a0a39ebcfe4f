"""Whether what somebody writes has been reported already: at the same place, and about the same thing.

The same product says it, and so do similar words. For what lies inside the place only similar words do: of a
floor with three cold rooms each may have its own radiator.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from intake.domain.proposing.words import Feature, features

MOST = 3
MOST_WORDS = 3
# Found by trying; with the same product and the same place no likeness is asked for at all.
LEAST_LIKENESS = 0.25


@dataclass(frozen=True, slots=True)
class Known:
    """An open request at a place, around it (`around`: the place itself, or one that it lies in) or in it."""

    request_id: UUID
    reference: str
    requester: dict[str, Any] | None
    kind: str | None
    state: str
    summary: str
    text: str
    product: dict[str, Any] | None
    path: str
    received_at: datetime
    around: bool
    follows: UUID | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`because`: the words of the text that occur in both."""

    known: Known
    likeness: float
    because: tuple[str, ...]


def duplicates(text: str, product_id: str | None, known: Iterable[Known]) -> list[Duplicate]:
    """At most three, the likeliest first. `product_id`: what the text is probably about."""
    found, said = [], features(text)
    for each in known:
        likeness, because = _likeness(said, features(each.text))
        same = product_id is not None and (each.product or {}).get("product_id") == product_id
        if likeness >= LEAST_LIKENESS or (same and each.around):
            found.append(Duplicate(each, round(likeness + same, 2), because))
    return sorted(found, key=lambda each: (-each.likeness, each.known.reference))[:MOST]


def _likeness(mine: Mapping[str, Feature], theirs: Mapping[str, Feature]) -> tuple[float, tuple[str, ...]]:
    shared = [name for name in mine if name in theirs]
    if not shared:
        return 0.0, ()
    product = sum(mine[name].weight * theirs[name].weight for name in shared)
    lengths = [math.hypot(*(feature.weight for feature in each.values())) for each in (mine, theirs)]
    words = dict.fromkeys(mine[name].word for name in shared if name.isalpha())
    return product / (lengths[0] * lengths[1]), tuple(words)[:MOST_WORDS]
