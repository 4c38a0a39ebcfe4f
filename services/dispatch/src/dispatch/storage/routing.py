"""Routing rules, and what they look at: what providers can take on, and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert

from dispatch.domain.profiles import Absence, Candidate, Need, Profile
from dispatch.domain.routing import Market
from dispatch.domain.routing_rules import Condition, Otherwise, Rule, place_ids
from dispatch.domain.windows import Window
from dispatch.domain.work_order_states import IN_HAND
from dispatch.storage.delivery_tables import supplier_access
from dispatch.storage.providers import COLUMNS as PROVIDER_COLUMNS
from dispatch.storage.providers import to_provider
from dispatch.storage.rosters import AWAY, PEOPLE
from dispatch.storage.tables import places, provider_profiles, providers, routing_rules, work_orders

_RULES = sa.select(routing_rules).order_by(routing_rules.c.position, routing_rules.c.rule_id)
_active = sa.select(routing_rules).where(routing_rules.c.active).subquery("active_rules")
_row = sa.func.to_jsonb(sa.literal_column("active_rules"))
# All rules that are on as one value, for a statement that reads something else: null when there are none.
ACTIVE_RULES = (
    sa.select(sa.type_coerce(sa.func.jsonb_agg(_row), JSONB)).select_from(_active).scalar_subquery()
)
_PROFILE = [column for column in provider_profiles.c if column.name != "provider_id"]
# Only of who has a capacity: those have few in hand, and the others may have thousands.
_IN_HAND = (
    sa.select(sa.func.count())
    .where(
        work_orders.c.provider_id == providers.c.provider_id,
        work_orders.c.open,
        work_orders.c.state.in_(sorted(IN_HAND)),
    )
    .correlate(providers)
    .scalar_subquery()
)
_MARKET = sa.select(
    *PROVIDER_COLUMNS,
    *_PROFILE,
    supplier_access.c.revoked_at,
    sa.case((provider_profiles.c.capacity.is_not(None), _IN_HAND), else_=0).label("in_hand"),
    PEOPLE.label("people"),
    AWAY.label("away"),
).select_from(
    providers.outerjoin(provider_profiles, provider_profiles.c.provider_id == providers.c.provider_id)
    .outerjoin(supplier_access, supplier_access.c.provider_id == providers.c.provider_id)
)  # fmt: skip
_SOME = _MARKET.where(providers.c.slug.in_(sa.bindparam("slugs", expanding=True)))
_PATHS = sa.select(places.c.location_id, places.c.path).where(
    places.c.location_id.in_(sa.bindparam("wanted", expanding=True))
)
_NAMED = sa.select(places.c.path).where(places.c.path.in_(sa.bindparam("paths", expanding=True)))
_NEW_PLACE = insert(places)
_HEAR_PLACES = _NEW_PLACE.on_conflict_do_update(
    index_elements=[places.c.location_id],
    set_={"path": _NEW_PLACE.excluded.path, "heard_at": _NEW_PLACE.excluded.heard_at},
    where=places.c.heard_at <= _NEW_PLACE.excluded.heard_at,
)
# Any fixed number: two who put rules in order at once must not both take the same place.
ORDERING = 7_268_302_403


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class Routing:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def rules(self) -> list[Rule]:
        """All of them, from top to bottom."""
        return [to_rule(row._mapping) for row in self._connection.execute(_RULES)]

    def rules_to_change(self) -> list[Rule]:
        """Others who change rules wait until this transaction ends."""
        self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ORDERING)))
        return self.rules()

    def save(self, rule: Rule) -> None:
        values = _to_row(rule)
        statement = insert(routing_rules).values(values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[routing_rules.c.rule_id], set_=values)
        )

    def put_in_order(self, rule_ids: Sequence[UUID]) -> None:
        for position, rule_id in enumerate(rule_ids, start=1):
            self._connection.execute(
                sa.update(routing_rules).where(routing_rules.c.rule_id == rule_id).values(position=position)
            )

    def delete(self, rule_id: UUID) -> None:
        self._connection.execute(sa.delete(routing_rules).where(routing_rules.c.rule_id == rule_id))

    def market(self, rules: Sequence[Rule], at: datetime, slugs: Iterable[str] | None = None) -> Market:
        """Everybody as they are `at` that moment, or only those with `slugs`; and the places that they and
        the rules name.
        """
        if slugs is None:
            rows = self._connection.execute(_MARKET, {"at": at}).all()
        else:
            rows = self._connection.execute(_SOME, {"at": at, "slugs": sorted(set(slugs))}).all()
        named = place_ids(rules) | {place for row in rows for place in row.places or ()}
        paths = self.paths(named)
        return Market({row.slug: _to_candidate(row, paths) for row in rows}, paths)

    def paths(self, location_ids: Iterable[str]) -> dict[str, str]:
        """By location id; those that are not known, or no ids at all, are missing."""
        wanted = [known for one in sorted(location_ids) if (known := _as_id(one))]
        if not wanted:
            return {}
        found = self._connection.execute(_PATHS, {"wanted": wanted})
        return {str(row.location_id): row.path for row in found}

    def known_paths(self, wanted: Iterable[str]) -> set[str]:
        """Those of `wanted` that are the path of a place."""
        paths = sorted(wanted)
        return set(self._connection.execute(_NAMED, {"paths": paths}).scalars()) if paths else set()

    def hear_places(self, heard: Sequence[tuple[UUID, str]], at: datetime) -> None:
        """An older word than the last that was heard of a place changes nothing."""
        if heard:
            rows = [{"location_id": place, "path": path, "heard_at": at} for place, path in heard]
            self._connection.execute(_HEAR_PLACES, rows)

    def save_profile(self, provider_id: UUID, profile: Profile, at: datetime, by: str) -> None:
        values = {
            "skills": list(profile.skills),
            "places": [str(place) for place in profile.places],
            "hours": [window.as_dict() for window in profile.hours],
            "capacity": profile.capacity,
            "absences": [absence.as_dict() for absence in profile.absences],
            "patience": profile.patience,
            "emails": list(profile.emails),
            "language": profile.language,
            "version": profile.version,
            "updated_at": at,
            "updated_by": by,
        }
        statement = insert(provider_profiles).values(provider_id=provider_id, **values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[provider_profiles.c.provider_id], set_=values)
        )

    def lock_provider(self, provider_id: UUID) -> bool:
        """Whether there is such a provider; its profile is then this transaction's to change."""
        statement = sa.select(providers.c.slug).where(providers.c.provider_id == provider_id)
        return self._connection.execute(statement.with_for_update()).first() is not None


