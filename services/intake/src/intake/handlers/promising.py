"""Counting terms on the organisation's calendar."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from servicekit.worktime import Calendar

from intake.domain.promises import promise
from intake.domain.rules import Rules, Term
from intake.domain.values import Promise, Wanted
from servicekit import worktime


def due(start: datetime, term: Term, calendar: Calendar) -> datetime:
    return worktime.deadline(start, worktime.Term(term.amount, cast(worktime.Unit, term.unit)), calendar)


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
