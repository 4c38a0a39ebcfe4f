"""Where one request leaves the regular process of its product: what was done otherwise, why, and by whom.

The process leads. Who leaves it does so with a reason, and the owner of the product sees where that happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from dispatch.domain.processes import Process
from dispatch.domain.products import Localised
from dispatch.domain.work_order_states import Action
from dispatch.domain.work_orders import Author, WorkOrder


class Kind(StrEnum):
    STEP_ADDED = "step_added"
    STEP_SKIPPED = "step_skipped"
    OTHER_PROVIDER = "other_provider"
    OTHER_ORDER = "other_order"  # begun before its turn
    OTHER_LEAD_TIME = "other_lead_time"
    OUTSIDE_AUDIENCE = "outside_audience"  # for somebody, or at a place, that the product is not for
    ORDERED_LATE = "ordered_late"  # after its order cut-off


# What somebody does to an order that is one whatever else follows from it.
BY_ACTION: Mapping[Action, Kind] = {Action.CANCEL: Kind.STEP_SKIPPED, Action.BEGIN_EARLY: Kind.OTHER_ORDER}


@dataclass(frozen=True)
class Deviation:
    """`product` is as the request had it then, {"product_id", "version", "name"}; None when that was not
    heard yet. `details` of another provider: {"from", "to"}, names; of another lead time: {"until"}.
    """

    deviation_id: UUID
    kind: Kind
    request_id: UUID
    reference: str
    product: Mapping[str, Any] | None
    cause: str | None
    by: Author
    at: datetime
    step: str | None = None
    title: Localised | None = None
    work_order_id: UUID | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def of_order(
    deviation_id: UUID,
    kind: Kind,
    process: Process,
    order: WorkOrder,
    cause: str | None,
    by: Author,
    at: datetime,
    **details: Any,
) -> Deviation:
    return Deviation(
        deviation_id,
        kind,
        process.request_id,
        process.reference,
        (process.request or {}).get("product"),
        cause,
        by,
        at,
        order.step,
        order.title,
        order.work_order_id,
        details,
    )