def rules_of(rows: list[dict[str, Any]] | None) -> list[Rule]:
    """From ACTIVE_RULES."""
    found = [to_rule(row) for row in rows or ()]
    return sorted(found, key=lambda rule: (rule.position, str(rule.rule_id)))


def to_rule(row: Any) -> Rule:
    """What this version cannot read is kept as it is, and said so: it must not look like no condition."""
    try:
        conditions = tuple(Condition.from_dict(one) for one in row["conditions"])
        needs = tuple(Need(need) for need in row["needs"])
        otherwise, unreadable = Otherwise(row["otherwise"]), False
    except (KeyError, ValueError, TypeError):
        conditions, needs, otherwise, unreadable = (), (), Otherwise.TRIAGE, True
    rule_id, updated_at = row["rule_id"], row["updated_at"]
    return Rule(
        rule_id=rule_id if isinstance(rule_id, UUID) else UUID(rule_id),
        name=row["name"],
        conditions=conditions,
        providers=tuple(row["providers"]),
        skill=row["skill"],
        needs=needs,
        otherwise=otherwise,
        active=row["active"],
        position=row["position"],
        version=row["version"],
        note=row["note"],
        updated_by=row["updated_by"],
        updated_at=updated_at if isinstance(updated_at, datetime) else datetime.fromisoformat(updated_at),
        unreadable=unreadable,
    )


def _to_row(rule: Rule) -> dict[str, Any]:
    return {
        "rule_id": rule.rule_id,
        "position": rule.position,
        "name": rule.name,
        "active": rule.active,
        "conditions": [condition.as_dict() for condition in rule.conditions],
        "providers": list(rule.providers),
        "skill": rule.skill,
        "needs": [need.value for need in rule.needs],
        "otherwise": rule.otherwise,
        "note": rule.note,
        "version": rule.version,
        "updated_at": rule.updated_at,
        "updated_by": rule.updated_by,
    }


def _to_candidate(row: Any, paths: dict[str, str]) -> Candidate:
    profile = _to_profile(row) if row.version is not None else Profile()
    known = tuple(paths[str(place)] for place in profile.places if str(place) in paths)
    gone = row.revoked_at is not None
    return Candidate(to_provider(row), profile, known, row.in_hand, gone, row.people, row.away)


def _to_profile(row: Any) -> Profile:
    return Profile(
        skills=tuple(row.skills),
        places=tuple(UUID(place) for place in row.places),
        hours=tuple(Window.from_dict(window) for window in row.hours),
        capacity=row.capacity,
        absences=tuple(Absence.from_dict(absence) for absence in row.absences),
        patience=row.patience,
        emails=tuple(row.emails),
        language=row.language,
        version=row.version,
    )
