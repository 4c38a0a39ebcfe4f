"""Places that a text names: by room number, by name, by the name without its first word ("in Volkerak"), by
floor ("third floor", "de derde verdieping").

Names are compared as spellings: small letters and digits alone, so that "K1.03", "k1-03" and "K 1.03" are
one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from intake.domain.locations import SEPARATOR

MOST = 3
MOST_WORDS = 300
MOST_LETTERS = 1_500
LONGEST_NAME = 5  # words
LEAST_LETTERS = 3
# Shorter ones are too often something else.
LEAST_LETTERS_OF_REST = 4
ROOM_WORDS = frozenset(["kamer", "ruimte", "lokaal", "zaal", "vergaderzaal", "kantoor", "room", "office"])
STOPS = ".,;:!?()\"'“”‘’"
ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "begane ground 0e",
            "eerste first 1e 1ste 1st",
            "tweede second 2e 2de 2nd",
            "derde third 3e 3de 3rd",
            "vierde fourth 4e 4de 4th",
            "vijfde fifth 5e 5de 5th",
            "zesde sixth 6e 6de 6th",
            "zevende seventh 7e 7de 7th",
            "achtste eighth 8e 8ste 8th",
            "negende ninth 9e 9de 9th",
        )
    )
    for word in words.split()
}
FLOORS = frozenset(["verdieping", "etage", "floor", "level"])
# How organisations call a floor, whatever language the text is in.
FLOOR_NAMES = ("verdieping{}", "etage{}", "floor{}", "level{}", "{}everdieping", "{}eetage")
GROUND_FLOORS = ("beganegrond", "groundfloor")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Spellings of what a text may mean, each with the words that it was said in."""

    said: dict[str, str]

    @property
    def spellings(self) -> Sequence[str]:
        return tuple(self.said)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place with such a spelling, or where the person usually is (`usual`). `rest`: the spelling of its
    name without the first word.
    """

    location_id: UUID
    name: str
    path: str
    spelling: str
    rest: str | None
    usual: bool


@dataclass(frozen=True, slots=True)
class Found:
    """`because`: the words that name it; empty when it is only where the person usually is."""

    candidate: Candidate
    because: tuple[str, ...]


def spelling(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def mentioned(text: str) -> Mentioned:
    words = text[:MOST_LETTERS].split()[:MOST_WORDS]
    said: dict[str, str] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1):
            part = words[start:end]
            key = spelling("".join(part))
            if _may_be_a_name(key, part, words[:start]):
                said.setdefault(key, " ".join(part).strip(STOPS))
    said |= {key: words_ for key, words_ in _floors(words) if key not in said}
    return Mentioned(said)


def _may_be_a_name(key: str, part: Sequence[str], before: Sequence[str]) -> bool:
    """A bare number is a room only when somebody calls it one: 207 may be people, euros, minutes."""
    if len(key) < LEAST_LETTERS:
        return False
    if not key.isdigit():
        return True
    called = bool(before) and spelling(before[-1]) in ROOM_WORDS
    return len(part) == 1 and (called or bool(re.fullmatch(r"\d+[.,-]\d+", part[0].strip(STOPS))))


def _floors(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for first, second in zip(words, [*words[1:], ""], strict=True):
        number = ORDINALS.get(spelling(first))
        if number is not None and (spelling(second) in FLOORS or number == 0):
            names = (form.format(number) for form in FLOOR_NAMES)
            for key in (*names, *(GROUND_FLOORS if number == 0 else ())):
                yield key, f"{first} {second}".strip(STOPS)


def found(candidates: Sequence[Candidate], text: Mentioned) -> list[Found]:
    """At most three, the best first; where the person usually is when the text names no place."""
    rests = Counter(each.rest for each in candidates if each.rest)
    named = {}
    for each in candidates:
        whole = text.said.get(each.spelling)
        rest = text.said.get(each.rest) if each.rest and rests[each.rest] == 1 else None
        if whole or (rest and len(each.rest or "") >= LEAST_LETTERS_OF_REST):
            named[each.path] = (each, whole or rest or "")
    if not named:
        return [Found(each, ()) for each in candidates if each.usual][:1]
    usual = next((each.path for each in candidates if each.usual), "")
    inner = [path for path in named if not any(_within(other, path) for other in named)]
    ranked = sorted(inner, key=lambda path: (-_merit(path, named.keys(), usual), path))
    best = _merit(ranked[0], named.keys(), usual)
    return [
        Found(named[path][0], _because(path, named))
        for path in ranked[:MOST]
        if _merit(path, named.keys(), usual) >= best - 1
    ]


def _within(path: str, outer: str) -> bool:
    return path.startswith(outer + SEPARATOR)


def _merit(path: str, named: Collection[str], usual: str) -> int:
    """Two for everything around it that was named too, one for what it shares with the usual place."""
    steps = path.split(SEPARATOR)
    around = [SEPARATOR.join(steps[:count]) for count in range(1, len(steps))]
    same_building = bool(usual) and usual.split(SEPARATOR)[0] == steps[0]
    return sum(2 for outer in around if outer in named) + same_building


def _because(path: str, named: dict[str, tuple[Candidate, str]]) -> tuple[str, ...]:
    """Its own name first, then what was said of what lies around it."""
    around = [words for outer, (_, words) in named.items() if _within(path, outer)]
    return tuple(dict.fromkeys((named[path][1], *around)))
