"""Major incidents: gather, tell all at once, close together, split one off.

The incident is locked first, then its requests by their ids, then what goes along with those: so two agents
take turns, and so does a doubled command.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import NotFound, Stale

from intake.domain.incidents import Deed, Gathering, Incident, closing, gathering
from intake.domain.request_states import Action, allows
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.handlers import views
from intake.handlers.informing import inform_all
from intake.handlers.joining import carry_along
from intake.handlers.promising import due
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]


def open_incident(work: IntakeWork, title: str, request_ids: Sequence[UUID]) -> View:
    by = {"kind": work.by.kind, "name": work.by.name}
    incident = Incident(work.new_id(), title, work.now, by)
    work.incidents.add(incident)
    outcomes = _gather(work, incident, request_ids)
    work.incidents.save(incident)
    return {**_summary(incident), "outcomes": outcomes}


def gather_requests(work: IntakeWork, incident_id: UUID, version: int, request_ids: Sequence[UUID]) -> View:
    """Each with what became of it; those that can't be gathered keep none of the others out."""
    incident = _to_change(work, incident_id, version, Deed.GATHER)
    outcomes = _gather(work, incident, request_ids)
    work.incidents.save(incident)
    return {**_summary(incident), "outcomes": outcomes}


def tell_incident(work: IntakeWork, incident_id: UUID, version: int, text: str) -> View:
    """To every reporter of what is gathered and of what goes along with that, once each."""
    incident = _to_change(work, incident_id, version, Deed.TELL)
    members = work.incidents.members(incident_id)
    told = [each for each in members if allows(each.state, Action.INFORM)]
    for each in told:
        each.inform(text, work.now, work.by)
        _save(work, each)
    reached = len(told) + inform_all(work, told, text, {each.request_id for each in members})
    incident.note(Deed.TELL, reached, text, work.now, work.by)
    work.incidents.save(incident)
    return {**_summary(incident), "reached": reached}


def split_from_incident(work: IntakeWork, incident_id: UUID, version: int, request_id: UUID) -> View:
    """It goes on by itself, in the state in which it is."""
    incident = _to_change(work, incident_id, version, Deed.SPLIT)
    request = work.requests.find_to_change(request_id)
    if request is None or request.incident_id != incident_id:
        raise NotFound("no_such_request", "This request is not gathered here (any more).")
    request.leave_incident(incident.title, work.now, work.by)
    _save(work, request)
    incident.note(Deed.SPLIT, 1, request.reference, work.now, work.by)
    work.incidents.save(incident)
    return _summary(incident)


def close_incident(work: IntakeWork, rules: Rules, incident_id: UUID, version: int, text: str) -> View:
    """All are ready at once, and each reporter decides. What has work of its own goes on with that."""
    incident = _to_change(work, incident_id, version, Deed.CLOSE)
    closes_at = due(work.now, rules.silence, work.lookups.calendar(rules.zone))
    outcomes = []
    for request in work.incidents.members(incident_id):
        outcome = closing(request)
        if outcome is Gathering.READY and request.linked and work.links.blockers(request.request_id):
            outcome = Gathering.NOT_NOW
        if outcome is Gathering.READY:
            request.complete(work.now, closes_at, work.by, text)
            carry_along(work, request, text)
            _save(work, request)
        outcomes.append(_outcome(request.request_id, request, outcome))
    ready = sum(each["outcome"] == Gathering.READY for each in outcomes)
    incident.note(Deed.CLOSE, ready, text, work.now, work.by)
    work.incidents.save(incident)
    return {**_summary(incident), "outcomes": outcomes}


def get_incident(work: IntakeWork, incident_id: UUID) -> View:
    incident = _found(work.incidents.find(incident_id))
    lines = work.incidents.lines(incident_id)
    requests = [{**views.line(row, work.actor), "followers": row.followers} for row in lines]
    return {**_summary(incident), "log": incident.log, "requests": requests}


def list_incidents(work: IntakeWork, state: str | None) -> View:
    names = ("incident_id", "title", "state", "version", "opened_at", "opened_by", "closed_at", "count")
    rows = work.incidents.all(state)
    return {"items": [{name: getattr(row, name) for name in names} for row in rows]}


def _gather(work: IntakeWork, incident: Incident, request_ids: Iterable[UUID]) -> list[View]:
    outcomes = []
    for request_id in sorted(set(request_ids)):
        request = work.requests.find_to_change(request_id)
        outcome = gathering(request, incident.incident_id)
        if request and outcome is Gathering.GATHERED:
            request.join_incident(incident.incident_id, incident.title, work.now, work.by)
            _save(work, request)
        outcomes.append(_outcome(request_id, request, outcome))
    gathered = sum(each["outcome"] == Gathering.GATHERED for each in outcomes)
    incident.note(Deed.GATHER, gathered, None, work.now, work.by)
    return outcomes


def _to_change(work: IntakeWork, incident_id: UUID, version: int, deed: Deed) -> Incident:
    incident = _found(work.incidents.find(incident_id, lock=True))
    if incident.version != version:
        raise Stale("stale", f"The incident is at version {incident.version} now. Look at it again.")
    incident.check(deed)
    return incident


def _found(incident: Incident | None) -> Incident:
    if incident is None:
        raise NotFound("no_such_incident", "There is no such major incident.")
    return incident


def _save(work: IntakeWork, request: Request) -> None:
    work.save(request)
    work.touched(request)


def _outcome(request_id: UUID, request: Request | None, outcome: Gathering) -> View:
    reference = request.reference if request else None
    return {"request_id": request_id, "reference": reference, "outcome": outcome}


def _summary(incident: Incident) -> View:
    names = ("incident_id", "title", "state", "version", "opened_at", "opened_by", "closed_at")
    return {name: getattr(incident, name) for name in names}
