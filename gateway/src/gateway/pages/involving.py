"""Who else a request touches, as forms ask it: for somebody else, whom to meet there, who pays.

The site, a new call, triage and a correction ask it with the same fields.
"""

from __future__ import annotations

from collections.abc import Callable

from servicekit.errors import Invalid, ServiceError

from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

FEW = 6
LEAST_LETTERS = 2
FIELDS = ("for_q", "requested_for_id", "site_name", "site_phone", "cost_centre")


@pages.get("/colleagues", "relations.read")
def colleagues(visit: Visit) -> Outcome:
    """Who fits the words, as a part of a form that is being filled in."""
    return visit.show("parts/colleagues.html", people=people_for(visit, dict(visit.query)), kept={})


def people_for(visit: Visit, filled: dict[str, str]) -> list[Json]:
    """The desk finds everybody; others their own colleagues, by name and department."""
    words = (filled.get("for_q") or "").strip()[:200]
    intake = visit.services.intake
    if len(words) < LEAST_LETTERS or not visit.can("relations.read"):
        return []
    if visit.can("relations.read_people"):
        return items(lambda: intake.list_people(q=words, limit=FEW))
    return items(lambda: intake.list_colleagues(words))


def cost_centres(visit: Visit) -> list[Json]:
    """Those that may be chosen; none while nobody can say."""
    return items(visit.services.intake.list_own_cost_centres) if visit.can("relations.read") else []


def involved_from(visit: Visit) -> Json:
    """As the API takes it."""
    form = visit.form
    name, phone = form.text("site_name"), form.text("site_phone")
    if phone and not name:
        raise Invalid("invalid", _("Say who it is."), {"site_name": [_("Say who it is.")]})
    given: Json = {"requested_for_id": _whom(visit), "cost_centre": form.text("cost_centre")}
    return {**given, "on_site": {"name": name, "phone": phone} if name else None}


def items(ask: Callable[[], Json]) -> list[Json]:
    """None while its service is away: the form must do without."""
    try:
        return list(ask()["items"])
    except ServiceError:
        return []


def _whom(visit: Visit) -> str | None:
    """Who was chosen. Words that fit one person only say as much: so it works without a script."""
    chosen, words = visit.form.text("requested_for_id"), visit.form.text("for_q")
    if chosen or not words:
        return chosen
    found = people_for(visit, {"for_q": words})
    if len(found) == 1:
        return str(found[0]["person_id"])
    text = _("Choose one of these people.") if found else _("Nobody of that name was found. Try other words.")
    raise Invalid("invalid", text, {"requested_for_id": [text]})
