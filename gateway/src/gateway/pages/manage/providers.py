"""Teams and suppliers, and what each can take on."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from servicekit.errors import Invalid, ServiceError

from gateway.api.schemas import routing as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.manage import places
from gateway.pages.manage.week_form import window_from
from gateway.pages.names import PATIENCE
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/routing/providers"
PROVIDER = f"{PATH}/<uuid:provider_id>"
MORE = 2  # empty lines at the end of what the form lists


@pages.get(PATH, "routing.read")
def overview(visit: Visit) -> Outcome:
    """All of them, with how full they are and who is away."""
    found = visit.services.dispatch.list_providers()["items"]
    return visit.show("manage/providers.html", providers=found, names=_names(found))


@pages.get(PROVIDER, "routing.read")
def provider(visit: Visit, provider_id: str) -> Outcome:
    """What one can take on, with its form for who may change it."""
    found = visit.services.dispatch.get_provider(provider_id)
    return _show(visit, found, _filled(visit, found))


@pages.post(PROVIDER, "providers.write")
def save(visit: Visit, provider_id: str) -> Outcome:
    """Say what it can take on."""
    dispatch = visit.services.dispatch
    try:
        dispatch.save_provider_profile(provider_id, visit.version, **_profile(visit))
    except ServiceError as error:
        found = visit.services.dispatch.get_provider(provider_id)
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _show(visit, found, _kept(visit), errors.status_of(visit, error), problem)
    return visit.go(f"{PATH}/{provider_id}", _("Saved. What waited for somebody was tried again."))


def _show(visit: Visit, found: Json, said: Json, status: int = 200, problem: Json | None = None) -> Outcome:
    everybody = visit.services.dispatch.list_providers()["items"]
    return visit.show(
        "manage/provider.html",
        status,
        provider=found,
        said=said,
        problem=problem,
        names=_names(everybody),
        stand_ins=[(each["slug"], each["name"]) for each in everybody if each["slug"] != found["slug"]],
        suggestions=places.suggestions(visit),
    )


def _names(providers: list[Json]) -> dict[str, str]:
    return {each["slug"]: each["name"] for each in providers}


def _filled(visit: Visit, found: Json) -> Json:
    """The form's own words for what there is; absences by day."""
    empty: list[Json] = [{}] * MORE
    absences = [
        {
            "first": _day(visit, each["start"], 0),
            "last": _day(visit, each["end"], -1),
            "reason": each.get("reason") or "",
            "stand_in": each.get("stand_in") or "",
        }
        for each in found.get("absences", ())
    ]
    return {
        "skills": ", ".join(found.get("skills", ())),
        "places": "\n".join(each["path"] for each in found.get("places", ())),
        "capacity": found.get("capacity") or "",
        "patience": found.get("patience") or {},
        "emails": "\n".join(found.get("emails", ())),
        "language": found.get("language") or "nl",
        "hours": [*found.get("hours", ()), *empty],
        "absences": [*absences, *empty],
    }


def _kept(visit: Visit) -> Json:
    """As it was filled in, with as many lines as the form had."""
    form = visit.form
    return {
        **{name: form.get(name, "") for name in ("skills", "places", "capacity", "emails", "language")},
        "patience": {name: form.get(name, "") for name in PATIENCE},
        "hours": [
            {
                "days": [int(day) for day in form.many(f"hours{index}_days") if day.isdigit()],
                "start": form.get(f"hours{index}_start", ""),
                "end": form.get(f"hours{index}_end", ""),
            }
            for index in _lines(visit, "hours", "start")
        ],
        "absences": [
            {name: form.get(f"absence{index}_{name}", "") for name in ("first", "last", "reason", "stand_in")}
            for index in _lines(visit, "absence", "first")
        ],
    }


def _profile(visit: Visit) -> Json:
    """Raises Invalid."""
    form = visit.form
    capacity = form.text("capacity") or ""
    windows = [window_from(visit, f"hours{index}") for index in _lines(visit, "hours", "start")]
    absences = [_absence(visit, index) for index in _lines(visit, "absence", "first")]
    given: dict[str, Any] = {
        "skills": [skill.strip() for skill in (form.text("skills") or "").split(",") if skill.strip()],
        "places": places.ids_of(visit, form.text("places"), "places"),
        "capacity": _whole(capacity),
        "hours": [window for window in windows if window],
        "absences": [absence for absence in absences if absence],
        "emails": (form.text("emails") or "").split(),
        "language": form.text("language"),
        "patience": {name: _whole(form.text(name)) for name in PATIENCE},
    }
    return forms.load(shapes.NewProfile(), given)


def _whole(text: str | None) -> int | str | None:
    """What is no number stays as it is, to be refused."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else text or None


def _absence(visit: Visit, index: int) -> Json | None:
    """From the beginning of the first day to the end of the last, on the organisation's clock."""
    form = visit.form
    first, last = form.text(f"absence{index}_first"), form.text(f"absence{index}_last")
    if not first and not last:
        return None
    zone = visit.moments.zone
    try:
        start = _midnight(first or last or "", zone)
        end = _midnight(last or first or "", zone) + timedelta(days=1)
    except ValueError as error:
        says = visit.words(_("Write a first and a last day."))
        raise Invalid("invalid", says, {"absences": [says]}) from error
    found: Json = {"start": start.isoformat(), "end": _midnight_of(end, zone).isoformat()}
    for name in ("reason", "stand_in"):
        if text := form.text(f"absence{index}_{name}"):
            found[name if name == "reason" else "standIn"] = text
    return found


def _midnight(day: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(datetime.fromisoformat(day).date(), time(), zone)


def _midnight_of(moment: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(moment.date(), time(), zone)


def _day(visit: Visit, moment: Any, days: int) -> str:
    local = visit.moments.local(moment)
    return (local + timedelta(days=days)).date().isoformat() if local else ""


def _lines(visit: Visit, prefix: str, name: str) -> list[int]:
    """The numbers of the lines that the form had."""
    return [index for index in range(150) if f"{prefix}{index}_{name}" in visit.form]
