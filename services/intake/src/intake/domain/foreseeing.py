"""What a correction asks for, and what would follow: the same for who previews and who carries out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from intake.domain.corrections import (
    OF_ORDER,
    ORDER_STATES,
    WAITING,
    Effect,
    What,
    effect_of,
)
from intake.domain.errors import NotAllowed, NotInState, Wrong
from intake.domain.involved import OnSite
from intake.domain.requests import Request
from intake.domain.values import Wanted
from intake.domain.work_orders import WorkOrder


@dataclass(frozen=True)
class Wish:
    """What was wrong, why, and what is right. Which of the fields it needs, `what` says."""

    what: What
    cause: str
    note: str | None = None
    kind: str | None = None
    priority: str | None = None
    product_id: UUID | None = None
    location_id: UUID | None = None
    asset_id: UUID | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    quantity: int | None = None
    wanted: Wanted | None = None
    work_order_id: UUID | None = None
    provider_id: UUID | None = None
    cost_cents: int | None = None
    requested_for_id: UUID | None = None
    on_site: OnSite | None = None
    # Its key.
    cost_centre: str | None = None
    # Why a rule of the product does not hold for this one; it does without.
    overrule: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", What(self.what))


@dataclass(frozen=True)
class Foreseen:
    """`changes`: fields of the request and their new values; `before` and `after` the same, as it is shown.
    `issues`: titles of the steps that begin afresh, per language; of an effect on what there is, those of it.
    """

    wish: Wish
    effect: Effect
    changes: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    issues: list[dict[str, Any]] = field(default_factory=list)
    # It turns out to be of a product that is confidential.
    confides: bool = False
    # Orders of danger that go on though it is sorted otherwise.
    keeps: tuple[str, ...] = ()
    # The rules of its product that are let go of, as their deviations are called.
    overrules: tuple[str, ...] = ()


def effect_for(request: Request, what: What) -> Effect:
    """Raises NotAllowed, in words that say what to do instead."""
    effect = effect_of(what, request.state, request.round)
    if effect is None:
        if request.follows:
            raise NotAllowed("It goes along with another: split it off first, then correct it.")
        possible = [each for each in What if effect_of(each, request.state, request.round)]
        raise NotInState("correct", request.state, what, possible)
    return effect


def order_for(request: Request, wish: Wish, effect: Effect) -> WorkOrder | None:
    """The order that it is about; None when it is about none. Raises Wrong, NotAllowed."""
    if wish.what not in OF_ORDER:
        return None
    order = request.orders.get(str(wish.work_order_id)) if wish.work_order_id else None
    if order is None:
        raise _wrong("work_order_id", "Choose the work order that it is about.")
    if effect is Effect.REOPEN:
        return order
    if effect is not Effect.REPRICE and (
        order.round != request.round or order.corrected_by or is_replaced(request, order)
    ):
        raise NotAllowed("Another order took over from this one: correct that one.")
    if order.state not in ORDER_STATES[effect]:
        raise NotInState("correct_order", order.state, wish.what, _of_order(request, order))
    return order


def _of_order(request: Request, order: WorkOrder) -> list[What]:
    """What can be corrected of it as it stands."""
    effects = {each: effect_of(each, request.state, request.round) for each in What if each in OF_ORDER}
    return [
        each for each, effect in effects.items() if effect and order.state in ORDER_STATES.get(effect, ())
    ]


def is_replaced(request: Request, order: WorkOrder) -> bool:
    return any(each.replaces == order.work_order_id for each in request.orders.values())


def stops(request: Request, foreseen: Foreseen) -> list[WorkOrder]:
    """The orders that it would take away, as far as is known now."""
    effect, wish = foreseen.effect, foreseen.wish
    live = [
        order
        for order in request.orders.values()
        if order.round == request.round
        and not order.corrected_by
        and not is_replaced(request, order)
        and order.work_order_id not in foreseen.keeps
    ]
    if effect in (Effect.REPLAN, Effect.REASSESS):
        found = [order for order in live if order.state != "cancelled"]
    elif effect is Effect.REFRESH:
        found = [order for order in live if order.state in WAITING - {"prepared"}]
    elif effect in (Effect.REROUTE, Effect.REWORK):
        found = [order for order in live if order.work_order_id == str(wish.work_order_id)]
    else:
        found = []
    return sorted(found, key=lambda order: order.number)


def _wrong(field_: str, text: str) -> Wrong:
    return Wrong("invalid", text, {field_: [text]})
