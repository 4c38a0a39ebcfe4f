"""Correcting many at once: each request, or each of its orders, is an item with an outcome of its own.

One that fails keeps none of the others; what was not done yet when everything stopped is done later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from intake.domain.corrections import OF_ORDER, What
from intake.domain.errors import NotInState
from intake.domain.requests import Request
from intake.domain.work_orders import WorkOrder

MOST = 200


class State(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"
    DROPPED = "dropped"


class Action(StrEnum):
    CARRY_OUT = "carry_out"
    REFUSE = "refuse"
    UNDO = "undo"
    DROP = "drop"  # it was to be undone before it had been done


S, A = State, Action

TABLE: dict[tuple[State, Action], State] = {
    (S.WAITING, A.CARRY_OUT): S.DONE,
    (S.WAITING, A.REFUSE): S.REFUSED,
    (S.WAITING, A.DROP): S.DROPPED,
    (S.DONE, A.UNDO): S.UNDONE,
}


def after(state: State, action: Action) -> State:
    """Raises NotAllowed when the state does not know the action."""
    to = TABLE.get((state, action))
    if to is None:
        raise NotInState("item", state, action, [each for at, each in TABLE if at is state])
    return to


@dataclass(slots=True)
class Item:
    """`version` of the request as it was looked at; `problem` {"code", "text", "errors"} of a refusal."""

    position: int
    request_id: UUID
    version: int
    work_order_id: UUID | None = None
    reference: str | None = None
    number: str | None = None
    summary: str | None = None
    state: State = State.WAITING
    correction_id: UUID | None = None
    undone_by: UUID | None = None
    problem: dict[str, Any] | None = None

    def move(self, action: Action) -> None:
        self.state = after(self.state, action)

    def name(self, request: Request) -> None:
        order = request.orders.get(str(self.work_order_id)) if self.work_order_id else None
        self.reference, self.summary = request.reference, request.summary
        self.number = order.number if order else None


@dataclass(slots=True)
class CorrectionBatch:
    """`wish` as it was given: what was wrong, why, what is right. `actor` is on whose behalf what is left is
    carried out, also by another replica, later.
    """

    batch_id: UUID
    at: datetime
    actor: dict[str, Any]
    wish: dict[str, Any]
    key: str | None = None
    items: list[Item] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {state.value: sum(each.state is state for each in self.items) for state in State}


def chosen_orders(request: Request, what: What, provider_id: UUID | None) -> Sequence[WorkOrder | None]:
    """What is corrected of a request: itself, or each order of the round that nobody took over from, of that
    provider when one is named.
    """
    if what not in OF_ORDER:
        return [None]
    replaced = {order.replaces for order in request.orders.values()}
    found = [
        order
        for order in request.orders.values()
        if order.round == request.round and not order.corrected_by and order.work_order_id not in replaced
    ]
    # What is ready is taken up again as a whole, by one of them.
    most = 1 if request.state == "ready" and what is What.BAD_WORK else None
    return sorted(_of(found, provider_id), key=lambda order: order.number)[:most]


def _of(orders: Iterable[WorkOrder], provider_id: UUID | None) -> list[WorkOrder]:
    return [each for each in orders if provider_id in (None, _provider_id(each.provider))]


def _provider_id(provider: Mapping[str, Any]) -> UUID:
    return UUID(str(provider["provider_id"]))
