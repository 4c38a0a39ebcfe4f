"""What people chose for a request, beside what was proposed to them: to learn from, and to count."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from servicekit.worktime.period import Period
from sqlalchemy.dialects.postgresql import insert

from intake.storage.tables import choices

# By what was chosen: its list in `proposed`, and the column of the choice.
LISTS = {"kind": "kinds", "product": "product_ids", "location": "location_ids"}
COLUMNS = {"kind": choices.c.kind, "product": choices.c.product_id, "location": choices.c.location_id}


class Choices:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, choice: dict[str, Any]) -> None:
        self._connection.execute(insert(choices).values(choice))

    def accepted(self, period: Period) -> dict[str, dict[str, int]]:
        """By what was proposed: how often it was, how often nothing was chosen after all, and how often the
        first or one of the others was chosen. A later choice for the same request counts by itself.
        """
        counts = [count.label(f"{what}_{name}") for what in LISTS for name, count in _counts(what).items()]
        query = sa.select(*counts).where(
            choices.c.at >= period.start, choices.c.at < period.end, choices.c.proposed.is_not(None)
        )
        row = self._connection.execute(query).mappings().one()
        return {what: {name: row[f"{what}_{name}"] for name in _counts(what)} for what in LISTS}


def _counts(what: str) -> dict[str, sa.ColumnElement[int]]:
    proposed, chosen = choices.c.proposed[LISTS[what]], sa.cast(COLUMNS[what], sa.Text)
    shown = sa.func.jsonb_array_length(proposed) > 0
    one_of_them = proposed.has_key(chosen)
    first = proposed[0].astext == chosen
    return {
        "proposed": _count(shown),
        "first": _count(sa.and_(shown, first)),
        "other": _count(sa.and_(shown, one_of_them, sa.not_(first))),
        "none": _count(sa.and_(shown, chosen.is_(None))),
    }


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count().filter(condition)
