"""Who of a team does an order: taking it, giving it back, handing it to a colleague or to another team."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Invalid

from dispatch.domain import assignment
from dispatch.domain.processes import Process
from dispatch.domain.providers import Kind
from dispatch.domain.work_order_states import Action, State
from dispatch.domain.work_orders import NO_DETAILS, Details, WorkOrder
from dispatch.handlers.absences import check_there, moment_of
from dispatch.handlers.acting import load, view
from dispatch.handlers.changing import carry_out, issue_instead
from dispatch.handlers.deviating import given_to
from dispatch.handlers.parties import author, parties_of
from dispatch.storage.unit_of_work import DispatchWork


def take_work_order(work: DispatchWork, work_order_id: UUID, version: int) -> dict[str, Any]:
    """Of two who take at once the second reads who has it, not that somebody changed something."""
    process, order = load(work, work_order_id, None)
    if order.assignee:
        assignment.check(Action.TAKE, order.held, work.actor.id, None, None)
    _, order = load(work, work_order_id, version)
    return _say(work, process, order, Action.TAKE, NO_DETAILS)


def give_back_work_order(
    work: DispatchWork, work_order_id: UUID, version: int, reason: str | None = None
) -> dict[str, Any]:
    process, order = load(work, work_order_id, version)
    return _say(work, process, order, Action.GIVE_BACK, Details(reason=reason))


def assign_work_order(
    work: DispatchWork,
    work_order_id: UUID,
    version: int,
    account_id: UUID,
    name: str,
    reason: str | None = None,
) -> dict[str, Any]:
    """That the colleague is of the same team the gateway has seen: it keeps the accounts. Raises
    AssigneeAbsent.
    """
    process, order = load(work, work_order_id, version)
    check_there(work, account_id, name, moment_of(order, work.now))
    assignee = {"account_id": str(account_id), "name": name}
    return _say(work, process, order, Action.ASSIGN, Details(assignee=assignee, reason=reason))


def hand_over_work_order(
    work: DispatchWork, work_order_id: UUID, version: int, provider_id: UUID, reason: str
) -> dict[str, Any]:
    """To another team. Answers the order as it is left; `replaced_by` names the one that took over."""
    process, order = load(work, work_order_id, version)
    provider = work.providers.find(provider_id)
    if provider is None or provider.kind is not Kind.TEAM or provider == order.provider:
        text = "Choose another team; a supplier is for the desk to ask."
        raise Invalid("no_other_team", text, {"provider_id": [text]})
    parties, details = parties_of(work.actor, order), Details(reason=reason)
    change, delivery = carry_out(
        work, order, Action.HAND_OVER, details, author(work.actor), parties, replaced_by=work.new_id()
    )
    issue_instead(work, process, change.order, provider, reason, "hand")
    given_to(work, process, change.order, provider, reason)
    return view(work, process, change.order, delivery)


def _say(
    work: DispatchWork, process: Process, order: WorkOrder, action: Action, details: Details
) -> dict[str, Any]:
    """Who takes what was only given out accepts it for the team."""
    parties, by = parties_of(work.actor, order), author(work.actor)
    if order.state is State.ISSUED and action in assignment.ON_ARRIVAL:
        order = carry_out(work, order, Action.ACCEPT, NO_DETAILS, by, parties)[0].order
    change, delivery = carry_out(work, order, action, details, by, parties)
    return view(work, process, change.order, delivery)
