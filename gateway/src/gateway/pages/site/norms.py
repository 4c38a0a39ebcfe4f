"""The service norms: what everybody who reports something may count on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.manage.numbers import Numbers
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site import terms
from gateway.pages.site.visitors import if_there, public_services
from gateway.pages.visit import Visit
from gateway.pages.words import Words

pages = Pages()

CLOCKS = ("respond", "restore", "resolve")
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
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class Kept:
    """How often a deadline of this kind was met: `share` in words, `part` of 1."""

    clock: str
    share: str
    part: float
    of: str


@dataclass(frozen=True)
class Norms:
    lines: list[Norm]
    hours: list[tuple[str, str]]
    days: int


@pages.get("/norms", PUBLIC)
def norms(visit: Visit) -> Outcome:
    """How soon we answer and solve, as it is published, and how well that was kept."""
    return visit.show("site/norms.html", norms=norms_of(visit, kept=True))


def norms_of(visit: Visit, kept: bool = False) -> Norms | None:
    """None when they can't be told just now."""
    found = if_there(lambda: public_services(visit).monitoring.list_norms(kept))
    if found is None:
        return None
    words, hours = visit.words, found["opening_hours"]
    length = terms.day_length(hours)
    counts: list[Json] = found.get("kept") or []
    lines = [
        _norm(words, each, length, counts)
        for each in found["items"]
        if each["priority"] in MEANINGS and each["kind"] is None
    ]
    lines.sort(key=lambda line: line.priority)
    return Norms(lines, terms.opening_hours(words, hours), found.get("kept_days", 0))


def _norm(words: Words, level: Json, day_minutes: int, counts: list[Json]) -> Norm:
    name, meaning = map(words, MEANINGS[level["priority"]])
    respond, restore, resolve = (terms.term(words, level[clock], day_minutes) for clock in CLOCKS)
    kept = tuple(_kept(words.language, counts, level["priority"]))
    return Norm(level["priority"], name, meaning, respond, restore, resolve, kept)


def _kept(language: str, counts: list[Json], priority: str) -> Iterator[Kept]:
    """Nothing is said of what nothing was counted of."""
    numbers = Numbers(language)
    by_clock = {each["clock"]: each for each in counts if each["priority"] == priority}
    for clock in CLOCKS:
        each = by_clock.get(clock)
        if each and (total := each["met"] + each["late"]):
            share = numbers.share(each["met"], total)
            yield Kept(clock, share, each["met"] / total, numbers.count(total))
