"""Complaints for managers: how many about whom and what, and why."""

from __future__ import annotations

from gateway.clients import Json
from gateway.pages.manage import links
from gateway.pages.manage.period import CHOICES, chosen
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.get("/manage/complaints", "figures.read")
def complaints(visit: Visit) -> Outcome:
    """Each number leads to its list."""
    period = chosen(visit)
    found = visit.services.intake.get_complaint_figures(period.days.first, period.days.last)
    within = period.within("received")

    def listed(**more: object) -> str:
        return links.requests(kind="complaint", **within, **more)

    waiting = links.requests(kind="complaint", state="ready", attention=True)
    shown: Json = {"found": found, "listed": listed, "waiting": waiting}
    return visit.show("manage/complaints.html", chosen=period, choices=CHOICES, **shown)
