"""Computing the clocks of one request anew, and remembering what they came to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from monitoring.domain.agreements import Agreements, Assessment
from monitoring.domain.clocks import Clock
from monitoring.domain.notices import Told, next_look
from monitoring.storage.requests import TimedRequest
from monitoring.storage.unit_of_work import MonitoringWork


def assess(agreements: Agreements, request: TimedRequest, now: datetime) -> Assessment:
    """Computes anew what the facts come to; follow it by `settle`."""
    assessment = agreements.assess(request.facts, request.customer_id, now)
    request.open = not assessment.is_closed
    request.generation = agreements.generation
    request.problem = None
    return assessment


def settle(request: TimedRequest, assessment: Assessment) -> set[str]:
    """Plans the next look and answers the clocks that are gone, since their term is.

    Nothing is told about what is closed: nobody can act on it. Its clocks say how they ended all the same.
    """
    told = {clock.clock: request.told.get(clock.clock, Told()) for clock in assessment.clocks}
    gone = set(request.told) - set(told)
    pairs = [(clock, told[clock.clock]) for clock in assessment.clocks]
    request.told = told
    request.next_look_at = next_look(pairs) if request.open else None
    return gone


def clock_rows(request: TimedRequest, assessment: Assessment) -> list[dict[str, Any]]:
    return [_row(request, assessment, clock) for clock in assessment.clocks]


def contract_view(assessment: Assessment) -> dict[str, Any] | None:
    contract = assessment.contract
    return {"contract_id": contract.contract_id, "name": contract.name} if contract else None


def level_view(assessment: Assessment, clock: Clock) -> dict[str, Any]:
    """`minutes` is the amount of the term in its unit."""
    return {
        "priority": assessment.subject.priority,
        "minutes": clock.term.amount,
        "unit": clock.term.unit,
    }


def save(work: MonitoringWork, request: TimedRequest, assessment: Assessment) -> bool:
    """False when another transaction made this new request first."""
    gone = settle(request, assessment)
    if not work.requests.save(request):
        return False
    work.clocks.remove(request.request_id, gone)
    work.clocks.save(clock_rows(request, assessment))
    return True


def _row(request: TimedRequest, assessment: Assessment, clock: Clock) -> dict[str, Any]:
    return {
        "request_id": request.request_id,
        "clock": clock.clock,
        "reference": request.reference or "",
        "state": clock.state,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "stopped_at": clock.stopped_at,
        "warned_at": request.told.get(clock.clock, Told()).warning_at,
        "breached_at": clock.breached_at,
        "term_minutes": clock.term_minutes,
        "elapsed_minutes": clock.elapsed_minutes,
        "paused_minutes": clock.paused_minutes,
        "counterparty": clock.party,
        "contract": contract_view(assessment),
        "level": level_view(assessment, clock),
        "attribution": clock.attribution,
    }
