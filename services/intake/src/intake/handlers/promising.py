"""Counting terms on the organisation's calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast
from uuid import UUID

from servicekit.errors import NotFound
from servicekit.worktime import Calendar

from intake.domain.promises import promise
from intake.domain.requests import Request
from intake.domain.rules import Rules, Term
from intake.domain.values import Promise, Wanted
from intake.storage.holding import later
from intake.storage.unit_of_work import IntakeWork
from servicekit import worktime


def due(start: datetime, term: Term, calendar: Calendar) -> datetime:
    return worktime.deadline(start, worktime.Term(term.amount, cast(worktime.Unit, term.unit)), calendar)


def preview_promise(work: IntakeWork, rules: Rules, product_id: UUID | None) -> dict[str, datetime | None]:
    """What would be promised now: the same sum as at receipt, for a page that shows it beforehand."""
    if product_id is None:
        kind, priority, lead_time = None, rules.default_priority, None
        calendar = work.lookups.calendar(rules.zone)
    else:
        product, calendar = work.lookups.for_triage(product_id, rules.zone)
        if product is None:
            raise NotFound("no_such_product", "This product is not offered (any more).")
        kind, priority, lead_time = product.kind, product.priority, product.lead_time
    found = promised(rules, calendar, work.now, kind, priority, lead_time, None)
    return {"respond_by": found.respond_by, "resolve_by": found.resolve_by}


def promised(
    rules: Rules,
    calendar: Calendar,
    received_at: datetime,
    kind: str | None,
    priority: str,
    lead_time: Term | None,
    wanted: Wanted | None,
) -> Promise:
    norm = rules.norm(kind, priority)
    return promise(norm, lead_time, wanted, lambda term: due(received_at, term, calendar))


def after_waits(found: Promise, request: Request, calendar: Calendar, now: datetime) -> Promise:
    """Counted from the receipt, without the time that the requester had the word. What was wanted for a
    certain moment stays so.
    """
    held = max((each.held for each in request.pledges), default=0)
    if request.waiting:
        held += calendar.minutes_between(request.waiting.since, now)
    if not held or found.resolve_by is None or request.wanted:
        return found
    return replace(found, resolve_by=later(request.priority, calendar, found.resolve_by, held))
