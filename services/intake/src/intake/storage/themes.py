"""Themes of wishes, and the wishes under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from intake.domain.requests import Request
from intake.domain.wishes import Theme, ThemeState
from intake.storage import rows
from intake.storage.gathering_tables import themes
from intake.storage.request_lists import SUMMARY
from intake.storage.tables import requests

_r, _t = requests.c, themes.c
_SAVED = ("name", "state", "version", "reason", "decided_at", "decided_by")
MOST, MOST_WORDS, MOST_WISHES = 200, 20, 200
COUNT = sa.select(sa.func.count()).where(_r.theme_id == _t.theme_id).scalar_subquery()
OPEN = (
    sa.select(sa.func.count())
    .where(_r.theme_id == _t.theme_id, _r.state != sa.literal_column("'closed'"))
    .scalar_subquery()
)
# Until when its open wishes were promised a decision: the first.
DECIDE_BY = (
    sa.select(sa.func.min(_r.resolve_by))
    .where(_r.theme_id == _t.theme_id, _r.state != sa.literal_column("'closed'"))
    .scalar_subquery()
)


class Themes:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, theme: Theme) -> None:
        row = {"theme_id": theme.theme_id, "made_at": theme.made_at, **_row(theme)}
        self._connection.execute(sa.insert(themes).values(row))

    def find(self, theme_id: UUID, lock: bool = False) -> Theme | None:
        """With `lock` others who want to change it, or file a wish under it, wait. Lock it before wishes."""
        wanted = sa.select(themes).where(_t.theme_id == theme_id)
        row = self._connection.execute(wanted.with_for_update() if lock else wanted).first()
        return _theme(row) if row else None

    def save(self, theme: Theme) -> None:
        self._connection.execute(sa.update(themes).where(_t.theme_id == theme.theme_id).values(_row(theme)))

    def all(self, state: str | None) -> Sequence[Any]:
        """The most wished for first, with how many wishes there are and how many wait for an answer."""
        wanted = sa.select(themes, COUNT.label("count"), OPEN.label("open"), DECIDE_BY.label("decide_by"))
        if state:
            wanted = wanted.where(_t.state == state)
        ordered = wanted.order_by(sa.desc("count"), _t.made_at.desc()).limit(MOST)
        return self._connection.execute(ordered).all()

    def undecided(self) -> list[Theme]:
        """With the words of their newest wishes."""
        newest = (
            sa.select(_r.text)
            .where(_r.theme_id == _t.theme_id)
            .order_by(_r.received_at.desc())
            .limit(MOST_WORDS)
            .subquery()
        )
        words = sa.select(sa.func.array_agg(newest.c.text)).scalar_subquery()
        wanted = sa.select(themes, words.label("texts")).where(_t.state.in_(["open", "later"])).limit(MOST)
        found = []
        for row in self._connection.execute(wanted):
            theme = _theme(row)
            theme.words = list(row.texts or [])
            found.append(theme)
        return found

    def wishes(self, theme_id: UUID) -> list[Request]:
        """Those that wait for an answer; locked by their ids."""
        open_ = _r.state != sa.literal_column("'closed'")
        wanted = sa.select(requests).where(_r.theme_id == theme_id, open_).order_by(_r.request_id)
        found = self._connection.execute(wanted.with_for_update()).mappings()
        return [rows.to_request(dict(row)) for row in found]

    def lines(self, theme_id: UUID) -> Sequence[Any]:
        wanted = sa.select(*SUMMARY).where(_r.theme_id == theme_id)
        return self._connection.execute(wanted.order_by(_r.received_at.desc()).limit(MOST_WISHES)).all()

    def wished_by(self, person_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        """Theme -> their own wish under it."""
        mine = sa.select(_r.theme_id, _r.request_id).where(
            _r.requester_id.in_(person_ids), _r.theme_id.is_not(None)
        )
        return {row.theme_id: row.request_id for row in self._connection.execute(mine)}


def _row(theme: Theme) -> dict[str, Any]:
    return {name: getattr(theme, name) for name in _SAVED}


def _theme(row: Any) -> Theme:
    values = {name: getattr(row, name) for name in ("theme_id", "made_at", *_SAVED)}
    return Theme(**{**values, "state": ThemeState(row.state)})
