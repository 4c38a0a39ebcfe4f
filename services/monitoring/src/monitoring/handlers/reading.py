"""Clocks as people see them, computed at the moment of asking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.actor import Actor
from servicekit.errors import NotFound

from monitoring.domain.agreements import Assessment
from monitoring.domain.clocks import Clock
from monitoring.domain.measure import Segment
from monitoring.domain.sentences import sentences
from monitoring.handlers.assessing import contract_view, level_view
from monitoring.storage.requests import TimedRequest
from monitoring.storage.unit_of_work import MonitoringWork


def get_clocks(work: MonitoringWork, actor: Actor, request_id: UUID) -> dict[str, Any]:
    """Raises NotFound for a request that is not there, or that this actor may not see."""
    request = work.requests.get(request_id)
    if request is None or not _may_see(work, actor, request):
        raise NotFound("no_such_request", "There is no such request.")
    assessment = work.agreements.current().assess(request.facts, request.customer_id, work.now)
    return {"clocks": [_view(work, request, assessment, clock) for clock in assessment.clocks]}


def list_clocks(work: MonitoringWork, **wanted: Any) -> dict[str, Any]:
    """As they were last computed, which is at the last fact, warning or breach: minutes stand as of then."""
    found = work.clocks.page(**wanted)
    items = [
        {**row, "remaining_minutes": row["term_minutes"] - row["elapsed_minutes"]} for row in found["items"]
    ]
    return {**found, "items": items}


def _may_see(work: MonitoringWork, actor: Actor, request: TimedRequest) -> bool:
    """One's own: also when it names another who turned out to be the same person."""
    if actor.can("clocks.read_all"):
        return True
    if actor.person_id is None or request.requester_id is None:
        return False
    own = UUID(actor.person_id)
    return own == request.requester_id or request.requester_id in work.people.same(own)


def _view(
    work: MonitoringWork, request: TimedRequest, assessment: Assessment, clock: Clock
) -> dict[str, Any]:
    assert assessment.calendar is not None  # where there are clocks there is a calendar
    told = request.told.get(clock.clock)
    return {
        "clock": clock.clock,
        "state": clock.state,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "stopped_at": clock.stopped_at,
        "term_minutes": clock.term_minutes,
        "elapsed_minutes": clock.elapsed_minutes,
        "remaining_minutes": clock.remaining_minutes,
        "paused_minutes": clock.paused_minutes,
        "pause": clock.pause,
        "counterparty": clock.party,
        "warned_at": told.warning_at if told else None,
        "breached_at": clock.breached_at,
        "attribution": clock.attribution,
        "contract": contract_view(assessment),
        "level": level_view(assessment, clock),
        "explanation": [_explanation(segment) for segment in clock.segments],
        "sentence": sentences(clock, assessment.calendar.tzinfo, work.now),
    }


def _explanation(segment: Segment) -> dict[str, Any]:
    return {
        "from": segment.start,
        "until": segment.end,
        "minutes": segment.minutes,
        "minutes_closed": segment.minutes_closed,
        "what": segment.what,
        "counterparty": segment.party,
        "reason": segment.reason,
    }
