"""Looking at what is due: warnings, breaches, and clocks outdated by another contract or calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from monitoring.domain.agreements import Assessment
from monitoring.domain.clocks import Clock
from monitoring.domain.notices import Notice, Told, due_notice
from monitoring.handlers.assessing import assess, clock_rows, contract_view, level_view, settle
from monitoring.storage.requests import TimedRequest
from monitoring.storage.unit_of_work import MonitoringWork

BATCH: Final = 100
POSTPONED: Final = timedelta(hours=1)

Looked = tuple[TimedRequest, Assessment, set[str], list[Notice]]


def sweep(work: MonitoringWork, limit: int = BATCH) -> int:
    """Looks at one batch; answers how many there were, so that a full batch is followed by another.

    The lock on a request is the claim on it, and its next look moves with the same commit that publishes the
    notice: whatever happens, each notice is given once.
    """
    agreements = work.agreements.current(fresh=True)
    claimed = work.requests.claim_due(work.now, agreements.generation, limit)
    looked = [each for request in claimed if (each := _look(work, request)) is not None]
    for request, _, gone, _ in looked:
        work.clocks.remove(request.request_id, gone)
    work.clocks.save([row for request, assessment, *_ in looked for row in clock_rows(request, assessment)])
    work.requests.save_looks(claimed)
    for request, assessment, _, notices in looked:
        for notice in notices:
            work.publish(notice.event, _event(request, assessment, notice))
    return len(claimed)


def _look(work: MonitoringWork, request: TimedRequest) -> Looked | None:
    """None when it can't be computed: then it is put off, so that it does not keep the others waiting."""
    agreements = work.agreements.current()
    try:
        assessment = assess(agreements, request, work.now)
        notices = _give(request, assessment, work)
        gone = settle(request, assessment)
    except Exception as error:
        request.problem = f"{type(error).__name__}: {error}"[:500]
        request.next_look_at = work.now + POSTPONED
        request.generation = agreements.generation
        work.log("a request's clocks can't be computed", request_id=request.request_id, error=error)
        return None
    return request, assessment, gone, notices


def _give(request: TimedRequest, assessment: Assessment, work: MonitoringWork) -> list[Notice]:
    """The notices to give now, marked as given."""
    if not request.open:
        return []
    given = []
    for clock in assessment.clocks:
        told = request.told.get(clock.clock, Told())
        notice = due_notice(clock, told, work.now)
        if notice is not None:
            mark = "warning_at" if notice.event == "deadline_warning" else "breach_at"
            request.told[clock.clock] = replace(told, **{mark: work.now})
            given.append(notice)
    return given


def _event(request: TimedRequest, assessment: Assessment, notice: Notice) -> dict[str, Any]:
    """monitoring.deadline_warning.v1 and monitoring.deadline_breached.v1"""
    clock: Clock = notice.clock
    event = {
        "request_id": request.request_id,
        "reference": request.reference,
        "clock": clock.clock,
        "due_at": clock.due_at,
        "at": notice.at,
        "contract": contract_view(assessment),
        "level": level_view(assessment, clock),
        "counterparty": clock.party,
    }
    return event | ({"attribution": clock.attribution} if notice.event == "deadline_breached" else {})
