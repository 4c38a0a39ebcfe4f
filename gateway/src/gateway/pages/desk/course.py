"""The course of one request through its process: the steps of its last round with their states."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.clients import Json
from gateway.pages.labels import _, label
from gateway.pages.process_picture import CHECKERS, Box, Picture, draw
from gateway.pages.words import Words

TO_CHECK = _("To check: %(who)s")


def picture(words: Words, orders: Sequence[Json]) -> Picture | None:
    """None for a process of one step: its order says it all."""
    steps = last_round(orders)
    if len(steps) < 2:
        return None
    return draw([_box(words, order) for order in steps])


def last_round(orders: Sequence[Json]) -> list[Json]:
    """Its steps, each once: an order that another took over is not drawn."""
    last = max((order.get("round") or 1 for order in orders), default=1)
    live = [o for o in orders if (o.get("round") or 1) == last and not o.get("replaced_by")]
    return list({order["step"]: order for order in live if order.get("step")}.values())


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
