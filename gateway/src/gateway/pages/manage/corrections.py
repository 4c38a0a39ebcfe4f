"""What was put right, counted by cause, by what was wrong, by product and by provider; and one by one."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gateway.api.figures import days
from gateway.api.schemas.corrections import CorrectionFilter
from gateway.clients import Json
from gateway.http.naming import snake
from gateway.pages import forms
from gateway.pages.labels import WRONG
from gateway.pages.manage.links import corrections as to_list
from gateway.pages.manage.lists import further
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

LINES = 50
# List of the count -> the filter that its lines are opened with.
FILTERS = {"causes": "cause", "whats": "what", "products": "product_id", "providers": "provider_id"}


@pages.get("/manage/corrections", "corrections.read")
def corrections(visit: Visit) -> Outcome:
    """Corrections as a table, newest first, under what those of the last 30 days add up to."""
    wanted = forms.load(CorrectionFilter(), {snake(key): visit.query.text(key) for key in visit.query})
    intake = visit.services.intake
    page = intake.list_corrections(**{**wanted, "limit": LINES})
    causes = {each["key"]: each["name"] for each in intake.list_correction_causes()["items"]}
    return visit.show(
        "manage/corrections.html",
        page=page,
        causes=causes,
        counted=_counted(visit) if visit.can("figures.read") else None,
        further=further(visit, page["next_cursor"]),
        filtered=bool(wanted),
        filters=[],
    )


def _counted(visit: Visit) -> Json:
    """Each line with the address of the list that it counts."""
    zone = visit.house.settings.zone
    period = days(None, None, visit.moments.now, zone)
    found = visit.services.intake.count_corrections(period.first, period.last)
    since = datetime.combine(period.first, time(), ZoneInfo(zone))
    until = datetime.combine(period.last + timedelta(days=1), time(), ZoneInfo(zone))
    within: dict[str, Any] = {"at_from": since, "at_before": until}
    lists = {
        name: [
            {
                "word": _word(visit, name, each),
                "count": each["count"],
                "to": to_list(**{filter_: each["key"]}, **within),
            }
            for each in found[name]
        ]
        for name, filter_ in FILTERS.items()
    }
    return {"count": found["count"], "days": period.count, **lists}


def _word(visit: Visit, name: str, line: Json) -> str:
    if name == "whats":
        return visit.words(WRONG[line["key"]].word)
    named = line.get("name")
    return visit.words.of(named) if isinstance(named, dict) else str(named or line["key"])
