"""The calendar of a team, and whom of its people work may be put on: for the API and the pages alike.

What is planned stands in dispatch, work that comes back in intake, and who is in the team here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from servicekit.actor import Actor
from servicekit.errors import Conflict, ServiceError

from gateway.accounts.members import Member, Members, may_see
from gateway.clients import Json, Services

ABSENT = "assignee_absent"


class AssigneeAbsent(Conflict):
    """`there`: the names of who of the team is not absent then."""

    def __init__(self, detail: str, there: list[str]) -> None:
        super().__init__(ABSENT, f"{detail} Who is there then: {', '.join(there) or 'nobody'}.")
        self.there = there


def calendar(services: Services, own: Services, actor: Actor, **asked: Any) -> Json:
    """`own`: as the gateway itself, since who carries out work need not read the plans of the organisation.
    `planned`: dates of work that comes back, which the team is to do; None when that can't be known now.
    """
    if asked.get("provider_id"):
        may_see(actor, str(asked["provider_id"]))
    found = services.dispatch.get_team_calendar(**asked)
    first, last = (moment_of(found[name]).date() for name in ("start", "end"))
    return {**found, "planned": planned(own, str(found["provider_id"]), first, last)}


def moment_of(moment: Any) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))


def planned(own: Services, provider_id: str, first: date, last: date) -> list[Json] | None:
    try:
        providers = own.dispatch.list_providers()["items"]
        slug = next((one["slug"] for one in providers if str(one["provider_id"]) == provider_id), None)
        dates = [
            {"plan_id": plan["plan_id"], "name": plan["name"], "place": plan["place"],
             "product": plan["product"], "on": each["work_on"]}
            for plan in own.intake.list_plans(state="active")["items"]
            for each in plan["next"]
            if each["work_on"] and first <= date.fromisoformat(str(each["work_on"])) <= last
        ]  # fmt: skip
        mine = {key: _does(own, key, slug) for key in {str(one["product"]["product_id"]) for one in dates}}
    except ServiceError:
        return None
    shown = [one for one in dates if mine[str(one["product"]["product_id"])]]
    return sorted(shown, key=lambda one: (str(one["on"]), one["name"]))


def place(members: Members, actor: Actor, services: Services, method: str, given: Json) -> Json:
    """Carry out a command of dispatch that puts work on somebody. Raises Invalid for who is not of the
    team, and for who is absent Conflict with who of the team is there.
    """
    if given.get("account_id"):
        given = {**given, "name": members.colleague(actor.provider_id, str(given["account_id"])).name}
    try:
        done: Json = getattr(services.dispatch, method)(**given)
    except Conflict as error:
        if error.code != ABSENT:
            raise
        there = present(members, actor, services, given.get("planned_from"), given.get("planned_until"))
        raise AssigneeAbsent(error.detail, [each.name for each in there]) from error
    return done


def save_hours(members: Members, services: Services, provider_id: str, given: Json) -> Json:
    """With all who are in the team: they are whom its days are counted with. Raises Invalid."""
    members.colleague(provider_id, str(given["account_id"]))
    people = [{"account_id": one.account_id, "name": one.name} for one in members.of(provider_id)]
    return services.dispatch.save_person_hours(provider_id=provider_id, people=people, **given)


def present(
    members: Members, actor: Actor, services: Services, start: Any = None, end: Any = None
) -> list[Member]:
    """Who of the team is there at that moment; now when none is given."""
    if not actor.provider_id:
        return []
    asked = {name: value for name, value in (("start", start), ("end", end)) if value}
    away = _at(services.dispatch.list_absences(**asked)["items"], start)
    return [each for each in members.of(actor.provider_id) if each.account_id not in away]


def _at(absences: Iterable[Json], start: Any) -> set[str]:
    """Those from now on may begin later: only who is away at the moment itself."""
    if start is None:
        return {str(one["account_id"]) for one in absences if one["now"]}
    return {str(one["account_id"]) for one in absences}


def _does(own: Services, product_id: str, slug: str | None) -> bool:
    steps = (own.catalog.get_product(product_id).get("process") or {}).get("steps") or []
    return any(step.get("provider") == slug for step in steps)
