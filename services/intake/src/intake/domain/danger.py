"""Words by which a report tells of danger. Better looked at once too often: no one is asked to confirm, and
an agent takes the mark away with a word.

What only sounds like it (a fire drill, a gas invoice, a guest) is taken out of the text before it is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# What may be dangerous: only what is broken, or not yet sorted. A wish for a fire extinguisher is none.
KINDS = frozenset({"fault", None})
# The product itself says that it is danger, whatever the words.
PRODUCT = "product"

HARMLESS = re.compile(
    r"\b(?:brand(?:oefening|blus\w*|instructie\w*|veilig\w*|wacht\w*|kast\w*|deur\w*|trap\w*|slang\w*)"
    r"|fire (?:drill|exting\w+|door|exit|safety|instruction\w*)"
    r"|rook(?:melder\w*|vrij\w*|ruimte\w*|plek\w*|verbod\w*|gordijn\w*)"
    r"|smok(?:ing (?:area|room|spot)|e detector\w*)"
    r"|gas(?:rekening|meter|contract|fornuis|verbruik)\w*|gas (?:bill|meter|contract)"
    r"|(?:geen|niet|no|not) (?:\w+ )?(?:brand|rook|gas|gevaar|fire|smoke|danger))\b",
    re.IGNORECASE,
)
# The most pressing first: one code is told. A lift that stands still is a fault; somebody in it is danger.
PATTERNS: Mapping[str, str] = {
    "fire": r"brand|in brand|vlammen|rook(?:t|wolk\w*|lucht)?|brandlucht|schroeilucht|smeult|ontploff\w*"
    r"|(?:on )?fire|flames?|smok(?:e|ing)|burning smell|smou?ldering|explo\w+",
    "gas": r"gas(?:lucht|lek\w*|geur)?|gas leak\w*|smells? (?:of )?gas|koolmonoxide|carbon monoxide",
    "injury": r"gewond\w*|bewusteloos|onwel|hartstilstand|reanim\w*|bloedt|injur\w+|unconscious"
    r"|collapsed|bleeding|cardiac arrest",
    "lift": r"(?:vast|opgesloten)\b.{0,30}\bin (?:de|een) \w*lift"
    r"|in (?:de|een) \w*lift\b.{0,30}\b(?:vast|opgesloten)"
    r"|(?:stuck|trapped|locked)\b.{0,20}\bin (?:the|a|an) (?:lift|elevator)"
    r"|in the (?:lift|elevator)\b.{0,30}\b(?:stuck|trapped)",
    "electricity": r"kortsluiting|vonk(?:en|t)|onder stroom|elektrocut\w*|stroom(?:schok|stoot)"
    r"|blote (?:draad|draden|kabel\w*)|sparks?|sparking|short circuit|electric shock|(?:bare|live) wires?",
    "water": r"water (?:stroomt|spuit|gutst|loopt)|(?:stromend|spuitend|gutsend) water|overstroming"
    r"|staat blank|leiding\w* (?:is )?gesprongen|gesprongen (?:water)?leiding"
    r"|water (?:is )?(?:running|pouring|gushing)|burst pipe|pipe (?:has )?burst|flood(?:ed|ing)?",
}
_HOW = re.IGNORECASE | re.DOTALL
_COMPILED = {code: re.compile(rf"\b(?:{pattern})\b", _HOW) for code, pattern in PATTERNS.items()}
CODES = (*PATTERNS, PRODUCT)


def danger_in(text: str) -> str | None:
    """The code of CODES that the words tell of; None when they tell of none."""
    left = HARMLESS.sub(" ", text)
    return next((code for code, pattern in _COMPILED.items() if pattern.search(left)), None)


def danger_of(text: str, kind: str | None, product_priority: str | None) -> str | None:
    """Of a report: by its words when it is something broken or not sorted yet, else by its product."""
    if kind not in KINDS:
        return None
    return danger_in(text) or (PRODUCT if product_priority == "P1" else None)
