"""Who else a request touches: whom it is for, whom the executor meets there, and who pays."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OnSite:
    """Whom the executor telephones; need not be known here as a person."""

    name: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class CostCentre:
    """As it was called then. Its budget decides what must be approved."""

    key: str
    name: str
