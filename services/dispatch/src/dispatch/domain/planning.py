"""From a product's process to work orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from dispatch.domain.errors import UnknownProvider
from dispatch.domain.processes import Process
from dispatch.domain.products import Product, Step, final_steps, validate
from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import WorkOrder

NewId = Callable[[], UUID]


def plan_round(
    process: Process,
    product: Product,
    round_: int,
    providers: Mapping[str, Provider],
    earlier: Sequence[WorkOrder],
    new_id: NewId,
    at: datetime,
) -> tuple[Process, list[WorkOrder]]:
    """All orders of `round_`: steps that wait for nothing are issued at once, the others prepared.

    `providers` by slug, `earlier` the orders of all rounds before. Raises InvalidProcess, UnknownProvider.
    """
    validate(product.steps)
    steps = steps_of_round(product.steps, earlier)
    last_provider = {order.step: order.provider for order in earlier if order.is_live}
    chosen = {step.key: last_provider.get(step.key) or _provider(step, providers) for step in steps}
    process, numbers = process.with_numbers(len(steps))
    orders = [
        _order(process, product, round_, step, chosen[step.key], number, new_id(), at)
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


def take_over(
    process: Process,
    order: WorkOrder,
    provider: Provider,
    remark: str | None,
    work_order_id: UUID,
    at: datetime,
) -> tuple[Process, WorkOrder]:
    """The order that does the step of `order` in its place; prepared if its turn had not come."""
    process, (number,) = process.with_numbers(1)
    prepared = order.state is State.PREPARED
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
        instructions=order.instructions,
        lead_time=order.lead_time,
        remark=remark,
        issued_at=None if prepared else at,
        replaces=order.work_order_id,
    )


def _within(step: Step, keys: set[str]) -> Step:
    needed = tuple(key for key in step.depends_on if key in keys)
    return Step(step.key, step.title, step.provider, needed, step.lead_time, step.instructions)


def _provider(step: Step, providers: Mapping[str, Provider]) -> Provider:
    try:
        return providers[step.provider]
    except KeyError:
        unknown = f"Step '{step.key}' names provider '{step.provider}', which is not known."
        raise UnknownProvider(unknown) from None


def _order(
    process: Process,
    product: Product,
    round_: int,
    step: Step,
    provider: Provider,
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
        provider=provider,
        state=State.ISSUED if first else State.PREPARED,
        created_at=at,
        depends_on=step.depends_on,
        check_required=product.check_required,
        instructions=step.instructions,
        lead_time=step.lead_time,
        remark=process.reopened_reason if round_ > 1 else None,
        issued_at=at if first else None,
    )
