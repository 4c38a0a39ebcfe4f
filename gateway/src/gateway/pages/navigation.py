"""The places in the house that a visitor may go to."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.pages.labels import _
from gateway.pages.visit import Visit


@dataclass(frozen=True)
class Place:
    """`key` is the single key behind `g` that goes there."""

    path: str
    word: str
    icon: str
    permission: str
    here: bool = False
    key: str = ""


# For those who work here. `requests.read_all` and the like are those of the page itself.
WORK = (
    Place("/desk", _("Desk"), "inbox", "requests.triage", key="d"),
    Place("/desk/new", _("New call"), "phone", "requests.direct", key="n"),
    Place("/desk/incidents", _("Major incidents"), "people", "requests.triage", key="x"),
    Place("/desk/repair", _("Repair list"), "bandage", "failures.read", key="r"),
    Place("/team", _("My work"), "wrench", "work_orders.act", key="t"),
    Place("/manage", _("Dashboard"), "chart", "figures.read", key="m"),
    Place("/manage/products", _("Products"), "box", "catalog.drafts", key="p"),
    Place("/manage/articles", _("Articles"), "speech", "catalog.publish", key="a"),
    Place("/manage/wishes", _("Wishes"), "star", "catalog.drafts", key="y"),
    Place("/manage/complaints", _("Complaints"), "frown", "contracts.write", key="k"),
    Place("/manage/priorities", _("How pressing"), "scale", "priorities.write", key="i"),
    Place("/manage/plans", _("Planned work"), "calendar", "plans.read", key="b"),
    Place("/manage/routing", _("Who gets what"), "route", "routing.write", key="w"),
)
SITE = (
    Place("/", _("Home"), "home", "", key="h"),
    Place("/requests", _("My requests"), "list", "requests.read", key="q"),
)
SUPPLIER = (Place("/supplier", _("My orders"), "wrench", "work_orders.act", key="t"),)
TEAM_ONLY = frozenset({"/team"})


def navigation(visit: Visit) -> list[Place]:
    places: tuple[Place, ...]
    if "supplier" in visit.actor.roles:
        places = SUPPLIER
    elif is_staff(visit):
        places = tuple(place for place in WORK if place.path not in TEAM_ONLY or "team" in visit.actor.roles)
        places += (Place("/requests", _("My requests"), "list", "requests.read", key="q"),)
    else:
        places = SITE
    path = visit.path.partition("?")[0]
    allowed = [place for place in places if not place.permission or visit.can(place.permission)]
    here = max((place.path for place in allowed if _within(path, place.path)), key=len, default="")
    return [Place(p.path, p.word, p.icon, p.permission, p.path == here, p.key) for p in allowed]


def is_staff(visit: Visit) -> bool:
    """Somebody who works with requests of others."""
    return visit.can("requests.read_all") or visit.can("work_orders.act")


def _within(path: str, place: str) -> bool:
    return path == place or (place != "/" and path.startswith(place + "/"))
