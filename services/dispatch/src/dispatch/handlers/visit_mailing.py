"""What who has no program hears of its visits by mail: which orders go together, when and where. Once for a
visit, and not once for each of its orders.

Suppliers with the portal hear it, and teams that have a mail address: their people read the work list, but
who of them drives by with one lamp must know of the other five.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from dispatch.domain import visits
from dispatch.domain.confidence import SEALED, title_for_others
from dispatch.domain.providers import Kind, Means, Provider
from dispatch.domain.visits import Visit
from dispatch.handlers.parties import EXECUTOR_ROLES
from dispatch.storage.reading import Row
from dispatch.storage.unit_of_work import DispatchWork

PLANNED, CHANGED, MOVED, APART = "planned", "changed", "moved", "apart"
View = dict[str, Any]


def mail(
    work: DispatchWork,
    visit_id: UUID,
    news: str,
    joined: Sequence[UUID] = (),
    left: Sequence[UUID] = (),
) -> None:
    """`joined`, `left`: the orders that came or went. Who has nothing left to go along with hears that the
    visit is off.
    """
    visit = work.visits.find(visit_id)
    assert visit is not None
    if not _hears(work, visit.provider):
        return
    to, language = work.providers.emails(visit.provider.provider_id)
    inside = work.visits.orders([visit_id])[visit_id]
    rows = work.reading.orders_by_id([*inside, *left])
    together = _in_order([rows[each] for each in inside])
    gone = _in_order([rows[each] for each in left])
    if to and (together or gone):
        told = _told(work, visit, APART if not together else news, together, gone)
        numbers = [rows[each].order.number for each in inside if each in set(joined)]
        work.publish("visit_told", {**told, "to": to, "language": language, "joined": numbers})


def _hears(work: DispatchWork, provider: Provider) -> bool:
    """What a supplier did itself is no news to it; of a team one says it and all must know."""
    if provider.kind is Kind.TEAM:
        return True
    return provider.delivery is Means.PORTAL and not work.actor.has_role(*EXECUTOR_ROLES)


def _told(work: DispatchWork, visit: Visit, news: str, together: Sequence[Row], left: Sequence[Row]) -> View:
    lead = min(together or left, key=lambda row: bool(row.request.get(SEALED))).order
    links = work.order_links.of(lead.work_order_id)
    return {
        "visit_id": visit.visit_id,
        "told_id": work.new_id(),
        "news": news,
        "provider": visit.provider.as_fact(),
        "note": visit.note,
        "location": visits.place_of([_path(row) for row in together]),
        "planned_from": visits.moment_of([row.order.planned_from for row in together]),
        "orders": [_order(row) for row in together],
        "left": [_named(row) for row in left],
        "link": {"work_order_id": lead.work_order_id, "serial": links.serial},
        "at": work.now,
    }


def _order(row: Row) -> View:
    order, title = row.order, title_for_others(row.order, row.request)
    more = {"title": title, "location": _path(row), "planned_from": order.planned_from}
    return {**_named(row), **more}


def _named(row: Row) -> View:
    """All that is told of what left: it may have left because it became confidential."""
    return {name: getattr(row.order, name) for name in ("work_order_id", "request_id", "number")}


def _path(row: Row) -> str | None:
    return (row.request.get("location") or {}).get("path")


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.order.number)
