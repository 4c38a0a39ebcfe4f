"""Routing rules: ordered, readable conditions that say who gets a step of a process.

A rule is data that a manager writes, so it may come to say something that does not hold any more. That is
never guessed at: `UNKNOWN` stops the planning, and a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from dispatch.domain.profiles import Need, lies_in
from dispatch.domain.windows import Window


class Field(StrEnum):
    PRODUCT = "product"  # slugs
    CATEGORY = "category"  # names, in any language of the catalogue
    KIND = "kind"
    PRIORITY = "priority"
    PLACE = "place"  # location ids; what lies in them counts too
    INTENDED = "intended"  # slugs: whom the process names
    TIME = "time"  # a window of the week, at the moment of planning


class Otherwise(StrEnum):
    """What happens when the rule applies and nobody of it can."""

    NEXT = "next"  # look at the rules below it
    TRIAGE = "triage"  # a person decides


@dataclass(frozen=True)
class Condition:
    field: Field
    values: tuple[str, ...] = ()
    negated: bool = False
    window: Window | None = None

    def as_dict(self) -> dict[str, Any]:
        window = self.window.as_dict() if self.window else None
        return {"field": self.field, "values": list(self.values), "negated": self.negated, "window": window}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Condition:
        """Raises KeyError, ValueError or TypeError for what this version cannot read."""
        window = Window.from_dict(data["window"]) if data.get("window") else None
        values = tuple(str(value) for value in data.get("values") or ())
        return cls(Field(data["field"]), values, bool(data.get("negated")), window)


@dataclass(frozen=True)
class Rule:
    """To the first of `providers` (slugs, in order of preference) that meets `needs`; or, with a `skill`, to
    the least loaded of those who have it. `unreadable`: its conditions are of a form that is not known here.
    """

    rule_id: UUID
    name: str
    conditions: tuple[Condition, ...] = ()
    providers: tuple[str, ...] = ()
    skill: str | None = None
    needs: tuple[Need, ...] = (Need.PRESENT, Need.ROOM, Need.PLACE)
    otherwise: Otherwise = Otherwise.NEXT
    active: bool = True
    position: int = 0
    version: int = 1
    note: str | None = None
    updated_by: str | None = None
    updated_at: datetime | None = None
    unreadable: bool = field(default=False)


@dataclass(frozen=True)
class Case:
    """What is known of one step of one request. `role`: the skill that it takes, and then nobody is
    `intended`. `path` None: the request names no place. `category` None:
    this copy of the product was heard before categories were kept.
    """

    product: str | None
    category: Mapping[str, str] | None
    kind: str | None
    priority: str | None
    path: str | None
    intended: str
    at: datetime
    role: str | None = None


class Unknown(Exception):
    """It cannot be said whether a condition holds; the text says why."""


def holds(condition: Condition, case: Case, paths: Mapping[str, str]) -> bool:
    """`paths` of the places that rules name, by location id. Raises Unknown."""
    return _TESTS[condition.field](condition, case, paths) is not condition.negated


def covers(earlier: Rule, later: Rule) -> bool:
    """Whether whatever reaches `later` was decided by `earlier`: then `later` is never asked. Only what is
    certain: each condition of the earlier one stands, as wide or wider, in the later one.
    """
    if not (earlier.active and later.active) or earlier.otherwise is Otherwise.NEXT:
        return False
    return all(any(_wider(wide, narrow) for narrow in later.conditions) for wide in earlier.conditions)


def _wider(wide: Condition, narrow: Condition) -> bool:
    if (wide.field, wide.negated) != (narrow.field, narrow.negated) or wide.window != narrow.window:
        return False
    less, more = (wide, narrow) if wide.negated else (narrow, wide)
    return set(less.values) <= set(more.values)


def _is_product(condition: Condition, case: Case, _: Mapping[str, str]) -> bool:
    return case.product in condition.values


def _is_in_category(condition: Condition, case: Case, _: Mapping[str, str]) -> bool:
    if case.category is None:
        raise Unknown("the category of this version of the product is not known; publish it again")
    names = {name.casefold() for name in case.category.values()}
    return any(value.casefold() in names for value in condition.values)


def _is_kind(condition: Condition, case: Case, _: Mapping[str, str]) -> bool:
    return case.kind in condition.values


def _has_priority(condition: Condition, case: Case, _: Mapping[str, str]) -> bool:
    return case.priority in condition.values


def _is_there(condition: Condition, case: Case, paths: Mapping[str, str]) -> bool:
    missing = [value for value in condition.values if value not in paths]
    if missing:
        raise Unknown(f"the place {missing[0]} is not known any more")
    return case.path is not None and any(lies_in(case.path, paths[value]) for value in condition.values)


def _is_intended_for(condition: Condition, case: Case, _: Mapping[str, str]) -> bool:
    return case.intended in condition.values


def _is_time(condition: Condition, case: Case, _: Mapping[str, str]) -> bool:
    if condition.window is None:
        raise Unknown("it names no time")
    return condition.window.holds(case.at)


_TESTS = {
    Field.PRODUCT: _is_product,
    Field.CATEGORY: _is_in_category,
    Field.KIND: _is_kind,
    Field.PRIORITY: _has_priority,
    Field.PLACE: _is_there,
    Field.INTENDED: _is_intended_for,
    Field.TIME: _is_time,
}


def place_ids(rules: Sequence[Rule]) -> set[str]:
    """Of all places that the rules name."""
    return {
        value
        for rule in rules
        for condition in rule.conditions
        if condition.field is Field.PLACE
        for value in condition.values
    }
