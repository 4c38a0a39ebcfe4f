"""Asking the budget holder, and what they say. Meanwhile the clock waits for the customer's side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound, Stale

from intake.domain.approval import Approval, Budget, Rule, approved_cents
from intake.domain.asking_more import with_question
from intake.domain.products import Product
from intake.domain.request_states import State
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.work_orders import WorkOrder
from intake.handlers import views
from intake.handlers.access import READ_ALL
from intake.handlers.involving import payer_of
from intake.handlers.joining import carry_along
from intake.handlers.promising import due
from intake.storage.unit_of_work import IntakeWork

DANGER = "P1"
MOST = 100


def needed(
    work: IntakeWork,
    rules: Rules,
    request: Request,
    budget_id: UUID | None,
    estimate: int | None,
    note: str | None,
) -> Approval | None:
    """Who must agree first; None when nobody need be asked: it is danger, nobody's budget, or not so dear."""
    if budget_id is None or request.priority == DANGER or estimate == 0:
        return None
    budget = work.budgets.get(budget_id)
    if not budget.seats or not budget.must_be_asked(estimate):
        return None
    return _ask(work, rules, request, budget, estimate, note)


def asked_for(
    work: IntakeWork,
    rules: Rules,
    request: Request,
    approver_ids: Sequence[UUID],
    estimate: int | None,
    note: str | None,
) -> Approval | None:
    """The desk wants a word on it, whatever it costs: of these people, else of who holds the requester's
    budget.
    """
    if approver_ids:
        found = work.budgets.approvers(approver_ids)
        if len(found) < len(set(approver_ids)):
            raise _wrong("approver_ids", "One of these people is not known.")
        seats = tuple((found[str(each)], None) for each in dict.fromkeys(approver_ids))
        return _ask(work, rules, request, Budget("", "", 0, Rule.ALL, seats), estimate, note)
    budget_id = payer_of(work, request).budget_id
    budget = work.budgets.get(budget_id) if budget_id else None
    if budget is None or not budget.seats:
        text = "Nobody holds a budget for this requester. Say who must agree."
        raise _wrong("approver_ids", text)
    return _ask(work, rules, request, budget, estimate, note)


def at_triage(
    work: IntakeWork,
    rules: Rules,
    request: Request,
    product: Product,
    answers: dict[str, Any],
    given: dict[str, Any] | None,
) -> Approval | None:
    """`given`: what the desk says of it: estimate_cents, note, approver_ids, ask (whatever it costs)."""
    said = given or {}
    estimate = said.get("estimate_cents")
    if estimate is None:
        estimate = product.estimate(request.quantity, answers)
    if said.get("ask") or said.get("approver_ids"):
        return asked_for(work, rules, request, said.get("approver_ids") or (), estimate, said.get("note"))
    if estimate == 0 or request.requester is None:
        return None
    budget_id = payer_of(work, request).budget_id
    if budget_id and estimate is None:
        raise _wrong(
            "approval.estimate_cents", "Estimate what it costs: this product has no price of its own."
        )
    return needed(work, rules, request, budget_id, estimate, said.get("note"))


def decide_approval(
    work: IntakeWork, rules: Rules, request_id: UUID, version: int, approved: bool, reason: str | None
) -> views.View:
    """By one who was asked, or who stands in for them. A no has a reason: the requester gets to read it."""
    request = work.requests.find_to_change(request_id, whoever=True)
    actor = speaking(work, request)
    if request is None or request.approval is None or not request.approval.concerns(actor.person_id):
        raise _unknown()
    if not approved and not reason:
        raise _wrong("reason", "Say why not: the requester gets to read it.")
    if request.awaits_word:
        _check_version(request, version)
    if request.approval.more is not None:
        request.decide_more(actor.person_id, approved, reason, work.now, work.by)
        ask_next(work, rules, request)
    else:
        request.decide_approval(actor.person_id, approved, reason, work.now, work.by)
    work.save(request)
    carry_along(work, request, reason)
    return views.approval_asked(request, actor)


