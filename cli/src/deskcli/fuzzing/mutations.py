"""Input that is nearly right: one thing in it changed into what somebody careless or malicious would send."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

TEXTS = (
    "", " ", "\x00", "a\x00b", "\x1b[31m", "\r\nBcc: x@example.org", "\u2028\u202e\ufeff", "\ud800", "ẞıİ",
    "é" * 100, "👩‍👩‍👧‍👦" * 40, "<script>alert(1)</script>", "{{7*7}}", "%s%n%d{0}", "=1+1", "' OR 1=1 --",
    "\\", "../../etc/passwd", "null", "true", "-1", "0", "NaN", "1e309", "9" * 400, "A" * 300, "A" * 5_001,
    "A" * 25_000, "a b:*&|!<->()'", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999+14:00", "2026-02-30",
    "2026-11-25T10:00:00", "25:61", "P99999999D", "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff", "http://127.0.0.1:1/", "https://[::1]/", "supplier_vonk_val",
)  # fmt: skip
NUMBERS = (
    0, -1, 1, 2**31 - 1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, 0.5, -0.0, 1e308, 1e-320, 1e15,
)  # fmt: skip
SCALARS: tuple[Any, ...] = (*TEXTS, *NUMBERS, None, True, False, [], {}, [[]], {"": None})

Place = tuple[Any, Any]  # what holds it, and under which key


def mutated(value: Any, chance: random.Random) -> Any:
    """A copy with one to three things changed."""
    found = {"": copy.deepcopy(value)}
    for _ in range(chance.choice((1, 1, 2, 3))):
        places = list(_places(found))
        if not places:
            break
        holder, key = chance.choice(places)
        chance.choice(CHANGES)(holder, key, chance)
    return found.get("")


def _places(value: Any) -> Iterator[Place]:
    """Every place in it where something stands."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def _replace(holder: Any, key: Any, chance: random.Random) -> None:
    holder[key] = copy.deepcopy(chance.choice(SCALARS))


def _nudge(holder: Any, key: Any, chance: random.Random) -> None:
    """Of the same type, but at an edge."""
    value = holder[key]
    if isinstance(value, str):
        text = chance.choice(TEXTS)
        cut = chance.randrange(len(value) + 1)
        holder[key] = chance.choice((text, value + text, value[:cut] + text + value[cut:], value.upper()))
    elif isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, int | float):
        holder[key] = chance.choice((value + 1, value - 1, -value, chance.choice(NUMBERS)))
    else:
        _replace(holder, key, chance)


def _drop(holder: Any, key: Any, _chance: random.Random) -> None:
    del holder[key]


def _add(holder: Any, key: Any, chance: random.Random) -> None:
    """Something more than was asked for."""
    inside = holder[key]
    if isinstance(inside, dict):
        inside[chance.choice((*TEXTS, "id", "priority", "state", "version", "__proto__"))] = chance.choice(
            SCALARS
        )
    elif isinstance(inside, list):
        inside.extend(copy.deepcopy(inside[:1] or [None]) * chance.choice((1, 2, 60, 600)))
    else:
        holder[key] = [inside]


def _move(holder: Any, key: Any, chance: random.Random) -> None:
    """A value of elsewhere."""
    other, name = chance.choice(list(_places({"": holder})))
    holder[key] = copy.deepcopy(other[name])


CHANGES: tuple[Callable[[Any, Any, random.Random], None], ...] = (
    _replace, _nudge, _nudge, _nudge, _drop, _add, _move,
)  # fmt: skip
