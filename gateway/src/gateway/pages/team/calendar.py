"""Planned work, the team's and one's own, in one's own calendar program: making and withdrawing addresses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from gateway.calendars import addresses
from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()
CALENDAR = "/team/calendar"
KINDS = (
    (addresses.TEAM, _("The whole team"), _("What your team has planned and must still do.")),
    (addresses.MINE, _("Only yours"), _("What is planned of the orders that you have.")),
)


@pages.get(CALENDAR, "calendar.own")
def calendar(visit: Visit) -> Outcome:
    """Whether one has an address of the team's work and of one's own, and what to do with each."""
    return _show(visit)


@pages.post(CALENDAR, "calendar.own")
def make(visit: Visit) -> Outcome:
    """Make an address, or a new one. It is on the answer itself, since it is kept nowhere."""
    whose = _whose(visit)
    return _show(visit, {whose: addresses.make(visit.house, visit.actor, whose)})


@pages.post(f"{CALENDAR}/withdraw", "calendar.own")
def withdraw(visit: Visit) -> Outcome:
    """Withdraw it."""
    addresses.withdraw(visit.house, visit.actor, _whose(visit))
    return visit.go(CALENDAR, _("The address no longer works."))


def _whose(visit: Visit) -> str:
    return addresses.MINE if visit.form.get("whose") == addresses.MINE else addresses.TEAM


def _show(visit: Visit, made: Mapping[str, Json] = MappingProxyType({})) -> Outcome:
    kinds = [
        (whose, word, about, made.get(whose, {}).get("path"), _made_at(visit, whose, made))
        for whose, word, about in KINDS
    ]
    return visit.show("crew/calendar.html", kinds=kinds)


def _made_at(visit: Visit, whose: str, made: Mapping[str, Json]) -> datetime | None:
    if whose in made:
        at: datetime = made[whose]["made_at"]
        return at
    return addresses.made_at(visit.house, visit.actor, whose)
