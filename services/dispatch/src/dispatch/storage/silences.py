"""Silences of providers: which orders to look at, by whose terms and which calendar, and what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.worktime import Calendar
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.silence import Of, Outcome, Step
from dispatch.storage.tables import calendars, processes, provider_profiles, silences, work_orders

ORGANISATION = "organisation"
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
DESK_HOURS = (("07:30", "17:30"),)

# Those that somebody is working on are looked at next time.
_DUE = (
    sa.select(work_orders.c.work_order_id, work_orders.c.provider_id, work_orders.c.silence)
    .add_columns(processes.c.request["priority"].astext.label("priority"))
    .join_from(work_orders, processes, processes.c.request_id == work_orders.c.request_id)
    .where(work_orders.c.look_at <= sa.bindparam("now"), work_orders.c.silence.is_not(None))
    .order_by(work_orders.c.look_at)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .with_for_update(skip_locked=True, of=work_orders)
)
_LOOK_AT = (
    sa.update(work_orders)
    .where(work_orders.c.work_order_id == sa.bindparam("of_order"))
    .values(look_at=sa.bindparam("then"))
)
_OWN_TERMS = sa.select(provider_profiles.c.provider_id, provider_profiles.c.patience)
_CALENDAR = sa.select(calendars.c.content).where(calendars.c.name == ORGANISATION)
_RUNNING = silences.c.ended_at.is_(None)
_COUNTS = (
    sa.select(silences.c.provider_id, silences.c.of, silences.c.outcome, sa.func.count().label("told"))
    .add_columns(sa.func.count(silences.c.escalated_at).label("escalated"))
    .where(silences.c.told_at >= sa.bindparam("since"))
    .group_by(silences.c.provider_id, silences.c.of, silences.c.outcome)
)


class Silences:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def due(self, now: datetime, most: int) -> list[Any]:
        """Rows with work_order_id, provider_id, silence and the priority of their request, locked; the most
        pressing first.
        """
        return list(self._connection.execute(_DUE, {"now": now, "most": most}))

    def look_at(self, moments: Mapping[UUID, datetime | None]) -> None:
        """When to look at these orders again."""
        rows = [{"of_order": order, "then": then} for order, then in moments.items()]
        if rows:
            self._connection.execute(_LOOK_AT, rows)

    def look_again(self, now: datetime, request_id: UUID | None = None) -> None:
        """At all, since terms or the calendar changed; or at those of one request, since that did."""
        those = [work_orders.c.request_id == request_id] if request_id else []
        waiting = sa.and_(work_orders.c.look_at.is_not(None), *those)
        self._connection.execute(sa.update(work_orders).where(waiting).values(look_at=now))

    def own_terms(self, provider_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        wanted = provider_profiles.c.provider_id.in_(provider_ids)
        return {row.provider_id: row.patience for row in self._connection.execute(_OWN_TERMS.where(wanted))}

    def calendar(self, zone: str) -> Calendar:
        """The organisation's; office hours until one is heard of."""
        content = self._connection.scalar(_CALENDAR)
        return (
            Calendar.from_dict(content) if content else Calendar.of(zone, dict.fromkeys(WORKDAYS, DESK_HOURS))
        )

    def keep_calendar(self, row: dict[str, Any]) -> bool:
        """False when a newer one was heard of before."""
        new = insert(calendars).values(row)
        changed = new.on_conflict_do_update(
            index_elements=[calendars.c.calendar_id],
            set_={name: new.excluded[name] for name in ("name", "version", "content")},
            where=calendars.c.version < new.excluded.version,
        )
        return self._connection.execute(changed.returning(calendars.c.version)).first() is not None

    def begun(self, row: Mapping[str, Any]) -> None:
        self._connection.execute(sa.insert(silences).values(**row))

    def escalated(self, work_order_id: UUID, at: datetime) -> None:
        self._change(work_order_id, escalated_at=at)

    def ended(self, work_order_id: UUID, outcome: Outcome, at: datetime) -> None:
        self._change(work_order_id, ended_at=at, outcome=outcome.value)

    def counts(self, since: datetime) -> dict[UUID, dict[str, int]]:
        """Per provider, of silences that somebody heard of from `since` on; those without any are missing."""
        found: dict[UUID, dict[str, int]] = {}
        for row in self._connection.execute(_COUNTS, {"since": since}):
            counted = found.setdefault(row.provider_id, dict.fromkeys(COUNTED, 0))
            no_show = row.of == Of.NO_SHOW
            counted["no_shows_suspected" if no_show else "reminded"] += row.told
            counted["escalated"] += 0 if no_show else row.escalated
            counted["no_shows_confirmed"] += row.told if row.outcome == Outcome.CONFIRMED else 0
            counted["no_shows_dismissed"] += row.told if no_show and row.outcome == Outcome.DISMISSED else 0
        return found

    def _change(self, work_order_id: UUID, **values: Any) -> None:
        running = sa.and_(silences.c.work_order_id == work_order_id, _RUNNING)
        self._connection.execute(sa.update(silences).where(running).values(**values))


COUNTED = ("reminded", "escalated", "no_shows_suspected", "no_shows_confirmed", "no_shows_dismissed")
ESCALATED = work_orders.c.silence["step"].astext == Step.ESCALATED.value
