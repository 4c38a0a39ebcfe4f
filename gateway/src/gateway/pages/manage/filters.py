"""Which filters a list has, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gateway.clients import Json
from gateway.pages.labels import _, label, request_label
from gateway.pages.names import CLOCKS
from gateway.pages.visit import Visit

STANDINGS = {
    "late": _("the deadline has passed"),
    "near": _("nearly due"),
    "fine": _("on course"),
    "paused": _("paused"),
}
# What yes and no mean.
FLAGS: Mapping[str, tuple[str, str]] = {
    "open": (_("open"), _("no longer open")),
    "attention": (_("needs attention"), _("needs no attention")),
    "waiting": (_("waiting"), _("not waiting")),
    "standard": (_("standard"), _("not standard")),
    "planned": (_("made by a plan"), _("not made by a plan")),
    "corrected": (_("corrected"), _("never corrected")),
    "reopened": (_("reopened"), _("never reopened")),
    "imported": (_("imported"), _("reported here")),
    "in_time": (_("in time"), _("too late")),
    "breached": (_("too late"), _("in time")),
    "late": (_("past their plan"), _("within their plan")),
    "refused": (_("refused at some time"), _("never refused")),
    "completed": (_("completed"), _("not completed")),
    "first_contact": (_("answered at first contact"), _("not answered at first contact")),
    "cancelled_late": (_("cancelled too late"), _("not cancelled too late")),
    "danger": (_("danger"), _("no danger")),
    "at_once": (_("right at once"), _("had to be done over")),
}
MOMENTS: Mapping[str, str] = {
    "received_from": _("received from %(moment)s"),
    "received_before": _("received before %(moment)s"),
    "closed_from": _("closed from %(moment)s"),
    "closed_before": _("closed before %(moment)s"),
    "promised_before": _("promised before %(moment)s"),
    "due_before": _("due before %(moment)s"),
    "judged_from": _("decided from %(moment)s"),
    "judged_before": _("decided before %(moment)s"),
    "stopped_from": _("ended from %(moment)s"),
    "stopped_before": _("ended before %(moment)s"),
    "until_from": _("promised for %(moment)s or later"),
    "until_before": _("promised for before %(moment)s"),
    "made_from": _("promised from %(moment)s"),
    "made_before": _("promised before %(moment)s"),
    "issued_from": _("issued from %(moment)s"),
    "issued_before": _("issued before %(moment)s"),
}
WHATS = {"word": _("They hear from us"), "result": _("It is done")}
SILENT = frozenset({"cursor", "limit", "sort"})

Say = Callable[[Visit, Any, list[Json]], str]


def described(visit: Visit, wanted: Mapping[str, Any], items: list[Json]) -> list[str]:
    """One phrase per filter, in the order of the address. Names of what has an id are taken from the rows."""
    return [_phrase(visit, name, value, items) for name, value in wanted.items() if name not in SILENT]


def _phrase(visit: Visit, name: str, value: Any, items: list[Json]) -> str:
    if name in FLAGS:
        return visit.words(FLAGS[name][0 if value else 1])
    if name in MOMENTS:
        return visit.words(MOMENTS[name], moment=visit.moments.exact(value))
    say = OTHERS.get(name)
    return say(visit, value, items) if say else str(value)


def _labelled(table: str) -> Say:
    def say(visit: Visit, value: Any, _items: list[Json]) -> str:
        found = label(table, value)
        return visit.words(found.word)

    return say


def _state(visit: Visit, value: Any, items: list[Json]) -> str:
    """Requests, clocks and work orders have states of their own; the rows say of which this is."""
    if items and "made_by" in items[0]:
        return _labelled("promise")(visit, value, items)
    if items and "clock" in items[0]:
        return _labelled("clock")(visit, value, items)
    if items and "work_order_id" in items[0]:
        return _labelled("order")(visit, value, items)
    return visit.words(request_label(value, None).word)


def _named(key: str) -> Say:
    def say(visit: Visit, _value: Any, items: list[Json]) -> str:
        named = next((item[key] for item in items if item.get(key)), None)
        return visit.words.of(named["name"]) if named else visit.words("chosen by number")

    return say


def _hand_offs(visit: Visit, value: Any, _items: list[Json]) -> str:
    if value == 0:
        return visit.words("not handed over")
    if value >= 3:
        return visit.words("handed over three times or more")
    return visit.words.many("handed over once", "handed over %(count)s times", value)


OTHERS: Mapping[str, Say] = {
    "state": _state,
    "kind": _labelled("kind"),
    "priority": _labelled("priority"),
    "channel": _labelled("channel"),
    "delivery": _labelled("delivery"),
    "resolution": lambda visit, value, _items: visit.words(request_label("closed", value).word),
    "team": lambda visit, value, _items: visit.words(_("the desk")) if value == "-" else str(value),
    "what": lambda visit, value, _items: visit.words(WHATS[value]),
    "clock": lambda visit, value, _items: visit.words(CLOCKS.get(value, value)),
    "standing": lambda visit, value, _items: visit.words(STANDINGS[value]),
    "product_id": _named("product"),
    "requester_id": _named("requester"),
    "location_id": _named("location"),
    "provider_id": _named("provider"),
    "hand_offs": _hand_offs,
    "complained_provider_id": lambda visit, _value, _items: visit.words("about one team or supplier"),
}
