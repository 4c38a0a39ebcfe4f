"""The places in the house that a visitor may go to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from gateway.pages.labels import _
from gateway.pages.visit import Visit


@dataclass(frozen=True)
class Place:
    """`key` is the single key behind `g` that goes there; `section` the word above it, none for what comes
    first.
    """

    path: str
    word: str
    icon: str
    permission: str
    here: bool = False
    key: str = ""
    section: str = ""


# For those who work here. `requests.read_all` and the like are those of the page itself.
WORKING = (
    Place("/desk", _("Desk"), "inbox", "requests.triage", key="d"),
    Place("/desk/new", _("New call"), "phone", "requests.direct", key="n"),
    Place("/desk/people", _("People"), "person", "relations.keep", key="e"),
    Place("/desk/counter", _("Counter"), "counter", "ledger.keep", key="l"),
    Place("/desk/incidents", _("Major incidents"), "people", "requests.triage", key="x"),
    Place("/desk/assets", _("Objects"), "gear", "requests.read_all", key="o"),
    Place("/desk/repair", _("Repair list"), "bandage", "failures.read", key="r"),
    Place("/team", _("My work"), "wrench", "work_orders.act", key="t"),
    Place("/team/week", _("Team week"), "calendar", "teams.read", key="v"),
)
STEERING = (
    Place("/manage", _("Dashboard"), "chart", "figures.read", key="m"),
    Place("/manage/complaints", _("Complaints"), "frown", "contracts.write", key="k"),
    Place("/manage/corrections", _("Corrections"), "bandage", "corrections.causes", key="c"),
    Place("/manage/wishes", _("Wishes"), "star", "catalog.drafts", key="y"),
    Place("/manage/repeats", _("What keeps coming back"), "undo", "repeats.decide", key="z"),
)
ARRANGING = (
    Place("/manage/products", _("Products"), "box", "catalog.drafts", key="p"),
    Place("/manage/articles", _("Articles"), "speech", "catalog.drafts", key="a"),
    Place("/manage/plans", _("Planned work"), "calendar", "plans.read", key="b"),
    Place("/manage/routing", _("Who gets what"), "route", "routing.write", key="w"),
    Place("/manage/priorities", _("How pressing"), "scale", "priorities.write", key="i"),
)
WORK = (
    *WORKING,
    *(replace(place, section=_("Steer")) for place in STEERING),
    *(replace(place, section=_("Arrange")) for place in ARRANGING),
)
SITE = (
    Place("/", _("Home"), "home", "", key="h"),
    Place("/requests", _("My requests"), "list", "requests.read", key="q"),
    Place("/counter", _("At the counter"), "counter", "ledger.own", key="f"),
)
SUPPLIER = (Place("/supplier", _("My orders"), "wrench", "work_orders.act", key="t"),)
TEAM_ONLY = frozenset({"/team", "/team/week"})


def navigation(visit: Visit) -> list[Place]:
    places: tuple[Place, ...]
    if "supplier" in visit.actor.roles:
        places = SUPPLIER
    elif is_staff(visit):
        of_team = visit.actor.has_role("team", "team_lead")
        places = tuple(place for place in WORK if of_team or place.path not in TEAM_ONLY)
        places += tuple(replace(place, section=_("Yourself")) for place in SITE[1:])
    else:
        places = SITE
    path = visit.path.partition("?")[0]
    allowed = [place for place in places if not place.permission or visit.can(place.permission)]
    here = max((place.path for place in allowed if _within(path, place.path)), key=len, default="")
    return [replace(place, here=place.path == here) for place in allowed]


def by_section(places: Iterable[Place]) -> list[tuple[str, list[Place]]]:
    """As they are shown: under their words, in their order."""
    return [(word, list(found)) for word, found in groupby(places, lambda place: place.section)]


def is_staff(visit: Visit) -> bool:
    """Somebody who works with requests of others."""
    return any(visit.can(each) for each in ("requests.read_all", "work_orders.act", "work_orders.assign"))


def _within(path: str, place: str) -> bool:
    return path == place or (place != "/" and path.startswith(place + "/"))
