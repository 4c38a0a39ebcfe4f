"""Keeping plans: making, changing, pausing and looking ahead. What they make stands in handlers.planned."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from servicekit.errors import NotFound
from servicekit.worktime import Calendar
from servicekit.worktime.recurrence import WrongRule, check_rule

from intake.domain import rounds
from intake.domain.errors import NotAllowed, Wrong
from intake.domain.plans import (
    MOST_SHOWN,
    Action,
    Closed,
    Day,
    Fate,
    Pattern,
    Plan,
    State,
    days,
    move,
)
from intake.domain.questions import check_answers
from intake.domain.rules import Rules
from intake.handlers.stuck import failure_of
from intake.storage.assets import asset_of
from intake.storage.plans import plan_of
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
Given = dict[str, Any]
NO_DATE = "This rule gives no date between the first and the last day. Change the rule or the days."
MOST_PLANS = 2_000
MOST_DAYS = 100
PATTERN = ("rule", "starts_on", "until", "closed", "lead_days")


def today(work: IntakeWork, rules: Rules) -> date:
    return work.now.astimezone(ZoneInfo(rules.zone)).date()


def list_plans(work: IntakeWork, rules: Rules, state: str | None, location_id: UUID | None = None) -> View:
    calendar = work.lookups.calendar(rules.zone)
    rows = work.plans.all(state, MOST_PLANS, location_id)
    return {"items": [_view(row, calendar, today(work, rules), most=1) for row in rows]}


def get_plan(work: IntakeWork, rules: Rules, plan_id: UUID) -> View:
    row = work.plans.one(plan_id)
    if row is None:
        raise NotFound("no_such_plan", "There is no such plan.")
    view = _view(row, work.lookups.calendar(rules.zone), today(work, rules), most=10)
    kept = work.plans.days_of(plan_id, MOST_DAYS)
    names = ("rule_date", "work_on", "fate", "request_id", "reference", "state", "at")
    dealt = [{name: getattr(day, name) for name in names} | _round(day) | _stuck(day) for day in kept]
    return {**view, "days": dealt}


def preview_plan(work: IntakeWork, rules: Rules, most: int, **given: Any) -> View:
    """The next dates, as they would be now."""
    pattern = _pattern(given)
    ahead = days(pattern, work.lookups.calendar(rules.zone))
    coming = (day for day in ahead if (day.work_on or day.rule_date) >= today(work, rules))
    dates = _shown(islice(coming, most))
    return {"dates": dates, "why_none": None if dates else NO_DATE}


def save_plan(work: IntakeWork, rules: Rules, **given: Any) -> View:
    """A new one. Work is made from today on; dates before it are none of its business."""
    if work.plans.count() >= MOST_PLANS:
        raise NotAllowed(f"There are {MOST_PLANS} plans. End one that is not needed any more first.")
    return get_plan(work, rules, _add(work, rules, given, None))


def change_plan(work: IntakeWork, rules: Rules, plan_id: UUID, version: int, **given: Any) -> View:
    """From the first date of the new one on. What was made stays; a new plan follows the old one."""
    plan = _locked(work, plan_id)
    move(plan.state, Action.CHANGE)
    first: date = given["starts_on"]
    if plan.dealt_until and first <= plan.dealt_until:
        text = f"Work up to {plan.dealt_until} has been made already. Choose a later date."
        raise Wrong("invalid", text, {"starts_on": [text]})
    made = _add(work, rules, given, plan_id)
    before = first - timedelta(days=1)
    until = min(plan.pattern.until or before, before)
    # Until then the old one goes on; one that has no date left ends by itself at its next look.
    work.plans.change(plan, version, until=until, look_on=today(work, rules), **_by(work, given["reason"]))
    return get_plan(work, rules, made)


def decide(
    work: IntakeWork, rules: Rules, plan_id: UUID, version: int, action: Action, reason: str | None = None
) -> View:
    """Pause, resume or end. What was made stays as it is: it may be withdrawn like any other work."""
    plan = _locked(work, plan_id)
    state = move(plan.state, action)
    said: dict[str, Any] = {"state": state.value, **_by(work, reason)}
    if action is Action.RESUME:
        said |= {"dealt_until": _passed(work, rules, plan), "look_on": today(work, rules)}
    work.plans.change(plan, version, **said)
    return get_plan(work, rules, plan_id)


def _passed(work: IntakeWork, rules: Rules, plan: Plan) -> date | None:
    """Dates that passed during a pause are not made up for."""
    last = plan.dealt_until
    for day in days(plan.pattern, work.lookups.calendar(rules.zone), plan.dealt_until):
        if (day.work_on or day.rule_date) >= today(work, rules):
            return last
        last = day.rule_date
    return last


def _locked(work: IntakeWork, plan_id: UUID) -> Plan:
    plan = work.plans.lock(plan_id)
    if plan is None:
        raise NotFound("no_such_plan", "There is no such plan.")
    return plan


def _add(work: IntakeWork, rules: Rules, given: Given, replaces: UUID | None) -> UUID:
    pattern = _pattern(given)
    if pattern.starts_on < today(work, rules):
        text = "This date has passed. Begin today or later."
        raise Wrong("invalid", text, {"starts_on": [text]})
    if next(days(pattern, work.lookups.calendar(rules.zone)), None) is None:
        raise Wrong("invalid", NO_DATE, {"rule": [NO_DATE]})
    answers = _checked(work, rules, given)
    stops = tuple(_stops(work, given))
    plan = Plan(
        work.new_id(), 1, State.ACTIVE, given["name"], given["text"], given["product_id"],
        given["location_id"], answers, pattern, _keeper(work), None, stops, given["provider"],
    )  # fmt: skip
    said = {"look_on": today(work, rules), "replaces": replaces, **_by(work, given.get("reason"))}
    work.plans.add(plan, said)
    return plan.plan_id


def _pattern(given: Given) -> Pattern:
    said = {name: given[name] for name in PATTERN}
    try:
        said["rule"] = check_rule(given["rule"])
    except WrongRule as error:
        raise Wrong("invalid", str(error), {"rule": [str(error)]}) from error
    return Pattern(**{**said, "closed": Closed(given["closed"])})


def _checked(work: IntakeWork, rules: Rules, given: Given) -> dict[str, Any]:
    """The answers, once product and place are known here."""
    product, _ = work.lookups.for_triage(given["product_id"], rules.zone)
    if product is None or not product.has_process:
        text = "Choose a product that is published and whose process has steps: a plan starts by itself."
        raise Wrong("invalid", text, {"product_id": [text]})
    if given["location_id"] and not work.locations.lineage(location_id=given["location_id"]):
        text = "This location is not known. Choose another, or none."
        raise Wrong("invalid", text, {"location_id": [text]})
    return check_answers(product.questions, given["answers"], work.actor.language)


def _stops(work: IntakeWork, given: Given) -> list[rounds.Stop]:
    stops = given["stops"]
    places = [stop["location_id"] for stop in stops if stop["location_id"]]
    objects = [stop["asset_id"] for stop in stops if stop["asset_id"]]
    paths = work.plans.paths(places) if places else {}
    assets = {row.asset_id: asset_of(row) for row in work.assets.some(objects)} if objects else {}
    return rounds.checked(stops, paths, assets)


def _keeper(work: IntakeWork) -> dict[str, Any]:
    """Whose name is on the work: whoever keeps the plan. No customer waits for it."""
    if not work.actor.person_id:
        raise NotAllowed("Your account belongs to no person. Work that a plan makes needs somebody's name.")
    return {"person_id": str(work.actor.person_id), "name": work.actor.name or work.actor.id}


def _by(work: IntakeWork, reason: str | None) -> dict[str, Any]:
    by = {"kind": work.actor.kind, "name": work.actor.name or work.actor.id}
    return {"changed_at": work.now, "changed_by": by, "reason": reason}


def _view(row: Any, calendar: Calendar, now: date, most: int) -> View:
    plan = plan_of(row)
    ahead = days(plan.pattern, calendar, plan.dealt_until) if plan.state is not State.ENDED else iter(())
    coming = (day for day in ahead if (day.work_on or day.rule_date) >= now)
    names = (
        "plan_id",
        "version",
        "state",
        "name",
        "text",
        "location_id",
        "answers",
        "stops",
        "provider",
        *PATTERN,
    )
    return {
        **{name: getattr(row, name) for name in names},
        "product": {"product_id": row.product_id, "name": row.product_name or {}},
        "place": row.path,
        "keeper": row.keeper,
        "replaces": row.replaces,
        "changed_at": row.changed_at,
        "changed_by": row.changed_by,
        "reason": row.reason,
        "next": _shown(islice(coming, min(most, MOST_SHOWN))),
    }


def _round(day: Any) -> View:
    return {"stop_counts": rounds.counted((day.orders or {}).values())}


def _stuck(day: Any) -> View:
    """Where in the repair list it stands, if its work could not be made."""
    return {"failure_id": failure_of(day.plan_id, day.rule_date) if day.fate == Fate.STUCK else None}


def _shown(ahead: Any) -> list[View]:
    found: list[Day] = list(ahead)
    return [{"rule_date": day.rule_date, "work_on": day.work_on} for day in found]