def ask_next(work: IntakeWork, rules: Rules, request: Request) -> None:
    """Who holds the budget, about the extra work that an order asks; the desk, where nobody does. An order
    that does not ask any more needs no answer. P1 is danger, which waits for no budget.
    """
    approval = request.approval
    if request.asks_more and approval and approval.more:
        order = request.orders.get(approval.more["work_order_id"])
        if order is None or order.asks_more:
            return
        request.drop_more(work.now)
    while request.state is State.IN_PROGRESS and (order := request.next_question()):
        asked = _about_more(work, rules, request, order)
        if asked is not None:
            request.ask_more(order, asked, work.now)
            return
        request.leave_to_desk(order, work.now)


def _about_more(work: IntakeWork, rules: Rules, request: Request, order: WorkOrder) -> Approval | None:
    budget_id = None if request.priority == DANGER else payer_of(work, request).budget_id
    budget = work.budgets.get(budget_id) if budget_id else None
    if budget is None or not budget.seats:
        return None
    extra = order.extra_work or {}
    # Whoever keeps a budget is asked what it costs, not told what was said in confidence.
    note = None if request.confidential else extra["reason"]
    # Of nobody's request: a holder who ordered it has not agreed to more.
    asked = budget.ask(None, "", extra["amount_cents"], note, work.now, _next(work, rules))
    return with_question(asked, order, approved_cents(request.approval)) if asked else None


def get_approval(work: IntakeWork, request_id: UUID) -> views.View:
    """What is asked of who asks for it, also when it has been decided. Raises NotFound."""
    request = work.requests.find(request_id, whoever=True)
    actor = speaking(work, request)
    if request is None or request.approval is None or not _may_see(actor, request.approval):
        raise _unknown()
    return views.approval_asked(request, actor)


def list_approvals(work: IntakeWork) -> dict[str, Any]:
    """What waits for the word of who asks, the longest waiting first."""
    found = work.requests.awaiting_word_of(work.own_ids, MOST) if work.own_ids else []
    return {"items": [views.approval_asked(request, speaking(work, request)) for request in found]}


def speaking(work: IntakeWork, request: Request | None) -> Actor:
    """Who acts, under that of their ids which was asked; see `handlers.merging`."""
    approval = request.approval if request else None
    if approval is None or work.actor.person_id is None or approval.concerns(work.actor.person_id):
        return work.actor
    asked = next((each for each in map(str, work.own_ids) if approval.concerns(each)), None)
    return replace(work.actor, person_id=asked) if asked else work.actor


def to_remind(work: IntakeWork, most: int) -> list[UUID]:
    return work.requests.to_remind(work.now, most)


def remind(work: IntakeWork, rules: Rules, request_id: UUID) -> bool:
    """False when they decided in the meantime."""
    request = work.requests.find_to_change(request_id)
    approval = request.approval if request else None
    if request is None or approval is None or not request.awaits_word:
        return False
    if approval.remind_at is None or approval.remind_at > work.now:
        return False
    more = approval.reminders + 1 < rules.most_reminders
    request.remind_approvers(_next(work, rules) if more else None, work.now, work.by)
    work.save(request)
    return True


def _ask(
    work: IntakeWork, rules: Rules, request: Request, budget: Budget, estimate: int | None, note: str | None
) -> Approval | None:
    person = request.requester
    if person is None:
        return budget.ask(None, "", estimate, note, work.now, _next(work, rules))
    # Holders are asked under the id that counts for them.
    root_id = work.merges.root_of(UUID(person.person_id))
    return budget.ask(
        str(root_id or person.person_id), person.name, estimate, note, work.now, _next(work, rules)
    )


def _next(work: IntakeWork, rules: Rules) -> Any:
    return due(work.now, rules.approval_reminder, work.lookups.calendar(rules.zone))


def _may_see(actor: Actor, approval: Approval) -> bool:
    return actor.can(READ_ALL) or approval.concerns(actor.person_id)


def _check_version(request: Request, version: int) -> None:
    if version != request.version:
        raise Stale("stale", f"The request is at version {request.version} now. Look at it again.")


def _unknown() -> NotFound:
    return NotFound("no_such_request", "There is no such request.")


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
