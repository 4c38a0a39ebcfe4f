"""Lists of requests: filters, words, and pages by keyset. One statement over one table, without
exact counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from intake.domain.references import spoken_number
from intake.storage import pages
from intake.storage.confidence import open_to
from intake.storage.pages import Rows
from intake.storage.relation_tables import locations
from intake.storage.tables import REQUEST_WORDS, requests

_r = requests.c
SUMMARY = (
    _r.request_id, _r.reference, _r.version, _r.state, _r.resolution, _r.kind, _r.standard, _r.channel,
    _r.priority, _r.summary, _r.requester, _r.location, _r.product, _r.respond_by, _r.resolve_by,
    _r.received_at, _r.updated_at, _r.waiting, _r.attention, _r.promised_at,
    _r.danger, _r.object, _r.asset, _r.requested_for,
    _r.sealed, _r.readers, _r.next_until, _r.next_what,
)  # fmt: skip
# So many hand-overs from one to another, or more, are counted as one.
MANY_HAND_OFFS = 3
OPEN = _r.state != sa.literal_column("'closed'")
MAX_NUMBER = 2**62


@dataclass(frozen=True)
class Sort:
    column: sa.Column[datetime]
    descending: bool


SORTS: Mapping[str, Sort] = {
    "-received_at": Sort(_r.received_at, descending=True),
    "promise": Sort(_r.promised_at, descending=False),
}


def page(
    connection: sa.Connection, wanted: Mapping[str, Any], sort: str, cursor: str | None, limit: int
) -> tuple[Rows, str | None]:
    """`wanted`: filters by name, None = any. Answers the rows and the cursor of the next page."""
    by = SORTS[sort]
    query = sa.select(*SUMMARY).where(*_conditions(wanted))
    return pages.page(connection, query, [by.column, _r.request_id], cursor, limit, by.descending)


def counts(connection: sa.Connection, lists: Mapping[str, Mapping[str, Any]], most: int) -> dict[str, int]:
    """How many there are of each, counted no further than `most`: beyond that nobody needs to know, and
    counting takes as long as there are rows. One statement for all.
    """
    columns = [
        sa.select(sa.func.count())
        .select_from(sa.select(_r.request_id).where(*_conditions(wanted)).limit(most).subquery())
        .scalar_subquery()
        .label(name)
        for name, wanted in lists.items()
    ]
    return dict(connection.execute(sa.select(*columns)).mappings().one()) if columns else {}


def _conditions(wanted: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    return [FILTERS[name](value) for name, value in wanted.items() if value is not None and value != ""]


def _is(column: sa.Column[Any]) -> Any:
    return lambda value: column == value


def _has(column: sa.Column[Any]) -> Any:
    return lambda value: column.is_not(None) if value else column.is_(None)


def _of_people(ids: Sequence[UUID]) -> sa.ColumnElement[bool]:
    """Reported by one of these, or for one. By id, so that each way reads an index of its own."""
    own = sa.select(_r.request_id)
    return _r.request_id.in_(
        sa.union_all(own.where(_r.requester_id.in_(ids)), own.where(_r.requested_for_id.in_(ids)))
    )


def _within(location_id: UUID) -> sa.ColumnElement[bool]:
    """There, or in a place inside it."""
    inside = (
        sa.select(locations.c.location_id, locations.c.key)
        .where(locations.c.location_id == location_id)
        .cte("inside", recursive=True)
    )
    inside = inside.union_all(
        sa.select(locations.c.location_id, locations.c.key).where(locations.c.parent_key == inside.c.key)
    )
    return _r.location_id.in_(sa.select(inside.c.location_id))


def _matching(text: str) -> sa.ColumnElement[bool]:
    """By reference when it reads like one, by the key of an import, or by words in either language."""
    number = spoken_number(text)
    if number is not None:
        return _r.number == number
    asked = sa.func.websearch_to_tsquery(sa.literal_column("'dutch'::regconfig"), text).op("||")(
        sa.func.websearch_to_tsquery(sa.literal_column("'english'::regconfig"), text)
    )
    words = sa.literal_column(f"({REQUEST_WORDS})").op("@@")(asked)
    found = sa.or_(words, sa.and_(_r.external_key == text, _r.external_key.is_not(None)))
    if text.isascii() and text.isdigit() and int(text) < MAX_NUMBER:
        found = sa.or_(found, _r.number == int(text))
    return found


FILTERS: Mapping[str, Any] = {
    "state": _is(_r.state),
    "kind": _is(_r.kind),
    # All ids of one person.
    "requester_id": _of_people,
    "customer_id": _is(_r.customer_id),
    "location_id": _within,
    "product_id": _is(_r.product_id),
    "asset_id": _is(_r.asset_id),
    "priority": _is(_r.priority),
    "channel": _is(_r.channel),
    "promised_before": lambda at: _r.promised_at < at,
    "received_from": lambda at: _r.received_at >= at,
    "received_before": lambda at: _r.received_at < at,
    "closed_from": lambda at: _r.closed_at >= at,
    "closed_before": lambda at: _r.closed_at < at,
    "resolution": _is(_r.resolution),
    "standard": _is(_r.standard),
    "planned": _is(_r.planned),
    "reopened": lambda value: _r.reopen_count > 0 if value else _r.reopen_count == 0,
    "imported": _has(_r.external_key),
    "in_time": _is(_r.in_time),
    "hand_offs": lambda count: (
        _r.reassignment_count >= count if count >= MANY_HAND_OFFS else _r.reassignment_count == count
    ),
    "attention": _has(_r.attention),
    "waiting": _has(_r.waiting),
    "danger": _has(_r.danger),
    # Answered, so without any work order; a wish that was granted was not helped yet.
    "first_contact": lambda value: (
        sa.and_(_r.resolution == "answered", _r.kind != "wish")
        if value
        else sa.or_(_r.resolution != "answered", _r.kind == "wish")
    ),
    "complained_provider_id": _is(_r.complained_provider_id),
    "corrected": lambda value: _r.corrections > 0 if value else _r.corrections == 0,
    # Not confidential, or open to this person.
    "open_to": lambda ids: open_to(*ids),
    "cancelled_late": _has(_r.cancelled_late),
    "open": lambda value: OPEN if value else sa.not_(OPEN),
    "q": lambda value: _matching(value.strip()),
}
