"""When somebody of a team is not there, and what that means for the orders they have.

Why is between that person and who leads the team: it stands with no order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dispatch.domain.work_order_states import TABLE, Action
from dispatch.domain.work_orders import WorkOrder


class Reason(StrEnum):
    HOLIDAY = "holiday"
    ILL = "ill"
    TRAINING = "training"
    OTHER = "other"


@dataclass(frozen=True)
class PersonAbsence:
    """From `start` until `end`. `returned_at`: when their orders became the team's again."""

    absence_id: UUID
    provider_id: UUID
    account_id: UUID
    name: str
    start: datetime
    end: datetime
    reason: Reason
    note: str | None
    made_at: datetime
    made_by: str
    returned_at: datetime | None = None

    def returns(self, order: WorkOrder) -> bool:
        """Whether the order cannot wait with them: what is planned after they are back stays theirs."""
        if Action.COME_BACK not in TABLE[order.state] or order.held.account_id != str(self.account_id):
            return False
        return order.planned_from is None or order.planned_from < self.end
