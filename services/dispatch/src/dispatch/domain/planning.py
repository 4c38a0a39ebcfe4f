"""From a product's process to work orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.domain.processes import Process
from dispatch.domain.products import Product, Step, final_steps, validate, with_checklist
from dispatch.domain.providers import Provider
from dispatch.domain.rounds import afresh, open_stops
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import WorkOrder

NewId = Callable[[], UUID]
# Who does a step, and why (`WorkOrder.routing`).
Chosen = tuple[Provider, dict[str, Any]]
# A reopened request goes back to who did the step before.
EARLIER: dict[str, Any] = {"by": "earlier"}


def plan_round(
    process: Process,
    product: Product,
    round_: int,
    routed: Mapping[str, Chosen],
    earlier: Sequence[WorkOrder],
    new_id: NewId,
    at: datetime,
) -> tuple[Process, list[WorkOrder]]:
    """All orders of `round_`: steps that wait for nothing are issued at once, the others prepared.

    `routed` by step, for those of `steps_to_route`; `earlier` the orders of all rounds before. Raises
    InvalidProcess.
    """
    validate(product.steps)
    steps = steps_of_round(product.steps, earlier)
    chosen = {**routed, **{key: (provider, EARLIER) for key, provider in _last_providers(earlier).items()}}
    process, numbers = process.with_numbers(len(steps))
    orders = [
        replace(
            _order(process, product, round_, step, chosen[step.key], number, new_id(), at),
            rework_of=_done_before(earlier, step.key),
            correction_id=process.correction_id,
        )
        for step, number in zip(steps, numbers, strict=True)
    ]
    return process, orders


def steps_of_round(steps: Sequence[Step], earlier: Sequence[WorkOrder]) -> list[Step]:
    """The first time all steps. After a reopening the final ones again, and those that were never done;
    what lies before them stays done, so nothing waits for it."""
    if not earlier:
        return list(steps)
    done = {order.step for order in earlier if order.is_done}
    again = {step.key for step in final_steps(steps)} | {step.key for step in steps if step.key not in done}
    return [_within(step, again) for step in steps if step.key in again]


def steps_to_route(steps: Sequence[Step], earlier: Sequence[WorkOrder]) -> list[Step]:
    """Those of the round that nobody has done before."""
    known = _last_providers(earlier)
    return [step for step in steps_of_round(steps, earlier) if step.key not in known]


def take_over(
    process: Process,
    order: WorkOrder,
    provider: Provider,
    remark: str | None,
    work_order_id: UUID,
    at: datetime,
    routing: dict[str, Any] | None = None,
    rework: bool = False,
    correction_id: UUID | None = None,
) -> tuple[Process, WorkOrder]:
    """The order that does the step of `order` in its place; prepared if its turn had not come. `rework`: it
    does the work over, all stops of a round too.
    """
    process, (number,) = process.with_numbers(1)
    prepared = order.issued_at is None and order.state in (State.PREPARED, State.CANCELLED)
    return process, WorkOrder(
        work_order_id=work_order_id,
        request_id=order.request_id,
        number=number,
        round=order.round,
        step=order.step,
        title=order.title,
        provider=provider,
        state=State.PREPARED if prepared else State.ISSUED,
        created_at=at,
        depends_on=order.depends_on,
        check_required=order.check_required,
        check_by=order.check_by,
        check_holds=order.check_holds,
        instructions=order.instructions,
        lead_time=order.lead_time,
        remark=remark,
        issued_at=None if prepared else at,
        replaces=order.work_order_id,
        checklist=order.checklist,
        agreed_cents=order.agreed_cents,
        limit_cents=order.limit_cents,
        routing=routing,
        stops=afresh(order.stops) if rework else order.stops,
        rework_of=order.work_order_id if rework else None,
        correction_id=correction_id,
    )


def _within(step: Step, keys: set[str]) -> Step:
    needed = tuple(key for key in step.depends_on if key in keys)
    return replace(step, depends_on=needed)


def _done_before(earlier: Sequence[WorkOrder], step: str) -> UUID | None:
    """The last order that did this step: a reopened request asks for it to be done over."""
    done = [order.work_order_id for order in earlier if order.step == step and order.is_done]
    return done[-1] if done else None


def _last_providers(earlier: Sequence[WorkOrder]) -> dict[str, Provider]:
    """Who has, or had, each step, by its key."""
    return {order.step: order.provider for order in earlier if order.replaced_by is None}


def _order(
    process: Process,
    product: Product,
    round_: int,
    step: Step,
    chosen: Chosen,
    number: str,
    work_order_id: UUID,
    at: datetime,
) -> WorkOrder:
    first = not step.depends_on
    return WorkOrder(
        work_order_id=work_order_id,
        request_id=process.request_id,
        number=number,
        round=round_,
        step=step.key,
        title=step.title,
        provider=chosen[0],
        state=State.ISSUED if first else State.PREPARED,
        created_at=at,
        depends_on=step.depends_on,
        check_required=product.check_required or step.check is not None,
        check_by=step.check["by"] if step.check else None,
        check_holds=bool(step.check and step.check["holds"]),
        instructions=with_checklist(step.instructions, step.checklist),
        lead_time=step.lead_time,
        checklist=list(step.checklist) or None,
        agreed_cents=step.cost_cents,
        limit_cents=_limit(process, product, step),
        remark=process.reopened_reason if round_ > 1 else None,
        issued_at=at if first else None,
        routing=chosen[1],
        stops=open_stops(process.request) if step.key == product.steps[0].key else None,
    )


def _limit(process: Process, product: Product, step: Step) -> int | None:
    """What the step is agreed to cost; else what was approved for all, when the step is all there is."""
    if step.cost_cents is not None or len(product.steps) > 1:
        return step.cost_cents
    return (process.request or {}).get("approved_cents")
