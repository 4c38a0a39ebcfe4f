"""The customer's decision, and what happens when none comes."""

from __future__ import annotations

from uuid import UUID

from servicekit.errors import NotFound

from intake.domain.contacts import came_over
from intake.domain.errors import NotAllowed
from intake.domain.request_states import State
from intake.domain.rules import Rules
from intake.handlers import views
from intake.handlers.access import is_own, spoken_over, to_change
from intake.handlers.complaining import unheard_from
from intake.handlers.joining import carry_along
from intake.handlers.ordering import late_cancellation
from intake.handlers.promising import due, promised
from intake.storage.unit_of_work import IntakeWork


def confirm_request(work: IntakeWork, request_id: UUID, version: int) -> views.View:
    request = to_change(work, request_id, version)
    if request.complaint and not is_own(work, request):
        raise NotAllowed("A complaint is settled on the customer's word: record who said so, and when.")
    request.confirm(work.now, work.by)
    came_over(request.entries, spoken_over(work, request))
    work.save(request)
    return views.summary(request, work.actor)


def reopen_request(work: IntakeWork, rules: Rules, request_id: UUID, version: int, reason: str) -> views.View:
    """A closed one only within the window that the rules give. What was promised is promised anew."""
    request = to_change(work, request_id, version)
    calendar = work.lookups.calendar(rules.zone)
    until = due(request.closed_at, rules.reopen_window, calendar) if request.closed_at else None
    request.reopen(reason, until, work.now, work.by)
    came_over(request.entries, spoken_over(work, request))
    request.promise = promised(rules, calendar, work.now, request.kind, request.priority, None, None)
    work.save(request)
    return views.summary(request, work.actor)


def withdraw_request(
    work: IntakeWork, rules: Rules, request_id: UUID, version: int, reason: str
) -> views.View:
    """Later than is free it costs what the product says, which is kept."""
    request = to_change(work, request_id, version)
    found = late_cancellation(work, rules, request)
    late = {name: found[name] for name in ("free_until", "cost_cents")} if found and found["late"] else None
    request.withdraw(reason, work.now, work.by, late)
    came_over(request.entries, spoken_over(work, request))
    work.save(request)
    carry_along(work, request)
    return views.summary(request, work.actor)


def silent_requests(work: IntakeWork, most: int) -> list[UUID]:
    """Those whose requester was told that it is done and has said nothing for as long as we wait."""
    return work.requests.silent_until(work.now, most)


def close_silent(work: IntakeWork, rules: Rules, request_id: UUID) -> bool:
    """False when the requester spoke in the meantime."""
    request = work.requests.find_to_change(request_id)
    if request is None:
        raise NotFound("no_such_request", "There is no such request.")
    if request.state is not State.READY or request.closes_at is None or request.closes_at > work.now:
        return False
    if request.complaint:
        request.ask_again(unheard_from(work, rules, request), work.now, work.by)
    else:
        request.lapse(work.now, work.by)
    work.save(request)
    work.touched(request)
    return True
