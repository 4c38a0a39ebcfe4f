"""Who of a team is not there: entered, ended, and their orders back with the team."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from servicekit.errors import Forbidden, Invalid, NotFound

from dispatch.domain.absences import PersonAbsence, Reason
from dispatch.domain.errors import AssigneeAbsent
from dispatch.domain.work_order_states import Action, State
from dispatch.domain.work_orders import NO_DETAILS, WorkOrder
from dispatch.handlers.changing import carry_out
from dispatch.handlers.parties import PROCESS, author, leads
from dispatch.handlers.work_lists import team_of
from dispatch.storage.reading import Filter
from dispatch.storage.unit_of_work import DispatchWork

MOST = 500
BATCH = 50
LONGEST = timedelta(days=366)


def list_absences(
    work: DispatchWork,
    provider_id: UUID | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> dict[str, Any]:
    """Of a team, from now on unless said otherwise."""
    team = team_of(work, provider_id)
    found = work.absences.of_team(team, start or work.now, end, MOST)
    return {"items": [view(work, each) for each in found], "next_cursor": None}


def save_absence(
    work: DispatchWork,
    account_id: UUID,
    name: str,
    start: datetime,
    end: datetime,
    reason: Reason,
    note: str | None = None,
) -> dict[str, Any]:
    """One's own, or by who leads the team anybody's of it: that they are of it the gateway has seen. When
    it has begun their orders go back at once. Raises Invalid, Forbidden.
    """
    team = team_of(work, None)
    _may(work, team, account_id)
    work.absences.lock_person(account_id)
    _check(work, account_id, start, end)
    made = PersonAbsence(
        absence_id=work.new_id(),
        provider_id=team,
        account_id=account_id,
        name=name,
        start=start,
        end=end,
        reason=reason,
        note=note,
        made_at=work.now,
        made_by=work.actor.name or work.actor.id,
    )
    work.absences.add(made)
    if start <= work.now:
        _bring_back(work, made)
        made = replace(made, returned_at=work.now)
    return view(work, made)


def end_absence(work: DispatchWork, absence_id: UUID) -> dict[str, Any]:
    """From now on they are there; one that had not begun is gone."""
    known = _own(work, absence_id)
    work.absences.end(absence_id, work.now)
    return {"absence_id": absence_id, "ended": known.start < work.now}


def return_orders(work: DispatchWork, absence_id: UUID) -> dict[str, Any]:
    """Their orders are the team's again, also before the absence begins."""
    known = _own(work, absence_id)
    return {"absence_id": absence_id, "returned": _bring_back(work, known)}


def begun(work: DispatchWork) -> list[UUID]:
    return work.absences.begun(work.now, BATCH)


def bring_back(work: DispatchWork, absence_id: UUID) -> None:
    """At its beginning; not when somebody ended it meanwhile."""
    known = work.absences.lock(absence_id)
    if known and known.returned_at is None and known.start <= work.now < known.end:
        _bring_back(work, known)


def orders_of(work: DispatchWork, absence: PersonAbsence) -> list[WorkOrder]:
    """Those that cannot wait until they are back."""
    wanted = Filter(provider_id=absence.provider_id, open=True, assignee=str(absence.account_id))
    rows = work.reading.orders(wanted, MOST)
    return [row.order for row in rows if absence.returns(row.order)]


def check_there(
    work: DispatchWork, account_id: UUID, name: str, start: datetime, end: datetime | None = None
) -> None:
    """Raises AssigneeAbsent. Who takes something themselves is there, whatever was entered."""
    if str(account_id) == work.actor.id:
        return
    absence = work.absences.of_person(account_id, start, max(end or start, start + timedelta(seconds=1)))
    if absence:
        raise AssigneeAbsent(f"{name} is absent from {absence.start:%Y-%m-%d} until {absence.end:%Y-%m-%d}.")


def moment_of(order: WorkOrder, now: datetime) -> datetime:
    """When somebody would have to be there for it."""
    planned = order.planned_from if order.state is State.SCHEDULED else None
    return max(planned, now) if planned else now


def view(work: DispatchWork, absence: PersonAbsence) -> dict[str, Any]:
    """Why, only for who leads the team and for themselves."""
    own = str(absence.account_id) == work.actor.id
    shown = {name: getattr(absence, name) for name in ("absence_id", "account_id", "name", "start", "end")}
    private = own or leads(work.actor, absence.provider_id)
    return {
        **shown,
        "reason": absence.reason if private else None,
        "note": absence.note if private else None,
        "now": absence.start <= work.now < absence.end,
        "returned_at": absence.returned_at,
        "orders": len(orders_of(work, absence)),
        "can_change": private,
    }


def _may(work: DispatchWork, team: UUID, account_id: UUID) -> None:
    if str(account_id) != work.actor.id and not leads(work.actor, team):
        raise Forbidden("not_the_lead", "Only who leads the team says that somebody else is absent.")


def _own(work: DispatchWork, absence_id: UUID) -> PersonAbsence:
    known = work.absences.lock(absence_id)
    if known is None or str(known.provider_id) != work.actor.provider_id:
        raise NotFound("absence_not_found", "There is no such absence in your team.")
    _may(work, known.provider_id, known.account_id)
    return known


def _check(work: DispatchWork, account_id: UUID, start: datetime, end: datetime) -> None:
    if end <= start:
        raise Invalid(
            "invalid", "The end lies before the beginning.", {"end": ["The end lies before the beginning."]}
        )
    if end <= work.now:
        raise Invalid("invalid", "That time has passed.", {"end": ["That time has passed."]})
    if end - start > LONGEST:
        raise Invalid("invalid", "At most a year at a time.", {"end": ["At most a year at a time."]})
    if work.absences.of_person(account_id, start, end):
        text = "There is an absence in that time already; end that one first."
        raise Invalid("invalid", text, {"start": [text]})


def _bring_back(work: DispatchWork, absence: PersonAbsence) -> int:
    """Under the locks of their requests, which everybody takes in the same order."""
    found = sorted(orders_of(work, absence), key=lambda order: order.request_id.bytes)
    count = 0
    for known in found:
        work.processes.lock(known.request_id)
        order = work.orders.find(known.work_order_id)
        if order is not None and absence.returns(order):
            carry_out(work, order, Action.COME_BACK, NO_DETAILS, author(work.actor), PROCESS)
            count += 1
    work.absences.returned(absence.absence_id, work.now)
    return count
