"""What every order is held to, as managers read and change it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from servicekit.errors import Stale

from dispatch.domain.terms import Terms
from dispatch.storage.unit_of_work import DispatchWork


def get_order_terms(work: DispatchWork) -> dict[str, Any]:
    return _view(work.terms.get())


def save_order_terms(work: DispatchWork, version: int, **values: Any) -> dict[str, Any]:
    """What is not said stays. The cost counts for what is reported from now on. Raises Stale."""
    terms = replace(work.terms.get(), **values, version=version + 1)
    if not work.terms.save(terms, version, work.now, work.actor.name or work.actor.id):
        raise Stale("stale", "Somebody changed these terms meanwhile; read them again.")
    work.silences.look_again(work.now)
    return _view(terms)


def _view(terms: Terms) -> dict[str, Any]:
    return {**terms.values(), "version": terms.version}
