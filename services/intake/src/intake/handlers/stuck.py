"""Dates of plans whose work could not be made: in the repair list until it is, or somebody sets it aside."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from servicekit.recovery.failed import Failed, failure_id

from intake.domain.plans import Day, Plan
from intake.storage.unit_of_work import IntakeWork

KIND = "plan"
# By code: why, in words that hold no personal value.
WHY = {
    "product_withdrawn": "The product of this plan is not offered any more.",
    "not_by_itself": "The product of this plan has no process any more that starts by itself.",
    "questions_changed": "The product of this plan asks something now that the plan does not answer.",
}


class Stuck(Exception):
    """The work of a date can't be made. `code`: of WHY."""

    def __init__(self, code: str) -> None:
        super().__init__(WHY[code])
        self.code = code


def failure_of(plan_id: UUID, rule_date: date) -> UUID:
    """Where in the list to look."""
    return failure_id(KIND, _key(plan_id, rule_date))


def keep(work: IntakeWork, plan: Plan, day: Day, stuck: Stuck) -> None:
    subject = {
        "label": f"{plan.name} {day.work_on}",
        "plan_id": str(plan.plan_id),
        "rule_date": day.rule_date.isoformat(),
    }
    key = _key(plan.plan_id, day.rule_date)
    work.failures.keep(Failed(KIND, key, str(plan.plan_id), stuck.code, str(stuck), subject), work.now)


def settle(work: IntakeWork, plan_id: UUID, rule_date: date) -> None:
    by: Any = work.actor.name or work.actor.id
    work.failures.resolve(KIND, [_key(plan_id, rule_date)], "made", by, work.now)


def _key(plan_id: UUID, rule_date: date) -> str:
    return f"{plan_id}:{rule_date.isoformat()}"
