"""Who of a team has an order: the forms with which it is taken, given back and handed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from servicekit.errors import Conflict, ServiceError

from gateway import team_weeks
from gateway.api.schemas import teams as shapes
from gateway.api.schemas.base import Body
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.visit import Visit

# The fields that each word asks for; `why` need not be said, but for what somebody has already.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "take": (),
    "give_back": ("why",),
    "assign": ("colleague", "why"),
    "hand_over": ("other_team", "reason"),
}
SHAPES: Mapping[str, type[Body]] = {
    "give_back": shapes.GivingBack,
    "assign": shapes.Assignment,
    "hand_over": shapes.HandOver,
}
SAID = {
    "take": _("It is yours."),
    "give_back": _("Given back to the team."),
    "assign": _("Handed over to a colleague."),
    "hand_over": _("Handed over to the other team."),
}
WORDS = tuple(FIELDS)


def say(visit: Visit, work_order_id: str, word: str) -> Json:
    """Raises what dispatch says, and Invalid for somebody of another team."""
    dispatch, version = visit.services.dispatch, visit.version
    if word == "take":
        return dispatch.take_work_order(work_order_id, version)
    names = ("account_id", "provider_id", "reason")
    given = {name: visit.form.text(name) for name in names}
    body = forms.load(SHAPES[word](), {name: value for name, value in given.items() if value})
    if word == "assign":
        wanted = {"work_order_id": work_order_id, "version": version, **body}
        return team_weeks.place(visit.house.members, visit.actor, visit.services, "assign_work_order", wanted)
    done: Json = getattr(dispatch, f"{word}_work_order")(work_order_id, version, **body)
    return done


def refusal(visit: Visit, error: ServiceError, work_order_id: str) -> str:
    """In words; who came second reads who has it, and who chose somebody absent who is there."""
    if isinstance(error, team_weeks.AssigneeAbsent):
        names = ", ".join(error.there) or visit.words(_("nobody"))
        return visit.words(_("Who you chose is absent then. There are: %(names)s."), names=names)
    if isinstance(error, Conflict) and error.code == "already_taken":
        order = visit.services.dispatch.get_work_order(work_order_id)
        if who := (order.get("assignee") or {}).get("name"):
            return visit.words(_("%(name)s has it already."), name=who)
    return errors.explain(visit, error)


def choices(visit: Visit, order: Json) -> dict[str, Any]:
    """Whom it may go to: colleagues, and other teams. Looked up only where it may go to anybody."""
    if "assign" not in order.get("actions", ()) or not visit.actor.provider_id:
        return {"colleagues": [], "other_teams": []}
    having = (order.get("assignee") or {}).get("account_id")
    members = visit.house.members.of(visit.actor.provider_id)
    providers = visit.services.dispatch.list_providers()["items"]
    return {
        "colleagues": [each for each in members if each.account_id != having],
        "other_teams": [
            each
            for each in providers
            if each["kind"] == "team" and str(each["provider_id"]) != visit.actor.provider_id
        ],
    }
