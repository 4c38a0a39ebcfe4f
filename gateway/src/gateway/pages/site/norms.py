"""The service norms: what everybody who reports something may count on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site import terms
from gateway.pages.site.visitors import if_there, public_services
from gateway.pages.visit import Visit

pages = Pages()

# What a priority means to whoever reports: a heading and an example.
MEANINGS: Mapping[str, tuple[str, str]] = {
    "P1": (_("Danger"), _("Somebody may get hurt, or there is great damage. Day and night.")),
    "P2": (_("Urgent"), _("You or your team can't go on with your work.")),
    "P3": (_("Normal"), _("It is a nuisance, but you can go on.")),
    "P4": (_("Planned"), _("It may wait for a moment that suits you and us.")),
}


@dataclass(frozen=True)
class Norm:
    """One line of the page; terms in words, empty where there is none."""

    priority: str
    name: str
    meaning: str
    respond: str
    restore: str
    resolve: str


@dataclass(frozen=True)
class Norms:
    lines: list[Norm]
    hours: list[tuple[str, str]]


@pages.get("/norms", PUBLIC)
def norms(visit: Visit) -> Outcome:
    """How soon we answer and solve, as it is published."""
    return visit.show("site/norms.html", norms=norms_of(visit))


def norms_of(visit: Visit) -> Norms | None:
    """None when they can't be told just now."""
    found = if_there(public_services(visit).monitoring.list_norms)
    if found is None:
        return None
    words, hours = visit.words, found["opening_hours"]
    length = terms.day_length(hours)
    lines = [
        Norm(
            each["priority"],
            *map(words, MEANINGS[each["priority"]]),
            *(terms.term(words, each[name], length) for name in ("respond", "restore", "resolve")),
        )
        for each in found["items"]
        if each["priority"] in MEANINGS and each["kind"] is None
    ]
    return Norms(sorted(lines, key=lambda line: line.priority), terms.opening_hours(words, hours))
