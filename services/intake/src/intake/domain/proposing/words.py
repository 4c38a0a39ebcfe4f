"""What a model looks at in a text: words, pairs of words, and pieces of long words.

Pieces are what makes "verwarmingsketel" look like "verwarming", and a slip of the pen like the word meant.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Nobody needs more of a text to see what it is about, and a long one must not cost more.
MOST_LETTERS = 1_500
PIECE = 4
LEAST_LETTERS_FOR_PIECES = 5
PAIR_WEIGHT = 0.3
WORD = re.compile(r"[^\W\d_]+")
# Say nothing about what is wanted. Words such as "niet", "hoe" and "graag" do, so they are not among them.
_COMMON = """
    de het een en van in op te is dat die dit er aan met voor bij ook als of om uit naar dan maar al wel nog
    mijn ik wij we ons onze u uw jullie jouw hij zij ze je mij me deze daar hier zijn was ben bent heb hebben
    heeft wordt worden werd door over tot
    the a an and of in on to is that this it at with for by as or from but my i we us our you your they their
    he she there here are was were be been have has had will do does did am so
    zou zouden would could graag please alstublieft alsjeblieft aub svp bedankt thanks
"""
COMMON = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True)
class Feature:
    """`word`: as it stands in the text, for whoever wants to know why."""

    word: str
    weight: float


def folded(text: str) -> str:
    """Small letters without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def features(text: str) -> Mapping[str, Feature]:
    """Each counts once. Numbers are left out: they say where and how many, not what."""
    found: dict[str, Feature] = {}
    before = ""
    for said in WORD.findall(text[:MOST_LETTERS]):
        word = folded(said)
        telling = word not in COMMON and len(word) > 1
        if telling and word not in found:
            found[word] = Feature(said, 1.0)
            found |= {key: piece for key, piece in _pieces(word, said) if key not in found}
        if before and (telling or before not in COMMON):
            found.setdefault(f"{before} {word}", Feature(said if telling else before, PAIR_WEIGHT))
        before = word
    return found


def _pieces(word: str, said: str) -> Iterator[tuple[str, Feature]]:
    """All pieces together weigh about as much as their word. Marked, so that a piece never is a word."""
    if len(word) >= LEAST_LETTERS_FOR_PIECES:
        marked = f"<{word}>"
        count = len(marked) - PIECE + 1
        for start in range(count):
            yield f"~{marked[start : start + PIECE]}", Feature(said, 1 / math.sqrt(count))
