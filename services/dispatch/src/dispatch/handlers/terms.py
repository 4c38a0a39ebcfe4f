"""What every order is held to, as managers read and change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from servicekit.errors import Invalid, Stale

from dispatch.domain.profiles import SEPARATOR
from dispatch.domain.terms import Terms
from dispatch.storage.unit_of_work import DispatchWork


def get_order_terms(work: DispatchWork) -> dict[str, Any]:
    return _view(work.terms.get())


def save_order_terms(work: DispatchWork, version: int, **values: Any) -> dict[str, Any]:
    """What is not said stays. The cost counts for what is reported from now on. Raises Stale, Invalid."""
    _check_ways(work, values.get("travel", ()))
    terms = replace(work.terms.get(), **values, version=version + 1)
    if not work.terms.save(terms, version, work.now, work.actor.name or work.actor.id):
        raise Stale("stale", "Somebody changed these terms meanwhile; read them again.")
    work.silences.look_again(work.now)
    return _view(terms)


def _check_ways(work: DispatchWork, ways: Sequence[dict[str, Any]]) -> None:
    known = work.routing.known_paths({name for way in ways for name in way["between"]})
    seen: set[frozenset[str]] = set()
    for way in ways:
        pair = frozenset(way["between"])
        text = _wrong(way["between"], pair, known, seen)
        if text:
            raise Invalid("invalid", "This way cannot be kept.", {"travel": [text]})
        seen.add(pair)


def _wrong(
    names: Sequence[str], pair: frozenset[str], known: set[str], seen: set[frozenset[str]]
) -> str | None:
    if len(pair) != 2:
        return "A way leads from one building to another."
    if unknown := next((name for name in names if name not in known or SEPARATOR in name), None):
        return f"There is no building '{unknown}'."
    return "The way between two buildings stands there twice." if pair in seen else None


def _view(terms: Terms) -> dict[str, Any]:
    return {**terms.values(), "version": terms.version}
