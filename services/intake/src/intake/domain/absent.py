"""Nobody came at the moment that its requester chose: they hear so at once, and by when they hear more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain import facts
from intake.domain.pledges import What, make
from intake.domain.request_states import State
from intake.domain.values import By, Entry, Promise

if TYPE_CHECKING:
    from intake.domain.requests import Request
    from intake.domain.work_orders import WorkOrder

DESK = By("service", "intake")
SUSPECTED = "suspect_no_show"


def is_news(request: Request, order: WorkOrder, fact: Mapping[str, Any]) -> bool:
    """Not when a later word on that order came before this one, or the request went on without it."""
    newest = fact["sequence"] == order.sequence and order.round == request.round
    return newest and request.state is State.IN_PROGRESS


def nobody_came(
    request: Request, order: WorkOrder, fact: Mapping[str, Any], at: datetime, until: datetime
) -> None:
    """`fact`: dispatch.work_order_changed. A promise that stands for later, or was not kept, is replaced."""
    about = {
        "provider": fact["provider"]["name"],
        "title": order.title,
        "planned_from": fact["planned_from"],
        "planned_until": fact["planned_until"],
    }
    data = {**about, "number": order.number, "until": until}
    request.entries.append(Entry(at, "nobody_came", DESK, data, position=fact["sequence"]))
    make(request.pledges, What.WORD, until, at, DESK)
    request.promise = Promise(until, request.promise.resolve_by)
    request._tell(
        "promise_made",
        lambda me: {**facts.promise_made(me, What.WORD, until, None, at, DESK), "nobody_came": about},
    )
