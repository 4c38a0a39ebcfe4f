"""Work orders as a calendar (RFC 5545): what is planned and still to be done.

Of the customer it says less than the work list: no names, no telephone numbers, for it lies in programs that
are not ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event

from gateway.pages.words import Words

Order = dict[str, Any]
# A cancelled order leaves, also before its executor has said so; so does one that is done.
STILL_TO_DO = frozenset({"prepared", "issued", "accepted", "scheduled", "in_progress", "paused"})
PRODUCT = "-//Servicedesk//Work orders//EN"
# How soon a calendar program may ask again.
REFRESH = "PT15M"


def feed(orders: Iterable[Order], name: str, zone: str, words: Words) -> bytes:
    """The same orders give the same bytes, so that their digest says whether something changed.

    Moments are in UTC; `zone` is the one to show them in, for programs that ask the calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("x-published-ttl", REFRESH)
    for order in sorted(filter(_is_shown, orders), key=lambda each: str(each["work_order_id"])):
        calendar.add_component(_event(order, words))
    written: bytes = calendar.to_ical()
    return written


def _is_shown(order: Order) -> bool:
    return order["state"] in STILL_TO_DO and bool(order.get("planned_from"))


def _event(order: Order, words: Words) -> Event:
    changed = _moment(order.get("updated_at") or order["created_at"])
    event = Event()
    event.add("uid", f"{order['work_order_id']}@servicedesk")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", order["version"])
    event.add("dtstart", _moment(order["planned_from"]))
    if order.get("planned_until"):
        event.add("dtend", _moment(order["planned_until"]))
    event.add("summary", f"{words.of(order['title'])} ({order['number']})")
    event.add("status", "CONFIRMED")
    if place := _place(order):
        event.add("location", place)
    if about := "\n".join(filter(None, (order.get("priority"), order.get("summary")))):
        event.add("description", about)
    return event


def _place(order: Order) -> str:
    location = order.get("location") or {}
    return str(location.get("path") or location.get("name") or "")


def _moment(value: Any) -> datetime:
    """A calendar counts in whole seconds."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.astimezone(UTC).replace(microsecond=0)
