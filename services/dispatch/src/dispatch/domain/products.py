"""Dispatch's own copy of what the catalogue published: the process, and whether the desk checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any
from uuid import UUID

from dispatch.domain.errors import InvalidProcess

Localised = dict[str, str]
# Of a checklist: text per language, and `optional` where it may stay open.
Point = dict[str, Any]
CHECKLIST = {"nl": "Controlelijst:", "en": "Checklist:"}
OPTIONAL = {"nl": " (niet verplicht)", "en": " (optional)"}
CHECKERS = ("desk", "team_lead", "customer")  # who may be asked to look at work


@dataclass(frozen=True)
class Step:
    """One piece of work in a process; `provider` is a slug, `depends_on` keys of other steps. With a `role`
    who has that skill does it, and `provider` says nothing. `check`: {"by", "holds"}, who looks at it when
    it is done, and whether what waits for it waits for that too.
    """

    key: str
    title: Localised
    provider: str
    depends_on: tuple[str, ...] = ()
    lead_time: dict[str, Any] | None = None
    instructions: Localised | None = None
    checklist: tuple[Point, ...] = ()
    cost_cents: int | None = None
    role: str | None = None
    check: dict[str, Any] | None = None

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Step:
        return cls(
            key=data["key"],
            title=data["title"],
            provider=data["provider"],
            depends_on=tuple(data.get("depends_on") or ()),
            lead_time=data.get("lead_time"),
            instructions=data.get("instructions"),
            checklist=tuple(data.get("checklist") or ()),
            cost_cents=data.get("cost_cents"),
            role=data.get("role"),
            check=data.get("check"),
        )


def with_checklist(instructions: Localised | None, points: Sequence[Point]) -> Localised | None:
    """The instructions with the points of the checklist under them, in each language: that way every executor
    gets it, by whatever line.
    """
    if not points:
        return instructions
    told: Localised = {}
    for language, heading in CHECKLIST.items():
        words = (instructions or {}).get(language)
        mark = OPTIONAL[language]
        lines = [heading, *(f"- {each[language]}{mark * is_optional(each)}" for each in points)]
        told[language] = "\n".join([words, "", *lines] if words else lines)
    return told


def is_optional(point: Point) -> bool:
    return bool(point.get("optional"))


@dataclass(frozen=True)
class Product:
    """One published version. It never changes, so a running request keeps the process that it began with.

    `about`: slug, name, category, kind and priority, for rules to look at; None when it was heard before
    these were kept.
    """

    product_id: UUID
    version: int
    check_required: bool
    steps: tuple[Step, ...]
    about: dict[str, Any] | None = None


def validate(steps: Sequence[Step]) -> None:
    """Raises InvalidProcess, in words that name the step."""
    keys = [step.key for step in steps]
    if not keys:
        raise InvalidProcess("The process has no steps.")
    doubles = sorted({key for key in keys if keys.count(key) > 1})
    if doubles:
        raise InvalidProcess(f"Step '{doubles[0]}' is there twice.")
    for step in steps:
        for needed in step.depends_on:
            if needed not in keys:
                raise InvalidProcess(f"Step '{step.key}' waits for '{needed}', which is not a step.")
    try:
        TopologicalSorter({step.key: step.depends_on for step in steps}).prepare()
    except CycleError as circle:
        raise InvalidProcess(f"The steps wait for each other: {' -> '.join(circle.args[1])}.") from circle


def final_steps(steps: Sequence[Step]) -> list[Step]:
    """Those that no other step waits for: what the customer sees of the process."""
    awaited = {needed for step in steps for needed in step.depends_on}
    return [step for step in steps if step.key not in awaited]
