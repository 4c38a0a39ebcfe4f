"""The team's planned work in one's own calendar program: making, renewing and withdrawing its address."""

from __future__ import annotations

from gateway.calendars import addresses
from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()
CALENDAR = "/team/calendar"


@pages.get(CALENDAR, "calendar.own")
def calendar(visit: Visit) -> Outcome:
    """Whether one has an address, and what to do with it."""
    return _show(visit)


@pages.post(CALENDAR, "calendar.own")
def make(visit: Visit) -> Outcome:
    """Make an address, or a new one. It is on the answer itself, since it is kept nowhere."""
    return _show(visit, addresses.make(visit.house, visit.actor))


@pages.post(f"{CALENDAR}/withdraw", "calendar.own")
def withdraw(visit: Visit) -> Outcome:
    """Withdraw it."""
    addresses.withdraw(visit.house, visit.actor)
    return visit.go(CALENDAR, _("The address no longer works."))


def _show(visit: Visit, made: Json | None = None) -> Outcome:
    return visit.show(
        "crew/calendar.html",
        path=made["path"] if made else None,
        made_at=made["made_at"] if made else addresses.made_at(visit.house, visit.actor),
    )
