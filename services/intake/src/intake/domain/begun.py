"""A report that was begun on the site, and that the desk finishes by phone or at the counter, under a code.

What was typed is kept as it was typed: whoever goes on there was not done yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

# No vowels, so that no code is a word; and of what looks or sounds alike at most one.
LETTERS = "CDFGHJKMNPQRTVWXY34679"
LENGTH = 6
KEPT = timedelta(days=7)
# Over which a report is begun.
CHANNEL = "site"
# Of which at least one says something; a place or a number alone does not.
SAYING = ("text", "object", "product_id", "asset_id")


class State(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    EXPIRED = "expired"


def shown(code: str) -> str:
    """As people read it out: in two halves."""
    return f"{code[:3]}-{code[3:]}"


def plain(said: str) -> str | None:
    """As it is kept; None for what can't be a code."""
    code = "".join(each for each in said.upper() if each.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None


def says_something(filled: Mapping[str, str]) -> bool:
    return any(
        value.strip() for name, value in filled.items() if name in SAYING or name.startswith("answers.")
    )
