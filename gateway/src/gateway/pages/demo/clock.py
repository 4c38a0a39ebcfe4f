"""The demo's clock: moved on, never back, with what comes due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from servicekit.errors import Invalid, ServiceError
from servicekit.worktime import Calendar, local_to_utc

from gateway.clients import Caller, Json, Services
from gateway.demo.tour import OBSERVER
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.visit import Visit

pages = Pages()

SOON = 12
WEEK = {day: [("09:00", "17:00")] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
MORNING = 9


@dataclass(frozen=True)
class Leap:
    word: str
    length: Callable[[datetime, str], timedelta]


def next_working_morning(now: datetime, zone: str) -> timedelta:
    """Until nine o'clock on the next day on which people work; holidays of the Netherlands are none."""
    calendar = Calendar.of(zone, WEEK, country="NL")
    local = now.astimezone(calendar.tzinfo)
    day = local.date()
    if local.hour >= MORNING:
        day += timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return local_to_utc(calendar.tzinfo, datetime.combine(day, time(MORNING))) - now


LEAPS: Mapping[str, Leap] = {
    "hour": Leap(_("1 hour on"), lambda _now, _zone: timedelta(hours=1)),
    "hours": Leap(_("4 hours on"), lambda _now, _zone: timedelta(hours=4)),
    "morning": Leap(_("To the next working day, 9:00"), next_working_morning),
    "week": Leap(_("1 week on"), lambda _now, _zone: timedelta(weeks=1)),
}


@pages.get("/demo/clock", PUBLIC, demo_only=True)
def clock(visit: Visit) -> Outcome:
    """What time it is in the demo, and what comes due next."""
    now, zone = visit.moments.now, visit.house.settings.zone
    leaps = [(name, leap.word, now + leap.length(now, zone)) for name, leap in LEAPS.items()]
    return visit.show(
        "demo/clock.html", leaps=leaps, due=_due(visit), moved=visit.house.demo_clock.offset_seconds()
    )


@pages.post("/demo/clock", PUBLIC, demo_only=True)
def move(visit: Visit) -> Outcome:
    """Move the time of the whole demo on."""
    leap = LEAPS.get(visit.form.get("leap", ""))
    if leap is None:
        raise Invalid("invalid", "There is no such step.")
    house = visit.house
    house.demo_clock.advance(leap.length(house.demo_clock.now(), house.settings.zone))
    return visit.go("/demo/clock", _("The clock is moved. What became due shows itself within seconds."))


def _due(visit: Visit) -> list[Json] | None:
    """None when monitoring does not answer."""
    services = Services(Caller(visit.house.transport, OBSERVER, visit.correlation_id))
    try:
        found: list[Json] = services.monitoring.list_clocks(state="running", limit=SOON)["items"]
    except ServiceError:
        return None
    return found
