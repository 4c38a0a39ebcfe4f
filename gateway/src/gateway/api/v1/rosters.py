"""When each of a team works: what its days have follows from it."""

from __future__ import annotations

from gateway import team_weeks
from gateway.accounts.members import may_see
from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import rosters as shapes
from gateway.api.schemas.base import Body
from gateway.clients import Json

resources = Resources()

HOURS = "/v1/providers/<uuid:provider_id>/hours"


@resources.route(
    "GET", HOURS, permission="teams.read", query=Body, answer=shapes.PersonHoursPage, paged=True,
)  # fmt: skip
def list_team_hours(call: Call, provider_id: str) -> Json:
    """Of whom the hours count for the team, and when each works. Who is in a team sees its own.

    Nobody: nobody said yet when anybody of it works."""
    may_see(call.actor, str(provider_id))
    return call.services.dispatch.list_team_hours(provider_id=provider_id)


@resources.route(
    "POST", f"{HOURS}/<uuid:account_id>", permission="rosters.write", body=shapes.NewPersonHours,
    answer=shapes.PersonHoursView, idempotent=True, versioned=True,
)  # fmt: skip
def save_person_hours(call: Call, provider_id: str, account_id: str) -> Json:
    """Say when somebody of the team works; by who leads it, or a manager.

    With the first of a team all its people come to count, when the team works. Its days then have what those
    who are there have, and planning more than that says so (`over_capacity`). Version 0: nothing was said."""
    may_see(call.actor, str(provider_id))
    given = {"account_id": account_id, "version": call.version, **call.body}
    return team_weeks.save_hours(call.house.members, call.services, provider_id, given)
