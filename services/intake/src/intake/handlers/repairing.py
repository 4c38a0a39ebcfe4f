"""How what stands in the repair list of intake is tried again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from servicekit.errors import NotFound
from servicekit.recovery.acting import Repair

from intake.domain.rules import Rules
from intake.handlers.planned import make_again
from intake.handlers.stuck import KIND
from intake.storage.unit_of_work import IntakeWork

Which = tuple[UUID, date]


def repairs(rules: Rules) -> Mapping[str, Repair]:
    def again(work: IntakeWork, which: Which) -> None:
        make_again(work, rules, *which)

    return {KIND: Repair(lock_date, again)}


def lock_date(work: IntakeWork, subject: dict[str, Any]) -> Which:
    """The plan's lock, under which all about its dates happens."""
    plan_id = UUID(subject["plan_id"])
    if work.plans.lock(plan_id) is None:
        raise NotFound("no_such_plan", "There is no such plan any more.")
    return plan_id, date.fromisoformat(subject["rule_date"])
