"""The list of a team of our own: whose, in which order, and as a way round with how far each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from servicekit.errors import Invalid

from gateway.api.schemas.teams import WorkListQuery
from gateway.clients import Json
from gateway.live import topics
from gateway.pages import forms
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.own_orders import IN_ORDER_OF_LIFE, SHOWN, Side
from gateway.pages.visit import Visit
from gateway.pages.work_list import matching, sections

WHOSE = (
    ("mine", _("Mine"), "person"),
    ("nobody", _("Nobody's"), "hand"),
    ("team", _("The team's"), "people"),
)
ORDERS = (
    ("urgency", _("By urgency"), "clock"),
    ("place", _("By place"), "pin"),
    ("round", _("As a round"), "route"),
)
# The parts of a way round: their words, and how they look.
PARTS: Mapping[str, tuple[str, str, str]] = {
    "at_time": (_("Agreed for today or before"), "calendar", "info"),
    "round": (_("The round"), "route", "house"),
    "paused": (_("Interrupted"), "pause", "wait"),
    "later": (_("Another day"), "calendar", "neutral"),
    "waiting": (_("Not your turn yet"), "dots", "neutral"),
}
LEGS: Mapping[str, str] = {
    "same_room": _("the same room"),
    "same_floor": _("the same floor"),
    "same_building": _("another floor"),
    "other_building": _("another building"),
    "unknown": _("place not given"),
}
PRESSING: Mapping[str, tuple[str, str]] = {
    "begun": (_("somebody is at it"), "info"),
    "danger": (_("danger"), "bad"),
    "late": (_("late"), "bad"),
    "today": (_("promised for today"), "warn"),
}
ASKED = ("whose", "order", "person", "place")


@dataclass(frozen=True)
class Group:
    """Orders under one heading; `round` numbers them and says how far each is."""

    name: str
    word: str
    icon: str
    tone: str
    orders: Sequence[Json]
    round: bool = False


def show(visit: Visit, side: Side) -> Outcome:
    """The list as it is asked for in the address."""
    asked = _asked(visit)
    found = visit.services.dispatch.get_work_list(**asked)
    state = visit.query.text("state")
    items = matching(found["items"], None, state)
    provider_id = str(visit.actor.provider_id)
    visit.follow(topics.provider(provider_id))
    by = found["order"]
    return visit.show(
        "crew/work_list.html",
        side=side,
        found=found,
        asked={name: asked.get(name, "") for name in ASKED},
        state=state or "",
        count=len(items),
        sections=sections(items, visit.moments, SHOWN) if by == "urgency" else [],
        groups=_by_floor(items) if by == "place" else _parts(items) if by == "round" else [],
        states=[name for name in IN_ORDER_OF_LIFE if any(one["state"] == name for one in found["items"])],
        members=visit.house.members.of(provider_id),
        whose=WHOSE,
        orders=ORDERS,
        legs=LEGS,
        pressing=PRESSING,
        topic=topics.provider(provider_id),
    )


def _asked(visit: Visit) -> dict[str, Any]:
    """What cannot be asked is asked without: an address that somebody kept shows the list all the same."""
    given = {name: text for name in ASKED if (text := visit.query.text(name))}
    try:
        return forms.load(WorkListQuery(), given)
    except Invalid as error:
        return {name: value for name, value in given.items() if name not in error.errors}


def _by_floor(items: Sequence[Json]) -> list[Group]:
    """As they come: place by place."""
    found: dict[str, list[Json]] = {}
    for order in items:
        path = str((order.get("location") or {}).get("path") or "")
        found.setdefault(" / ".join(path.split(" / ")[:2]), []).append(order)
    return [
        Group(f"place-{number}", place or _("Place not given"), "building", "neutral", orders)
        for number, (place, orders) in enumerate(found.items())
    ]


def _parts(items: Sequence[Json]) -> list[Group]:
    found = {part: [order for order in items if order["turn"]["part"] == part] for part in PARTS}
    return [
        Group(part, *PARTS[part], orders, round=part == "round") for part, orders in found.items() if orders
    ]
