"""Search in both languages at once, and pages by keyset."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from servicekit import paging

CONFIGURATIONS = ("dutch", "english")
# Ranks as whole numbers, because a cursor must compare exactly.
RANK_STEPS = 1_000_000
LEAST_LETTERS = 2
LEAST_BEGINNING = 3  # letters; `wc` and `tv` are words, and the beginning of too many others
# That something is wrong, or wanted, and not what: they stand in reports of everything.
TELLING_NOTHING = frozenset(
    (
        *("doet", "werkt", "gaat", "kapot", "stuk", "graag", "wil", "willen", "nodig", "help"),
        *("does", "work", "works", "working", "broken", "please", "want", "need"),
    )
)


@dataclass(frozen=True)
class Page:
    """`next_cursor` is None on the last page."""

    rows: Sequence[sa.RowMapping]
    next_cursor: str | None

    def to_dict(self, item: Callable[[Mapping[Any, Any]], dict[str, Any]]) -> dict[str, Any]:
        return {"items": [item(row) for row in self.rows], "next_cursor": self.next_cursor}


def matching(words: str, match: str = "all") -> sa.ColumnElement[Any] | None:
    """A tsquery over words, or the beginnings of words, in the forms of either language: all of them, or
    any of those that mean something. None without words.
    """
    parts = re.findall(r"\w+", words)
    if not parts:
        return None
    prefixes = " & ".join(f"{part}:*" for part in parts) if match == "all" else _telling(parts)
    dutch, english = (
        sa.func.to_tsquery(sa.literal_column(f"'{configuration}'::regconfig"), prefixes)
        for configuration in CONFIGURATIONS
    )
    return dutch.op("||")(english)


def _telling(parts: Sequence[str]) -> sa.ScalarSelect[Any]:
    """Those that neither language takes for a filler: `mijn` would be found in English texts, and `my` in
    Dutch ones. Nothing is found when none is left.
    """
    words = [part for part in parts if len(part) >= LEAST_LETTERS]
    telling = [word for word in words if word.casefold() not in TELLING_NOTHING]
    word = sa.func.unnest(sa.cast(telling or words, ARRAY(sa.Text)), type_=sa.Text).column_valued("word")
    means = [
        sa.func.to_tsvector(sa.literal_column(f"'{configuration}'::regconfig"), word)
        != sa.literal_column("''::tsvector")
        for configuration in CONFIGURATIONS
    ]
    beginning = sa.case((sa.func.length(word) >= LEAST_BEGINNING, ":*"), else_="")
    joined = sa.func.string_agg(word + beginning, sa.literal_column("' | '"))
    return sa.select(joined).where(*means).scalar_subquery()


def page(
    connection: sa.Connection,
    query: sa.Select[Any],
    table: sa.Table,
    q: str | None,
    match: str,
    cursor: str | None,
    limit: int,
) -> Page:
    """With words the best match comes first, otherwise by slug. `query` selects from `table`."""
    wanted = matching(q, match) if q else None
    rank: sa.ColumnElement[Any] = sa.literal(0)
    if wanted is not None:
        rank = -sa.cast(sa.func.ts_rank(table.c.words, wanted) * RANK_STEPS, sa.Integer)
        query = query.where(table.c.words.op("@@")(wanted))
    if cursor:
        query = query.where(sa.tuple_(rank, table.c.slug) > sa.tuple_(*_position(cursor)))
    query = query.add_columns(rank.label("rank")).order_by("rank", table.c.slug).limit(limit + 1)
    rows = connection.execute(query).mappings().all()
    if len(rows) <= limit:
        return Page(rows, None)
    last = rows[limit - 1]
    return Page(rows[:limit], paging.encode([last["rank"], last["slug"]]))


def _position(cursor: str) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    position = paging.decode(cursor)
    if len(position) != 2 or not isinstance(position[0], int) or not isinstance(position[1], str):
        paging.decode("!")  # raises the same Invalid as any other cursor that is not ours
    return sa.literal(position[0]), sa.literal(position[1])
