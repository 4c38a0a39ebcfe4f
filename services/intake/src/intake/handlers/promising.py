"""Counting terms on the organisation's calendar."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from servicekit.errors import NotFound
from servicekit.worktime import Calendar

from intake.domain.promises import promise
from intake.domain.rules import Rules, Term
from intake.domain.values import Promise, Wanted
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
