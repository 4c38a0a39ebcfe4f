"""Whether what somebody writes has been reported already: at the same place, and about the same thing.

The same object of the register says it, whatever the words; another one says that it is not. Else the same
product says it, and so do similar words, the more so when the same object is named in them. For what lies
inside the place only similar words do: of a floor with three cold rooms each may have its own radiator.
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
# Likelier than any words with any product can say.
SAME_ASSET = 4.0
# Of two names for an object: "de lift" and "lift noord" are, "lift" and "printer" are not.
SAME_NAME = 0.5


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
    object: str | None = None
    asset_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the text is about beside its words: the product that is probably meant, and the object, by its
    name or one of the register.
    """

    product_id: str | None = None
    object: str | None = None
    asset_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`because`: the words of the text that occur in both."""

    known: Known
    likeness: float
    because: tuple[str, ...]


def duplicates(text: str, about: About, known: Iterable[Known]) -> list[Duplicate]:
    """At most three, the likeliest first."""
    found, said = [], features(text)
    for each in known:
        if _is_another(about, each):
            continue
        likeness, because = _likeness(said, features(each.text))
        product = about.product_id is not None and (each.product or {}).get("product_id") == about.product_id
        asset = about.asset_id is not None and each.asset_id == about.asset_id
        thing = _same_object(about.object, each.object)
        here = each.around and (product or thing >= SAME_NAME)
        if asset or here or likeness >= LEAST_LIKENESS:
            score = likeness + thing + product + asset * SAME_ASSET
            found.append(Duplicate(each, round(score, 2), because))
    return sorted(found, key=lambda each: (-each.likeness, each.known.reference))[:MOST]


def _is_another(about: About, known: Known) -> bool:
    """Both are one of the register, and not the same."""
    return None not in (about.asset_id, known.asset_id) and about.asset_id != known.asset_id


def _same_object(mine: str | None, theirs: str | None) -> float:
    """How alike two names of objects are, 0 to 1."""
    return _likeness(features(mine), features(theirs))[0] if mine and theirs else 0.0


def _likeness(mine: Mapping[str, Feature], theirs: Mapping[str, Feature]) -> tuple[float, tuple[str, ...]]:
    shared = [name for name in mine if name in theirs]
    if not shared:
        return 0.0, ()
    product = sum(mine[name].weight * theirs[name].weight for name in shared)
    lengths = [math.hypot(*(feature.weight for feature in each.values())) for each in (mine, theirs)]
    words = dict.fromkeys(mine[name].word for name in shared if name.isalpha())
    return product / (lengths[0] * lengths[1]), tuple(words)[:MOST_WORDS]
