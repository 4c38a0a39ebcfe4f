"""The first ten minutes: where a visitor is in them, and what has really happened since they began.

Where they are is kept in their browser; whether a step is done is read from the desk itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import eventlet
from servicekit.actor import Actor
from servicekit.errors import ServiceError

from gateway.clients import Caller, Json, Services, Transport

# Who looks for what happened; of what an operator may do, only the reading is used.
OBSERVER = Actor(kind="program", id="demo-tour", name="Demo", roles=frozenset({"operator"}))
# How dispatch calls an attempt that brought nothing.
NO_ANSWER = frozenset({"no_answer", "away", "garbage", "error", "busy", "gone", "not_set_up"})
LOOK_AT = 50
IN_DETAIL = 12
PAGES_OF_CLOCKS = 3


@dataclass(frozen=True)
class Place:
    """`began` on the demo's clock, `offset` how far it was moved then, `now` how many steps lay behind one
    when one last looked, `looked` whether the figures were opened.
    """

    began: datetime
    offset: int
    now: int = 0
    looked: bool = False

    def kept(self) -> str:
        return f"{int(self.began.timestamp())}.{self.offset}.{self.now}.{int(self.looked)}"

    def with_(self, **changed: Any) -> Place:
        return replace(self, **changed)


def place_from(kept: str) -> Place | None:
    """None for what is no place: nobody has begun, or somebody wrote something else there."""
    parts = kept.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 11 for part in parts):
        return None
    began, offset, now, looked = map(int, parts)
    return Place(datetime.fromtimestamp(began, UTC), offset, now, bool(looked))


@dataclass
class Seen:
    """What happened since the tour began."""

    place: Place
    offset: float
    requests: list[Json] = field(default_factory=list)
    orders: list[Json] = field(default_factory=list)
    breached: bool = False
    products: list[Json] = field(default_factory=list)


def look(transport: Transport, correlation_id: str, place: Place, offset: float) -> Seen:
    """What can't be read just now has not happened yet, as far as the tour is concerned."""
    services = Services(Caller(transport, OBSERVER, correlation_id))
    began = place.began.isoformat()
    asked = {
        "requests": lambda: services.intake.list_requests(received_from=began, limit=LOOK_AT)["items"],
        "orders": lambda: _orders(services, began),
        "breached": lambda: _is_breached(services, began),
        "products": lambda: [
            product
            for product in services.catalog.list_products(limit=100)["items"]
            if _since(product.get("published_at"), began)
        ],
    }
    found = {name: eventlet.spawn(_or_none, ask) for name, ask in asked.items()}
    known = {name: greenlet.wait() for name, greenlet in found.items()}
    return Seen(
        place,
        offset,
        requests=known["requests"] or [],
        orders=known["orders"] or [],
        breached=bool(known["breached"]),
        products=known["products"] or [],
    )


def _orders(services: Services, began: str) -> list[Json]:
    """Those that something happened to since then, the latest with all that happened."""
    listed = services.dispatch.list_work_orders(limit=LOOK_AT)["items"]
    touched = [order for order in listed if _since(order.get("updated_at") or order.get("created_at"), began)]
    pool = eventlet.GreenPool(4)

    def whole(order: Json) -> Json:
        return _or_none(lambda: services.dispatch.get_work_order(str(order["work_order_id"]))) or order

    return [*pool.imap(whole, touched[:IN_DETAIL]), *touched[IN_DETAIL:]]


def _is_breached(services: Services, began: str) -> bool:
    cursor: str | None = None
    for _page in range(PAGES_OF_CLOCKS):
        wanted: Json = {"breached": True, "limit": 100, **({"cursor": cursor} if cursor else {})}
        page = services.monitoring.list_clocks(**wanted)
        if any(_since(clock.get("breached_at"), began) for clock in page["items"]):
            return True
        cursor = page.get("next_cursor")
        if not cursor:
            break
    return False


def _since(moment: Any, began: str) -> bool:
    if not moment:
        return False
    at = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
    return at >= datetime.fromisoformat(began)


def _or_none(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except ServiceError:
        return None


# --- what has happened ------------------------------------------------------------------------------------


def actions_of(order: Json) -> list[Json]:
    return list(order.get("history") or [])


def by_hand(order: Json) -> bool:
    """Accepted by somebody, not by a supplier's program that answered at once: that is told before it can be
    delivered as received.
    """
    names = [line["action"] for line in actions_of(order)]
    accepted = [line for line in actions_of(order) if line["action"] == "accept"]
    if any(line["by"]["kind"] == "person" for line in accepted):
        return True
    return bool(accepted) and ("deliver" in names or order["delivery"]["state"] == "none")


def was_undeliverable(order: Json) -> bool:
    if order["delivery"].get("error") or order["delivery"]["state"] == "failed":
        return True
    failed = any(line["action"] == "delivery_failed" for line in actions_of(order))
    return failed or any(each.get("outcome") in NO_ANSWER for each in order.get("attempts") or [])


def was_repaired(order: Json) -> bool:
    """Failed first, and has arrived since: because somebody sent it again, or the desk itself did."""
    return was_undeliverable(order) and (
        order["delivery"]["state"] == "delivered" or order["state"] not in ("issued", "prepared")
    )


def was_completed_by_hand(order: Json) -> bool:
    return by_hand(order) and any(line["action"] == "complete" for line in actions_of(order))
