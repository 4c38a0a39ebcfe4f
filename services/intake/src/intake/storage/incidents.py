"""Major incidents and what is gathered under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from intake.domain.incidents import Incident, IncidentState
from intake.domain.requests import Request
from intake.storage import rows
from intake.storage.gathering_tables import incidents as table
from intake.storage.request_lists import SUMMARY
from intake.storage.tables import requests

_r = requests.c
_SAVED = ("title", "state", "version", "closed_at", "log")
MOST = 100


class Incidents:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, incident: Incident) -> None:
        made = {"incident_id": incident.incident_id, "opened_at": incident.opened_at}
        row = {**made, "opened_by": incident.opened_by, **_row(incident)}
        self._connection.execute(sa.insert(table).values(row))

    def find(self, incident_id: UUID, lock: bool = False) -> Incident | None:
        """With `lock` others who want to change it wait. Whoever locks it and requests locks it first."""
        wanted = sa.select(table).where(table.c.incident_id == incident_id)
        row = self._connection.execute(wanted.with_for_update() if lock else wanted).first()
        return _incident(row) if row else None

    def save(self, incident: Incident) -> None:
        which = table.c.incident_id == incident.incident_id
        self._connection.execute(sa.update(table).where(which).values(_row(incident)))

    def members(self, incident_id: UUID) -> list[Request]:
        """Locked, in the order in which whoever locks several locks them."""
        wanted = sa.select(requests).where(_r.incident_id == incident_id).order_by(_r.request_id)
        found = self._connection.execute(wanted.with_for_update()).mappings()
        return [rows.to_request(dict(row)) for row in found]

    def lines(self, incident_id: UUID) -> Sequence[Any]:
        """Its requests as rows of a list, with how many go along with each."""
        wanted = sa.select(*SUMMARY, _r.followers).where(_r.incident_id == incident_id)
        return self._connection.execute(wanted.order_by(_r.received_at, _r.request_id)).all()

    def all(self, state: str | None) -> Sequence[Any]:
        """The newest first, with how many are gathered."""
        count = sa.select(sa.func.count()).where(_r.incident_id == table.c.incident_id).scalar_subquery()
        wanted = sa.select(table, count.label("count")).order_by(table.c.opened_at.desc()).limit(MOST)
        if state:
            wanted = wanted.where(table.c.state == state)
        return self._connection.execute(wanted).all()


def _row(incident: Incident) -> dict[str, Any]:
    return {name: getattr(incident, name) for name in _SAVED}


def _incident(row: Any) -> Incident:
    values = {name: getattr(row, name) for name in ("incident_id", "opened_at", "opened_by", *_SAVED)}
    return Incident(**{**values, "state": IncidentState(row.state)})
