"""The ledger of charges: booking the differences, and reading it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from intake.domain.charges import Amounts, Line, differences, reason_for
from intake.domain.requests import Request
from intake.storage import pages
from intake.storage.charge_tables import charges
from intake.storage.pages import Rows
from intake.storage.relation_tables import budgets, people
from intake.storage.tables import requests

_c, _r, _b = charges.c, requests.c, budgets.c
LINE = (_c.cost_centre, _c.what, _c.product_id, _c.version, _c.order_number)
_counted = sa.alias(people, "counted")
# Whom it was for, under the name that they have now.
_whom = sa.func.coalesce(_r.requested_for_id, _r.requester_id)
_name = (
    sa.select(_counted.c.name)
    .join(people, people.c.root_id == _counted.c.person_id)
    .where(people.c.person_id == _whom)
    .scalar_subquery()
)
_said = sa.func.coalesce(_r.requested_for["name"].astext, _r.requester["name"].astext)
_CENTRE = _b.name.label("cost_centre_name")
_SHOWN = sa.select(
    *charges.c, _r.reference, _r.readers.is_not(None).label("confidential"), _CENTRE,
    sa.func.coalesce(_name, _said).label("person"),
).select_from(
    charges.join(requests, _r.request_id == _c.request_id).outerjoin(budgets, _b.key == _c.cost_centre)
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Months as "2026-11", both included. `centres`: keys; None for all."""

    first: str | None = None
    last: str | None = None
    centres: Sequence[str] | None = None
    of: tuple[sa.ColumnElement[bool], ...] = field(init=False)

    def __post_init__(self) -> None:
        bounds = (
            (self.first, _c.month.__ge__),
            (self.last, _c.month.__le__),
            (self.centres, _c.cost_centre.in_),
        )
        found = tuple(condition(value) for value, condition in bounds if value is not None)
        object.__setattr__(self, "of", found)


class Charges:
    def __init__(self, connection: sa.Connection, new_id: Callable[[], UUID]) -> None:
        self._connection = connection
        self._new_id = new_id

    def keep(self, request: Request, due: Amounts, at: datetime, month: Callable[[], str]) -> None:
        """What the ledger lacks of this, or has too much, is booked. The request is locked, and is saved
        after.
        """
        booked, first_month = self._booked(request) if request.charges else ({}, None)
        found, reason = differences(due, booked), reason_for(due, booked)
        if not found:
            return
        this = month()
        rows = [
            {
                "charge_id": self._new_id(),
                "request_id": request.request_id,
                "number": request.charges + position,
                "cost_centre": line.cost_centre,
                "what": line.what,
                "reason": reason,
                "product_id": UUID(line.product_id),
                "version": line.version,
                "order_number": line.order_number,
                "amount_cents": cents,
                "booked_at": at,
                "month": this,
                "first_month": first_month or this,
            }
            for position, (line, cents) in enumerate(found, start=1)
        ]
        self._connection.execute(sa.insert(charges), rows)
        request.charges += len(rows)

    def _booked(self, request: Request) -> tuple[dict[Line, int], str | None]:
        """What the ledger has of it, and since which month."""
        rows = self._connection.execute(
            sa.select(*LINE, sa.func.sum(_c.amount_cents), sa.func.min(_c.first_month))
            .where(_c.request_id == request.request_id)
            .group_by(*LINE)
        ).all()
        amounts = {
            Line(centre, what, str(product_id), version, order): int(cents)
            for centre, what, product_id, version, order, cents, _ in rows
        }
        return amounts, min((row[-1] for row in rows), default=None)

    # --- reading -------------------------------------------------------------------------------------------

    def of_request(self, request_id: UUID) -> Rows:
        """What it comes to, per cost centre and line; what was booked back is not there."""
        total = sa.func.sum(_c.amount_cents)
        wanted = (
            sa.select(*LINE, _CENTRE, total.label("amount_cents"))
            .select_from(charges.outerjoin(budgets, _b.key == _c.cost_centre))
            .where(_c.request_id == request_id)
            .group_by(*LINE, _b.name)
            .having(total != 0)
            .order_by(_c.cost_centre, _c.what, _c.order_number)
        )
        return self._connection.execute(wanted).all()

    def page(self, wanted: Wanted, cursor: str | None, limit: int) -> tuple[Rows, str | None]:
        """Newest first."""
        keys = [_c.month, _c.booked_at, _c.charge_id]
        return pages.page(self._connection, _SHOWN.where(*wanted.of), keys, cursor, limit, descending=True)

    def totals(self, wanted: Wanted, cursor: str | None, limit: int) -> tuple[Rows, str | None]:
        """Per cost centre and month."""
        added = (
            sa.select(_c.cost_centre, _c.month, *_SUMS)
            .where(*wanted.of)
            .group_by(_c.cost_centre, _c.month)
            .subquery("added")
        )
        named = sa.select(added, _CENTRE).select_from(added.outerjoin(budgets, _b.key == added.c.cost_centre))
        keys: list[Any] = [added.c.cost_centre, added.c.month]
        return pages.page(self._connection, named, keys, cursor, limit)

    def total(self, wanted: Wanted) -> Any:
        """Of all of it."""
        return self._connection.execute(sa.select(*_SUMS).where(*wanted.of)).one()


_SUMS = (
    sa.func.coalesce(sa.func.sum(_c.amount_cents), 0).label("amount_cents"),
    sa.func.count(sa.distinct(_c.request_id)).label("requests"),
    # Of which were booked in an earlier month first.
    sa.func.coalesce(sa.func.sum(_c.amount_cents).filter(_c.first_month < _c.month), 0).label(
        "differences_cents"
    ),
)
