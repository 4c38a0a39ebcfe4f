"""Who may be the same person: what speaks for it. A person decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

# A number of so many belongs to a department or a reception.
MOST_SHARING = 5
# Of a whole number, its country counted.
LEAST_DIGITS = 9


class Because(StrEnum):
    """The surest first."""

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Known:
    """`numbers` and `emails` as they are compared."""

    person_id: str
    name: str
    numbers: Collection[str]
    emails: Collection[str]


def reasons(one: Known, other: Known) -> list[Because]:
    """Empty when nothing speaks for it."""
    found = {
        Because.EMAIL: bool(set(one.emails) & set(other.emails)),
        Because.PHONE: any(len(each) >= LEAST_DIGITS for each in set(one.numbers) & set(other.numbers)),
        Because.NAME: is_like(one.name, other.name),
    }
    return [because for because in Because if found[because]]


def is_like(name: str, other: str) -> bool:
    """The same words in any order; or the same last word with the same first letter, as in "S. de Wit"."""
    words, others = spelled(name), spelled(other)
    if not words or not others:
        return False
    if sorted(words) == sorted(others):
        return True
    return words[-1] == others[-1] and words[0][0] == others[0][0] and 1 in (len(words[0]), len(others[0]))


def spelled(name: str) -> Sequence[str]:
    """Its words in small letters without marks; "Wit, Sanne de" is read the other way round."""
    last, comma, first = name.partition(",")
    text = unicodedata.normalize("NFKD", f"{first} {last}" if comma else name)
    plain = "".join(each for each in text if not unicodedata.combining(each)).lower()
    return re.findall(r"[^\W_]+", plain)
