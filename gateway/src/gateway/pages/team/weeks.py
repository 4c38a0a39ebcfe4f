"""The week of a team, or of one of its people: what is planned and proposed, who is away, what is to be
planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from servicekit.actor import service_actor
from servicekit.errors import Conflict, ServiceError

from gateway import team_weeks
from gateway.api.schemas import team_weeks as shapes
from gateway.clients import Json
from gateway.live import topics
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.order_forms import moment_from
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.team.orders import TEAM
from gateway.pages.visit import Visit

pages = Pages()
WEEK = "/team/week"
PLAN = "/team/orders/<uuid:work_order_id>/plan"
DAYS = 7
# What is against a moment, in words.
AGAINST: Mapping[str, str] = {
    "double": _("at the same time as %(label)s"),
    "closed": _("outside the hours of the team"),
    "team_absent": _("the team is not there then"),
    "person_absent": _("%(label)s is absent then"),
    "person_closed": _("outside the hours of %(label)s"),
    "over_capacity": _("more that day (%(planned)s) than those who are there can do (%(capacity)s)"),
    "after_promise": _("after what was promised: %(end)s"),
}


@dataclass
class Day:
    """One column of the week; what stands in it lies in the order of its moments."""

    on: date
    entries: list[Json] = field(default_factory=list)
    absences: list[Json] = field(default_factory=list)
    planned: list[Json] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.absences or self.planned)


@pages.get(WEEK, "teams.read")
def week(visit: Visit) -> Outcome:
    """The week that is asked for, or this one; who directs work chooses the team."""
    teams = teams_of(visit)
    provider_id = (
        visit.actor.provider_id or visit.query.text("team") or next((one["provider_id"] for one in teams), "")
    )
    person = visit.query.text("person") or ""
    monday = _monday(visit)
    members = visit.house.members.of(provider_id)
    if person not in {each.account_id for each in members}:
        person = ""
    visit.follow(topics.provider(provider_id))
    found = _calendar(visit, provider_id, person, monday)
    days = _days(visit, found, monday)
    return visit.show(
        "crew/week.html",
        side=TEAM,
        found=found,
        days=[day for day in days if day.on.isoweekday() < 6 or not day.is_empty],
        monday=monday,
        before=monday - timedelta(days=DAYS),
        after=monday + timedelta(days=DAYS),
        today=visit.moments.today,
        members=members,
        person=person,
        teams=teams,
        team=provider_id,
        own=visit.actor.provider_id is not None and visit.can("work_orders.assign"),
        against=in_words,
        rooms={str(room["on"]): room for room in found.get("days", ())},
        hours=hours,
        topic=topics.provider(provider_id),
    )


@pages.get(PLAN, "work_orders.assign")
def planning(visit: Visit, work_order_id: str) -> Outcome:
    """Put one order at a moment, on somebody."""
    return _planning(visit, work_order_id)


@pages.post(PLAN, "work_orders.assign")
def plan(visit: Visit, work_order_id: str) -> Outcome:
    """Plan it; what is against it comes back with what was chosen, to do it all the same."""
    given: Json = {}
    try:
        given = forms.load(shapes.Planning(), _given(visit))
        wanted = {"work_order_id": work_order_id, "version": visit.version, **given}
        team_weeks.place(visit.house.members, visit.actor, visit.services, "plan_work_order", wanted)
    except ServiceError as error:
        if type(error).__name__ in ("NotFound", "Forbidden"):
            raise
        return _planning(visit, work_order_id, error, given)
    said = _("Proposed; the requester chooses.") if given.get("ask") else _("Planned.")
    return visit.go(f"{WEEK}?week={visit.moments.local(given['planned_from']):%Y-%m-%d}", said)


def in_words(visit: Visit, conflict: Json) -> str:
    """What is against a moment."""
    values = {
        "label": conflict.get("label") or "",
        "end": visit.moments.brief(conflict.get("end")),
        "planned": hours(conflict.get("planned_minutes")),
        "capacity": hours(conflict.get("capacity_minutes")),
    }
    return visit.words(AGAINST[str(conflict["against"])], **values)


def hours(minutes: int | None) -> str:
    """90 minutes are 1:30."""
    return "{}:{:02}".format(*divmod(minutes or 0, 60))


def _planning(
    visit: Visit, work_order_id: str, error: ServiceError | None = None, given: Json | None = None
) -> Outcome:
    order = visit.services.dispatch.get_work_order(work_order_id)
    found: list[Json] = []
    if isinstance(error, Conflict) and error.code == "plan_conflicts" and given:
        asked = {
            name: given[name] for name in ("planned_from", "planned_until", "account_id") if given.get(name)
        }
        found = visit.services.dispatch.check_plan(work_order_id=work_order_id, **asked)["conflicts"]
    text = ""
    if isinstance(error, team_weeks.AssigneeAbsent):
        text = visit.words(
            _("Who you chose is absent then. There are: %(names)s."),
            names=", ".join(error.there) or visit.words(_("nobody")),
        )
    elif error and not found and not error.errors:
        text = errors.explain(visit, error)
    return visit.show(
        "crew/plan.html",
        errors.status_of(visit, error) if error else 200,
        order=order,
        kept=_kept(visit, order),
        members=visit.house.members.of(str(visit.actor.provider_id)),
        having=(order.get("assignee") or {}).get("account_id", ""),
        conflicts=[in_words(visit, each) for each in found],
        wrong=errors.field_errors(visit, error) if error and not found else {},
        problem=text,
    )


def _given(visit: Visit) -> Json:
    """A day and a window, on the clock of the organisation."""
    form, zone = visit.form, visit.moments.zone
    day = form.text("day") or ""
    given: Json = {name: text for name in ("account_id", "reason") if (text := form.text(name))}
    for name, said in (("planned_from", form.text("from")), ("planned_until", form.text("until"))):
        if said or name == "planned_from":
            given[name] = moment_from(name, f"{day}T{said or ''}", zone)
    return {**given, "ask": form.get("tell") == "ask", "anyway": "anyway" in form}


def _kept(visit: Visit, order: Json) -> dict[str, str]:
    """What was filled in; else as it is planned now, or the day and person that the address names."""
    if visit.form:
        return visit.form.said()
    start, end = (visit.moments.local(order.get(name)) for name in ("planned_from", "planned_until"))
    return {
        "day": visit.query.text("day") or (start.date().isoformat() if start else ""),
        "from": f"{start:%H:%M}" if start else "",
        "until": f"{end:%H:%M}" if end else "",
        "account_id": (order.get("assignee") or {}).get("account_id") or visit.query.text("person") or "",
    }


def teams_of(visit: Visit) -> list[Json]:
    """For who is in none: those to choose from."""
    if visit.actor.provider_id:
        return []
    return [one for one in visit.services.dispatch.list_providers()["items"] if one["kind"] == "team"]


def _monday(visit: Visit) -> date:
    try:
        day = date.fromisoformat(visit.query.text("week") or "")
    except ValueError:
        day = visit.moments.today
    return day - timedelta(days=day.weekday())


def _calendar(visit: Visit, provider_id: str, person: str, monday: date) -> Json:
    zone = visit.moments.zone
    start, end = (datetime.combine(monday + timedelta(days=n), time(), zone).isoformat() for n in (0, DAYS))
    own = visit.services_of(service_actor("gateway"))
    asked = {"start": start, "end": end, "provider_id": provider_id, **({"person": person} if person else {})}
    return team_weeks.calendar(visit.services, own, visit.actor, **asked)


def _days(visit: Visit, found: Json, monday: date) -> list[Day]:
    days = {on: Day(on) for on in (monday + timedelta(days=n) for n in range(DAYS))}
    for order in found["orders"]:
        spans = [("planned", order["planned_from"], order["planned_until"])] if order["planned_from"] else []
        spans += [("proposed", one["from"], one["until"]) for one in order["proposed"]]
        for kind, start, end in spans:
            for on in _between(visit, start, end or start, days):
                days[on].entries.append({"kind": kind, "order": order, "start": start, "end": end})
    for absence in [*found["absences"], *found["team_absences"]]:
        for on in _between(visit, absence["start"], absence["end"], days):
            days[on].absences.append(absence)
    for date_ in found["planned"] or ():
        if (on := date.fromisoformat(str(date_["on"]))) in days:
            days[on].planned.append(date_)
    for day in days.values():
        day.entries.sort(key=lambda entry: (str(visit.moments.iso(entry["start"])), entry["order"]["number"]))
    return list(days.values())


def _between(visit: Visit, start: Any, end: Any, days: Iterable[date]) -> list[date]:
    """Those of the days that it touches; what ends at midnight does not touch the next."""
    first, last = visit.moments.local(start), visit.moments.local(end)
    if first is None or last is None:
        return []
    last = max(first, last - timedelta(seconds=1))
    return [on for on in days if first.date() <= on <= last.date()]
