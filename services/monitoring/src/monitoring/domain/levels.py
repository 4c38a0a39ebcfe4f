"""Service levels: which terms apply to what. The most specific one wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from servicekit.worktime import Term

from monitoring.domain.story import Subject

WARN_PERCENT: Final = 75
SELECTORS: Final = ("product_id", "kind", "priority")
"""From the most to the least telling: a level for a product beats one for a kind and a priority together, and
the level "a wish has no terms" beats the terms of its priority."""

TERMS: Final = ("respond", "restore", "resolve")


@dataclass(frozen=True)
class Level:
    """None as a selector fits everything; None as a term means that this clock does not run."""

    kind: str | None = None
    priority: str | None = None
    product_id: str | None = None
    respond: Term | None = None
    restore: Term | None = None
    resolve: Term | None = None
    warn_percent: int = WARN_PERCENT

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        def term(name: str) -> Term | None:
            return Term.from_dict(value[name]) if value.get(name) else None

        return cls(
            value.get("kind"),
            value.get("priority"),
            value.get("product_id"),
            term("respond"),
            term("restore"),
            term("resolve"),
            value.get("warn_percent", WARN_PERCENT),
        )

    def to_dict(self) -> dict[str, Any]:
        terms = {name: term.to_dict() if (term := self.term(name)) else None for name in TERMS}
        return {
            **{name: getattr(self, name) for name in SELECTORS},
            **terms,
            "warn_percent": self.warn_percent,
        }

    def term(self, clock: str) -> Term | None:
        term: Term | None = getattr(self, clock)
        return term

    @property
    def selector(self) -> tuple[str | None, ...]:
        return tuple(getattr(self, name) for name in SELECTORS)

    def fits(self, subject: Subject) -> bool:
        return all(getattr(self, name) in {None, getattr(subject, name)} for name in SELECTORS)

    @property
    def specificity(self) -> tuple[bool, ...]:
        return tuple(value is not None for value in self.selector)


def most_specific(levels: Iterable[Level], subject: Subject) -> Level | None:
    """The level that applies, or None. No two levels of a contract have the same selectors: no draw."""
    return max(
        (level for level in levels if level.fits(subject)), key=lambda level: level.specificity, default=None
    )
