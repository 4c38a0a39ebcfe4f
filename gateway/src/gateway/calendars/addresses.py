"""The secret address of a person's calendar: made, made anew, withdrawn, and read by a calendar program.

Calendar programs can't sign in; the address is the key. Only its digest is kept, so it is shown once.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from servicekit.actor import Actor
from servicekit.errors import Conflict, NotFound
from servicekit.paging import MAX_LIMIT

from gateway.calendars.feed import feed
from gateway.clients import Caller, Json, Services
from gateway.pages.words import words
from gateway.storage.accounts import token_hash
from servicekit import logs

if TYPE_CHECKING:
    from gateway.house import House

# A team that has more in hand than this sees the oldest.
MOST_PAGES = 10
TEAM, MINE = "team", "mine"  # whose work it is
log = logs.logger("calendars")


def path_of(secret: str) -> str:
    return f"/v1/calendars/{secret}.ics"


def make(house: House, actor: Actor, whose: str = TEAM) -> Json:
    """{"path", "made_at"}. The address of before stops working. Raises Conflict for who is in no team."""
    if not actor.provider_id:
        raise Conflict(
            "no_team", "Your account belongs to no team, so there is no work to put in a calendar."
        )
    secret = secrets.token_urlsafe(32)
    with house.work() as work:
        made_at = work.calendar_addresses.put(actor.id, whose, token_hash(secret))
    log.info("a calendar address was made", account=actor.id)
    return {"path": path_of(secret), "made_at": made_at}


def made_at(house: House, actor: Actor, whose: str = TEAM) -> datetime | None:
    """When this person's address was made; None when there is none."""
    with house.work() as work:
        return work.calendar_addresses.made_at(actor.id, whose)


def withdraw(house: House, actor: Actor, whose: str = TEAM) -> None:
    """Withdrawing what is not there is no mistake: it is gone."""
    with house.work() as work:
        work.calendar_addresses.remove(actor.id, whose)
    log.info("a calendar address was withdrawn", account=actor.id)


def read(house: House, secret: str, correlation_id: str) -> bytes:
    """The calendar behind an address. Raises NotFound for one that is not, or no longer, good."""
    with house.work() as work:
        found = work.calendar_addresses.holder_of(token_hash(secret))
    holder, whose = found or (None, TEAM)
    if holder is None or not holder.provider_id or not holder.can("calendar.own"):
        raise NotFound(
            "no_such_calendar", "This address is not (any more) that of a calendar. Make a new one."
        )
    services = Services(Caller(house.transport, holder, correlation_id))
    orders = _open_orders(services, holder.provider_id, holder.id if whose == MINE else None)
    team = next((order["provider"]["name"] for order in orders), holder.name)
    return feed(orders, holder.name if whose == MINE else team, house.settings.zone, words(holder.language))


def _open_orders(services: Services, provider_id: str, assignee: str | None) -> list[Json]:
    found: list[Json] = []
    wanted: dict[str, Any] = {"provider_id": provider_id, "open": True, "oldest_first": True}
    if assignee:
        wanted["assignee"] = assignee
    for _ in range(MOST_PAGES):
        page = services.dispatch.list_work_orders(limit=MAX_LIMIT, **wanted)
        found += page["items"]
        if not page.get("next_cursor"):
            break
        wanted["cursor"] = page["next_cursor"]
    return found
