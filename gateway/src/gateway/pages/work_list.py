"""The orders of one provider as its people look at them: by urgency, and within that by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.pages.labels import _
from gateway.pages.moments import Moments

Order = dict[str, Any]
PRIORITIES = ("P1", "P2", "P3", "P4")


@dataclass(frozen=True)
class Urgency:
    """One heading of the work list."""

    name: str
    word: str
    icon: str
    tone: str = "neutral"


LATE = Urgency("late", _("Late"), "alert", "bad")
TODAY = Urgency("today", _("Today"), "clock", "warn")
UNPLANNED = Urgency("unplanned", _("Not planned yet"), "calendar", "info")
LATER = Urgency("later", _("Later"), "calendar")
STOP = Urgency("stop", _("To be stopped"), "hourglass", "wait")
WAITING = Urgency("waiting", _("Not your turn yet"), "dots")
IN_ORDER = (STOP, LATE, TODAY, UNPLANNED, LATER, WAITING)

# What stands in the list of somebody who has work to do. The rest of what is open waits for the desk.
IN_HAND = frozenset(
    {"prepared", "issued", "accepted", "scheduled", "in_progress", "paused", "cancellation_requested"}
)


@dataclass
class Section:
    """The orders under one heading; those that are shown by building."""

    urgency: Urgency
    orders: list[Order] = field(default_factory=list)
    places: dict[str, list[Order]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.orders)

    @property
    def left_out(self) -> int:
        return self.count - sum(len(orders) for orders in self.places.values())


def sections(orders: Iterable[Order], moments: Moments, most: int) -> list[Section]:
    """Only headings that have something under them, the most urgent first; `most` orders in all are shown."""
    found = {urgency.name: Section(urgency) for urgency in IN_ORDER}
    for order in sorted(orders, key=_most_urgent_first):
        found[urgency_of(order, moments).name].orders.append(order)
    for section in found.values():
        shown, most = section.orders[:most], max(0, most - section.count)
        for order in shown:
            section.places.setdefault(building(order), []).append(order)
        section.places = dict(sorted(section.places.items()))
    return [section for section in found.values() if section.count]


def urgency_of(order: Order, moments: Moments) -> Urgency:
    if order["state"] == "cancellation_requested":
        return STOP
    if order["state"] == "prepared":
        return WAITING
    if moments.is_past(order.get("due_at")):
        return LATE
    days = [moments.local(order.get(name)) for name in ("planned_from", "due_at")]
    if any(day and day.date() <= moments.today for day in days):
        return TODAY
    return LATER if order.get("planned_from") else UNPLANNED


def building(order: Order) -> str:
    """The first part of the path; empty when nobody said where."""
    path = str((order.get("location") or {}).get("path") or "")
    return path.partition(" / ")[0]


def matching(orders: Iterable[Order], place: str | None, state: str | None) -> list[Order]:
    return [
        order
        for order in orders
        if (not place or building(order) == place) and (not state or order["state"] == state)
    ]


def _most_urgent_first(order: Order) -> tuple[str, str, str]:
    """By the moment that counts, then by priority, then by number."""
    moment = order.get("planned_from") or order.get("due_at") or "9999"
    return str(moment)[:16], str(order.get("priority") or "P9"), str(order["number"])


# What happened to an order, as its executor reads it.
STORY: Mapping[str, tuple[str, str, str]] = {
    "issue": (_("given out"), "send", "info"),
    "begin_early": (_("given out before its turn"), "send", "info"),
    "accept": (_("accepted"), "thumb-up", "info"),
    "refuse": (_("refused"), "thumb-down", "bad"),
    "schedule": (_("planned"), "calendar", "info"),
    "propose": (_("proposed moments"), "calendar", "wait"),
    "confirm_appointment": (_("chose a moment"), "check", "good"),
    "ask_another": (_("asked for other moments"), "undo", "warn"),
    "start": (_("begun"), "play", "info"),
    "pause": (_("interrupted"), "pause", "wait"),
    "resume": (_("went on"), "play", "info"),
    "tick_stop": (_("answered a stop"), "check", "neutral"),
    "complete": (_("reported as done"), "check", "good"),
    "check": (_("found in order"), "double-check", "good"),
    "fail": (_("found not in order; new work follows"), "cross", "bad"),
    "close": (_("closed administratively"), "archive", "neutral"),
    "accept_cost": (_("accepted the cost"), "check", "good"),
    "set_limit": (_("set what it may cost"), "scale", "neutral"),
    "ask_extra": (_("asked for more than it may cost"), "plus", "wait"),
    "grant_extra": (_("agreed to the extra work"), "check", "good"),
    "refuse_extra": (_("did not agree to the extra work"), "cross", "bad"),
    "extra_to_desk": (_("the desk decides about the extra work"), "scale", "neutral"),
    "dispute_cost": (_("disputed the cost"), "scale", "warn"),
    "cancel": (_("cancelled"), "cross", "neutral"),
    "confirm_cancellation": (_("stopped"), "check", "neutral"),
    "not_carried_out": (_("not carried out"), "cross", "bad"),
    "reroute": (_("given to another"), "route", "neutral"),
    "take": (_("took it"), "hand", "good"),
    "give_back": (_("gave it back to the team"), "undo", "neutral"),
    "assign": (_("handed it to"), "people", "info"),
    "hand_over": (_("handed it to another team"), "route", "neutral"),
    "come_back": (_("it came back to the team"), "undo", "warn"),
    "deliver": (_("arrived"), "check", "info"),
    "delivery_failed": (_("could not be delivered"), "alert", "bad"),
    "redeliver": (_("sent again"), "send", "info"),
    "remind": (_("a reminder was sent"), "bell", "warn"),
    "suspect_no_show": (_("nobody came, as far as we know"), "clock", "bad"),
    "escalate": (_("nothing was heard"), "phone", "bad"),
    "dismiss": (_("wrote down how it stands"), "speech", "neutral"),
}
