"""Wishes: collected under themes, decided by the product owner, and every wisher answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from intake.domain.errors import NotAllowed
from intake.domain.proposing.words import features
from intake.domain.values import By


class ThemeState(StrEnum):
    OPEN = "open"
    LATER = "later"
    YES = "yes"
    NO = "no"


class Decision(StrEnum):
    YES = "yes"
    NO = "no"
    LATER = "later"


S, D = ThemeState, Decision
# From which state by which decision to which. What was granted or declined stays so: a new theme is another.
TABLE: dict[tuple[ThemeState, Decision], ThemeState] = {
    (S.OPEN, D.YES): S.YES,
    (S.OPEN, D.NO): S.NO,
    (S.OPEN, D.LATER): S.LATER,
    (S.LATER, D.YES): S.YES,
    (S.LATER, D.NO): S.NO,
    (S.LATER, D.LATER): S.LATER,
}
FINAL = frozenset({S.YES, S.NO})

# What a wisher reads, in their own language, with their own words.
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "yes": "U wenste: “{wish}”. Dat gaan we doen. {reason}",
        "no": "U wenste: “{wish}”. Dat doen we niet. {reason}",
        "later": "U wenste: “{wish}”. Dat doen we nu niet; u hoort er uiterlijk {until} weer van. {reason}",
    },
    "en": {
        "yes": "You wished: “{wish}”. We are going to do that. {reason}",
        "no": "You wished: “{wish}”. We are not going to do that. {reason}",
        "later": "You wished: “{wish}”. We are not doing that now; you hear of it again by {until}. {reason}",
    },
}
# Less in common than this is by chance.
ALIKE = 1.0
MOST_LIKELY = 3


@dataclass(slots=True)
class Theme:
    """`name` and `reason` are {"nl", "en"}. `version` counts the decisions."""

    theme_id: UUID
    name: dict[str, str]
    made_at: datetime
    state: ThemeState = ThemeState.OPEN
    version: int = 0
    reason: dict[str, str] | None = None
    decided_at: datetime | None = None
    decided_by: dict[str, Any] | None = None
    # What those who wished for it wrote, for proposals.
    words: list[str] = field(default_factory=list)

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    def decide(self, decision: Decision, reason: dict[str, str], at: datetime, by: By) -> None:
        to = TABLE.get((self.state, decision))
        if to is None:
            raise NotAllowed(f"This theme was decided: {self.state}. Collect new wishes under another.")
        self.state, self.reason, self.decided_at = to, reason, at
        self.decided_by = {"kind": by.kind, "name": by.name}
        self.version += 1

    def answer(self, wish: str, language: str, until: date) -> str:
        """What a wisher is told of the decision. `until`: when they hear of it again, if it is for later."""
        assert self.reason is not None
        told = ANSWERS.get(language, ANSWERS["en"])[self.state]
        reason = self.reason.get(language) or next(iter(self.reason.values()))
        return told.format(wish=wish.rstrip(" ."), reason=reason, until=f"{until:%d-%m-%Y}")


def likely(text: str, themes: list[Theme]) -> list[UUID]:
    """The themes whose names and wishes have most words in common with this one."""
    said = features(text)
    scores = []
    for theme in themes:
        known = features(" . ".join([*theme.name.values(), *theme.words]))
        scores.append((sum(said[key].weight for key in said if key in known), theme.theme_id))
    best = sorted((score, str(id_), id_) for score, id_ in scores if score >= ALIKE)
    return [id_ for _score, _text, id_ in reversed(best)][:MOST_LIKELY]
