"""The course of one request through its process: the steps of its last round with their states, and where it
left the regular process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.clients import Json
from gateway.pages.labels import _, label
from gateway.pages.process_picture import CHECKERS, Box, Picture, draw
from gateway.pages.words import Words

ANOTHER = _("‘%(step)s’ was given to %(who)s instead of %(other)s")
TO_CHECK = _("To check: %(who)s")
DROPPED = _("‘%(step)s’ was dropped")
# An order that a closed request left behind was not dropped by anybody.
WITH_THE_REQUEST = "request_"


@dataclass(frozen=True)
class Deviation:
    """What was done otherwise than the process says, and the reason that was given for it."""

    what: str
    reason: str | None


def picture(words: Words, orders: Sequence[Json]) -> Picture | None:
    """None for a process of one step: its order says it all."""
    steps = last_round(orders)
    if len(steps) < 2:
        return None
    return draw([_box(words, order) for order in steps])


def deviations(words: Words, orders: Sequence[Json]) -> list[Deviation]:
    """Of all rounds, in the order in which the work was given out."""
    by_id = {order["work_order_id"]: order for order in orders}
    found = []
    for order in orders:
        step = words.of(order["title"])
        earlier = by_id.get(order.get("replaces") or "")
        if earlier and earlier["provider"]["name"] != order["provider"]["name"]:
            who, other = order["provider"]["name"], earlier["provider"]["name"]
            what = words(ANOTHER, step=step, who=who, other=other)
            found.append(Deviation(what, order.get("remark") or earlier.get("reason")))
        if _was_dropped(order):
            found.append(Deviation(words(DROPPED, step=step), order.get("reason")))
    return found


def last_round(orders: Sequence[Json]) -> list[Json]:
    """Its steps, each once: an order that another took over is not drawn."""
    last = max((order.get("round") or 1 for order in orders), default=1)
    live = [o for o in orders if (o.get("round") or 1) == last and not o.get("replaced_by")]
    return list({order["step"]: order for order in live if order.get("step")}.values())


def _was_dropped(order: Json) -> bool:
    reason = order.get("reason") or ""
    gone = order["state"] in ("cancelled", "cancellation_requested") and not order.get("replaced_by")
    return gone and not reason.startswith(WITH_THE_REQUEST)


def _to_check(words: Words, order: Json) -> str | None:
    """Whose look it waits for."""
    if order["state"] != "technically_complete" or not order.get("check_required"):
        return None
    by = order.get("check_by") or "desk"
    return words(TO_CHECK, who=words(CHECKERS.get(by, by)))


def _box(words: Words, order: Json) -> Box:
    state = label("order", order["state"])
    return Box(
        order["step"],
        words.of(order["title"]),
        _to_check(words, order) or f"{words(state.word)}, {order['provider']['name']}",
        order.get("depends_on") or (),
        state.tone,
    )
