"""Whose turn it is now, and who gets it: the rules are asked again at that moment.

At planning every step got who was right then, so that a rule which cannot be applied is heard of at once.
Weeks may lie between that and a step's turn, with absences and other rules (ADR 23).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dispatch.domain.errors import DispatchError, NobodyAvailable, NobodyOfRole, RuleBroken, UnknownProvider
from dispatch.domain.processes import Process, ready_to_issue
from dispatch.domain.providers import Provider
from dispatch.domain.work_orders import WorkOrder
from dispatch.handlers import facts, failing
from dispatch.handlers.routing import ByHand, chosen_for
from dispatch.storage.unit_of_work import DispatchWork

# `WorkOrder.routing["by"]` of what nobody chose: a person's choice, and who did it before, are kept.
BY_ITSELF = frozenset({"rule", "process", "role", "stand_in"})


@dataclass(frozen=True)
class Turn:
    """A prepared order that may go out now. `refusal`: why nobody gets it yet."""

    order: WorkOrder
    provider: Provider
    why: dict[str, Any] | None
    refusal: DispatchError | None = None


def turns(
    work: DispatchWork, process: Process, orders: Sequence[WorkOrder], by_hand: ByHand | None
) -> list[Turn]:
    """Of the orders of one round, those whose turn has come."""
    ready = ready_to_issue(orders)
    asked = [order for order in ready if (order.routing or {}).get("by") in BY_ITSELF]
    found = None
    if asked and process.product_id and process.product_version:
        found = work.products.find_with_rules(process.product_id, process.product_version)
    steps = {step.key: step for step in found[0].steps} if found else {}
    made = []
    for order in ready:
        if found is None or order not in asked or order.step not in steps:
            made.append(Turn(order, order.provider, order.routing))
            continue
        try:
            chosen = chosen_for(work, process, found[0], [steps[order.step]], found[1], by_hand)
            made.append(Turn(order, *chosen[order.step]))
        except (RuleBroken, NobodyAvailable, NobodyOfRole, UnknownProvider) as refusal:
            made.append(Turn(order, order.provider, order.routing, refusal))
    return made


def waiting_for(work: DispatchWork, process: Process, made: Sequence[Turn]) -> Process:
    """Keep that a step waits for somebody, so that it is tried again and the desk hears of it once; or that
    none waits any more.
    """
    if process.round_to_plan is not None:
        return process  # what it waits for is its next round
    refused = next((turn for turn in made if turn.refusal), None)
    if refused is None or refused.refusal is None:
        return _no_longer(work, process) if process.waiting_since else process
    told_of = process.waiting_reason if process.unplannable_told else None
    code, since = refused.refusal.code, process.waiting_since or work.now
    process = replace(process, waiting_since=since, unplannable_told=True, waiting_reason=code)
    work.processes.save(process)
    if told_of is None:
        round_, step = refused.order.round, refused.order.step
        facts.unplannable(work, process, round_, code, str(refused.refusal), step)
    failing.cannot_be_planned(work, process, refused.refusal, told_of)
    return process


def _no_longer(work: DispatchWork, process: Process) -> Process:
    failing.plannable_again(work, process, "given_out")
    process = process.no_longer_waiting()
    work.processes.save(process)
    return process
