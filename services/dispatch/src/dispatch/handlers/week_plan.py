"""The calendar of a team: what is planned and proposed, who is away, and putting an order at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid

from dispatch.domain import assignment
from dispatch.domain.absences import PersonAbsence
from dispatch.domain.appointments import PROPOSED
from dispatch.domain.conflicts import Conflict, Span, conflicts
from dispatch.domain.errors import PlanConflicts
from dispatch.domain.rosters import Roster
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import NO_DETAILS, Details, WorkOrder
from dispatch.handlers import absences, rosters, views
from dispatch.handlers.acting import load, view
from dispatch.handlers.changing import carry_out
from dispatch.handlers.parties import author, parties_of
from dispatch.handlers.work_lists import team_of
from dispatch.storage.reading import Row
from dispatch.storage.unit_of_work import DispatchWork

MOST = 500
TO_PLAN = 40
WEEK = timedelta(days=7)
LONGEST = timedelta(days=42)
# What can be given a moment now; the rest has one, waits for others, or is being done.
UNPLANNED = frozenset({State.ISSUED, State.ACCEPTED, State.PAUSED})


def get_team_calendar(
    work: DispatchWork,
    start: datetime | None = None,
    end: datetime | None = None,
    provider_id: UUID | None = None,
    person: UUID | None = None,
) -> dict[str, Any]:
    """What touches the time from `start` (now) until `end` (a week later); with `person` only what that
    account has. `to_plan`: what could be given a moment, the oldest first.
    """
    start = start or work.now
    end = end or start + WEEK
    if not start < end <= start + LONGEST:
        raise Invalid("invalid", "At most six weeks.", {"end": ["Ask for at most six weeks."]})
    team = team_of(work, provider_id)
    rows = work.reading.planned(team, start, end, MOST)
    away = work.absences.of_team(team, start, end, MOST)
    profile = rosters.profile_of(work, team)
    roster = rosters.roster_of(work, team, profile, start, end)
    wanted = str(person) if person else None
    shown = [row for row in rows if wanted is None or row.order.held.account_id == wanted]
    return {
        "provider_id": team,
        "start": start,
        "end": end,
        "orders": [_entry(work, row, rows, away, roster) for row in shown],
        "absences": [absences.view(work, one) for one in away if wanted in (None, str(one.account_id))],
        "team_absences": [one.as_dict() for one in profile.absences if one.start < end and one.end > start],
        "hours": [window.as_dict() for window in profile.hours],
        "days": rosters.days(roster.only(person), start, end, _moments(shown)),
        "to_plan": [views.summary(row, work.actor) for row in _to_plan(work, team, wanted)],
    }


def check_plan(
    work: DispatchWork,
    work_order_id: UUID,
    planned_from: datetime,
    planned_until: datetime | None = None,
    account_id: UUID | None = None,
    name: str | None = None,
) -> dict[str, Any]:
    """What is against it; nothing is changed."""
    process, order = load(work, work_order_id, None)
    found = _against(work, process.request, order, Span(planned_from, planned_until), account_id)
    return {"conflicts": [vars(each) for each in found]}


def plan_work_order(
    work: DispatchWork,
    work_order_id: UUID,
    version: int,
    planned_from: datetime,
    planned_until: datetime | None = None,
    account_id: UUID | None = None,
    name: str | None = None,
    ask: bool = False,
    anyway: bool = False,
    reason: str | None = None,
) -> dict[str, Any]:
    """Put it at a moment, and with `account_id` on somebody of the team. `ask`: the moment is proposed, and
    the requester chooses. Raises PlanConflicts unless `anyway`; an absent person is refused whatever is
    said.
    """
    process, order = load(work, work_order_id, version)
    parties, by = parties_of(work.actor, order), author(work.actor)
    if account_id is not None and name is not None:
        absences.check_there(work, account_id, name, planned_from, planned_until)
    found = _against(work, process.request, order, Span(planned_from, planned_until), account_id)
    if found and not anyway:
        raise PlanConflicts([each.against.value for each in found])
    if order.state is State.ISSUED:
        order = carry_out(work, order, Action.ACCEPT, NO_DETAILS, by, parties)[0].order
    order = _put_on(work, order, account_id, name, reason, parties)
    action, details = Action.SCHEDULE, Details(planned_from=planned_from, planned_until=planned_until)
    if ask:
        until = planned_until or planned_from
        action, details = Action.PROPOSE, Details(windows=[{"from": planned_from, "until": until}])
    change, delivery = carry_out(work, order, action, details, by, parties)
    return view(work, process, change.order, delivery)


def _put_on(
    work: DispatchWork,
    order: WorkOrder,
    account_id: UUID | None,
    name: str | None,
    reason: str | None,
    parties: frozenset[Party],
) -> WorkOrder:
    if account_id is None or name is None or order.held.account_id == str(account_id):
        return order
    to, by = {"account_id": str(account_id), "name": name}, author(work.actor)
    if order.assignee is None and str(account_id) == work.actor.id:
        return carry_out(work, order, Action.TAKE, NO_DETAILS, by, parties)[0].order
    assignment.check(Action.ASSIGN, order.held, by.id, to, reason)
    return carry_out(work, order, Action.ASSIGN, Details(assignee=to, reason=reason), by, parties)[0].order


def _against(
    work: DispatchWork,
    request: dict[str, Any] | None,
    order: WorkOrder,
    wanted: Span,
    account_id: UUID | None,
) -> list[Conflict]:
    who = str(account_id) if account_id else order.held.account_id
    rows = work.reading.planned(order.provider.provider_id, wanted.start, wanted.until, MOST) if who else []
    away = work.absences.of_person(UUID(who), wanted.start, wanted.until) if who else None
    team = order.provider.provider_id
    profile = rosters.profile_of(work, team)
    roster = rosters.roster_of(work, team, profile, wanted.start, wanted.until)
    found = conflicts(
        wanted,
        profile,
        _due(request or {}),
        _taken(rows, who, order.work_order_id),
        [Span(away.start, away.end, away.name)] if away else (),
        roster.person(who),
    )
    return found + rosters.too_full(work, team, roster, wanted, order.work_order_id)


def _taken(rows: Sequence[Row], who: str | None, but: UUID) -> list[Span]:
    return [
        Span(row.order.planned_from, row.order.planned_until, row.order.number)
        for row in rows
        if row.order.planned_from and row.order.work_order_id != but and row.order.held.account_id == who
    ]


def _entry(
    work: DispatchWork, row: Row, rows: Sequence[Row], away: Sequence[PersonAbsence], roster: Roster
) -> dict[str, Any]:
    """An order in the calendar, with what is against its moment; a proposal has moments, not one."""
    order, who = row.order, row.order.held.account_id
    found: list[Conflict] = []
    if order.planned_from:
        gone = [Span(one.start, one.end, one.name) for one in away if str(one.account_id) == who]
        taken = _taken(rows, who, order.work_order_id) if who else []
        span = Span(order.planned_from, order.planned_until)
        found = conflicts(span, roster.profile, _due(row.request), taken, gone, roster.person(who))
    proposed = order.appointment and order.appointment["state"] == PROPOSED
    return {
        **views.summary(row, work.actor),
        "conflicts": [vars(each) for each in found],
        "proposed": order.appointment["windows"] if order.appointment and proposed else [],
    }


def _to_plan(work: DispatchWork, team: UUID, who: str | None) -> list[Row]:
    rows = work.reading.to_plan(team, [state.value for state in UNPLANNED], TO_PLAN)
    return [row for row in rows if who is None or row.order.held.account_id in (None, who)]


def _due(request: dict[str, Any]) -> datetime | None:
    due = request.get("due_at")
    return datetime.fromisoformat(str(due)) if due else None


def _moments(rows: Sequence[Row]) -> list[Span]:
    planned = [row.order for row in rows if row.order.planned_from]
    return [Span(each.planned_from, each.planned_until) for each in planned if each.planned_from]
