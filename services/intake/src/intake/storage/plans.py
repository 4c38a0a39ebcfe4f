"""Plans and what became of their dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Stale

from intake.domain.locations import SEPARATOR
from intake.domain.plans import Closed, Day, Fate, Pattern, Plan, State
from intake.storage.mirror_tables import product_versions, products
from intake.storage.relation_tables import locations
from intake.storage.tables import AT, JSON, METADATA, requests

table = sa.Table(
    "plans",
    METADATA,
    sa.Column("plan_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("product_id", sa.Uuid, nullable=False),
    sa.Column("location_id", sa.Uuid),
    sa.Column("answers", JSON, nullable=False),
    sa.Column("stops", JSON, nullable=False, server_default="[]"),  # see domain/rounds.py
    sa.Column("provider", sa.Text),  # a slug of dispatch
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("closed", sa.Text, nullable=False),
    sa.Column("lead_days", sa.Integer, nullable=False),
    # Whose name is on the work: {"person_id", "name"}.
    sa.Column("keeper", JSON, nullable=False),
    sa.Column("dealt_until", sa.Date),
    sa.Column("look_on", sa.Date),
    sa.Column("replaces", sa.Uuid, sa.ForeignKey("plans.plan_id")),
    sa.Column("changed_at", AT, nullable=False),
    sa.Column("changed_by", JSON, nullable=False),
    sa.Column("reason", sa.Text),
)
LOOKED_AT = sa.and_(table.c.state == sa.literal_column("'active'"), table.c.look_on.is_not(None))
sa.Index("plans_look", table.c.look_on, postgresql_where=LOOKED_AT)

plan_days = sa.Table(
    "plan_days",
    METADATA,
    sa.Column("plan_id", sa.Uuid, sa.ForeignKey("plans.plan_id"), primary_key=True),
    sa.Column("rule_date", sa.Date, primary_key=True),
    sa.Column("work_on", sa.Date),
    sa.Column("fate", sa.Text, nullable=False),
    sa.Column("request_id", sa.Uuid),
    sa.Column("at", AT, nullable=False),
)

_OF_PATTERN = ("rule", "starts_on", "until", "closed", "lead_days")
_NAMED = (
    sa.select(table, locations.c.path, product_versions.c.content["name"].label("product_name"))
    .outerjoin(locations, locations.c.location_id == table.c.location_id)
    .outerjoin(products, products.c.product_id == table.c.product_id)
    .outerjoin(
        product_versions,
        sa.and_(
            product_versions.c.product_id == products.c.product_id,
            product_versions.c.version == products.c.version,
        ),
    )
)


class Plans:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self, state: str | None, most: int, location_id: UUID | None = None) -> Sequence[Any]:
        """Rows with the place's `path` and the product's name; those that run first, then by name.
        `location_id`: only those of this place, or of one that it lies in.
        """
        query = _NAMED.order_by(table.c.state, table.c.name, table.c.plan_id).limit(most)
        if location_id is not None:
            here = sa.select(locations.c.path).where(locations.c.location_id == location_id).scalar_subquery()
            around = sa.func.starts_with(here, locations.c.path + SEPARATOR)
            query = query.where(sa.or_(table.c.location_id == location_id, around))
        return self._connection.execute(query.where(table.c.state == state) if state else query).all()

    def one(self, plan_id: UUID) -> Any:
        return self._connection.execute(_NAMED.where(table.c.plan_id == plan_id)).first()

    def count(self) -> int:
        query = sa.select(sa.func.count()).select_from(table).where(table.c.state != State.ENDED.value)
        return int(self._connection.scalar(query) or 0)

    def days_of(self, plan_id: UUID, most: int) -> Sequence[Any]:
        """The newest first, with the request that was made."""
        query = (
            sa.select(plan_days, requests.c.reference, requests.c.state, requests.c.orders)
            .outerjoin(requests, requests.c.request_id == plan_days.c.request_id)
            .where(plan_days.c.plan_id == plan_id)
            .order_by(plan_days.c.rule_date.desc())
            .limit(most)
        )
        return self._connection.execute(query).all()

    def newest(self, plan_id: UUID) -> Plan | None:
        """What became of it by changes: itself, or the last plan that follows it. Locks it."""
        while following := self._connection.scalar(
            sa.select(table.c.plan_id).where(table.c.replaces == plan_id).limit(1)
        ):
            plan_id = following
        return self.lock(plan_id)

    def day_of(self, plan_id: UUID, rule_date: date) -> Any:
        query = sa.select(plan_days).where(plan_days.c.plan_id == plan_id, plan_days.c.rule_date == rule_date)
        return self._connection.execute(query).first()

    def made_after_all(self, plan_id: UUID, rule_date: date, request_id: UUID, at: datetime) -> None:
        said = {"fate": Fate.MADE.value, "request_id": request_id, "at": at}
        of_day = (plan_days.c.plan_id == plan_id, plan_days.c.rule_date == rule_date)
        self._connection.execute(sa.update(plan_days).where(*of_day).values(**said))

    def paths(self, location_ids: Sequence[UUID]) -> dict[UUID, str]:
        """Of the places that are known."""
        query = sa.select(locations.c.location_id, locations.c.path)
        found = self._connection.execute(query.where(locations.c.location_id.in_(location_ids)))
        return {row.location_id: row.path for row in found}

    def to_look_at(self, today: date, most: int) -> list[UUID]:
        query = sa.select(table.c.plan_id).where(LOOKED_AT, table.c.look_on <= today)
        return list(self._connection.scalars(query.order_by(table.c.look_on).limit(most)))

    def lock(self, plan_id: UUID) -> Plan | None:
        query = sa.select(table).where(table.c.plan_id == plan_id).with_for_update()
        row = self._connection.execute(query).first()
        return plan_of(row) if row else None

    def add(self, plan: Plan, said: dict[str, Any]) -> None:
        """`said`: look_on, replaces, changed_at, changed_by, reason."""
        kept = asdict(plan)
        self._connection.execute(sa.insert(table).values(**kept.pop("pattern"), **kept, **said))

    def change(self, plan: Plan, version: int, **said: Any) -> None:
        """Raises Stale when somebody was first."""
        changed = self._connection.execute(
            sa.update(table)
            .where(table.c.plan_id == plan.plan_id, table.c.version == version)
            .values(version=version + 1, **said)
        )
        if changed.rowcount != 1:
            raise Stale("stale", "Somebody else changed this plan. Look at it again.")

    def dealt(self, plan_id: UUID, until: date | None, look_on: date | None) -> None:
        said = {"dealt_until": until, "look_on": look_on}
        self._connection.execute(sa.update(table).where(table.c.plan_id == plan_id).values(**said))

    def keep_day(self, plan_id: UUID, day: Day, fate: Fate, request_id: UUID | None, at: datetime) -> None:
        """A second one for the same date is refused by the database, and its request with it."""
        said = {"rule_date": day.rule_date, "work_on": day.work_on, "fate": fate.value}
        self._connection.execute(
            sa.insert(plan_days).values(plan_id=plan_id, request_id=request_id, at=at, **said)
        )


def plan_of(row: Any) -> Plan:
    said = {name: getattr(row, name) for name in _OF_PATTERN}
    return Plan(
        row.plan_id, row.version, State(row.state), row.name, row.text, row.product_id, row.location_id,
        row.answers, Pattern(**{**said, "closed": Closed(row.closed)}), row.keeper, row.dealt_until,
        tuple(row.stops), row.provider,
    )  # fmt: skip
