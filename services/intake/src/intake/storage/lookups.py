"""Everything that receiving or triaging needs to know, asked in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.worktime import Calendar

from intake.domain.assets import Asset, AssetRef
from intake.domain.involved import CostCentre
from intake.domain.products import Product
from intake.domain.values import Place, Requester
from intake.storage.assets import table as assets
from intake.storage.mirror_tables import articles, calendars, products
from intake.storage.published import ANSWERS, LIVE, Published
from intake.storage.relation_tables import budgets, departments, locations, people
from intake.storage.tables import REQUEST_NUMBERS

ORGANISATION_CALENDAR = "organisation"
# Until monitoring has published a calendar: the hours of the desk, without holidays.
DESK_HOURS = [("07:30", "17:30")]
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")

_calendar = (
    sa.select(calendars.c.calendar_id)
    .order_by(
        (calendars.c.name == sa.literal_column(f"'{ORGANISATION_CALENDAR}'")).desc(),
        calendars.c.published_at,
        calendars.c.calendar_id,
    )
    .limit(1)
    .scalar_subquery()
)
_CALENDAR_COLUMNS = (calendars.c.calendar_id, calendars.c.version.label("calendar_version"))
_PRODUCT_COLUMNS = (products.c.product_id, products.c.version.label("product_version"))
_one = sa.select(sa.literal_column("1").label("one")).subquery("one")
_from_product = _one.outerjoin(calendars, calendars.c.calendar_id == _calendar).outerjoin(
    products, sa.and_(products.c.product_id == sa.bindparam("product_id", type_=sa.Uuid), LIVE)
)

_asset_place = locations.alias("asset_place")
# The id that was given; how to reach them is known of who counts for all who are the same.
_given = people.alias("given")
FOR_RECEIPT = sa.select(
    REQUEST_NUMBERS.next_value().label("number"),
    _given.c.person_id,
    people.c.name,
    people.c.email,
    people.c.phones,
    people.c.language,
    people.c.customer_id,
    departments.c.name.label("department"),
    departments.c.budget_id,
    budgets.c.key.label("budget_key"),
    budgets.c.name.label("budget_name"),
    locations.c.location_id,
    locations.c.name.label("location_name"),
    locations.c.path,
    articles.c.article_id,
    assets.c.asset_id,
    assets.c.code,
    assets.c.name.label("asset_name"),
    assets.c.kind.label("asset_kind"),
    assets.c.warranty_until,
    assets.c.supplier,
    assets.c.withdrawn,
    _asset_place.c.location_id.label("asset_location_id"),
    _asset_place.c.name.label("asset_location_name"),
    _asset_place.c.path.label("asset_path"),
    *_PRODUCT_COLUMNS,
    *_CALENDAR_COLUMNS,
).select_from(
    _from_product.outerjoin(_given, _given.c.person_id == sa.bindparam("requester_id", type_=sa.Uuid))
    .outerjoin(people, people.c.person_id == _given.c.root_id)
    .outerjoin(departments, departments.c.department_id == people.c.department_id)
    .outerjoin(budgets, budgets.c.budget_id == departments.c.budget_id)
    .outerjoin(locations, locations.c.location_id == sa.bindparam("location_id", type_=sa.Uuid))
    .outerjoin(articles, sa.and_(articles.c.article_id == sa.bindparam("article_id", type_=sa.Uuid), ANSWERS))
    .outerjoin(assets, assets.c.asset_id == sa.bindparam("asset_id", type_=sa.Uuid))
    .outerjoin(_asset_place, _asset_place.c.location_id == assets.c.location_id)
)
FOR_TRIAGE = sa.select(*_PRODUCT_COLUMNS, *_CALENDAR_COLUMNS).select_from(_from_product)
CALENDAR = sa.select(*_CALENDAR_COLUMNS).where(calendars.c.calendar_id == _calendar)
ARTICLE = sa.select(articles.c.article_id).where(articles.c.article_id == sa.bindparam("article_id"), ANSWERS)


@dataclass(frozen=True, slots=True)
class Found:
    """None for what does not exist, or was not asked for."""

    number: int
    requester: Requester | None
    customer_id: str | None
    budget_id: UUID | None
    location: Place | None
    article_id: UUID | None
    product: Product | None
    calendar: Calendar
    asset: Asset | None = None
    # What the requester's department is charged to.
    cost_centre: CostCentre | None = None


class Lookups:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._published = Published(connection)

    def for_receipt(
        self,
        requester_id: UUID | None,
        location_id: UUID | None,
        product_id: UUID | None,
        article_id: UUID | None,
        zone: str,
        asset_id: UUID | None = None,
    ) -> Found:
        """Also takes the next number. `product`: only when it is published now."""
        asked = {
            "requester_id": requester_id,
            "location_id": location_id,
            "product_id": product_id,
            "article_id": article_id,
            "asset_id": asset_id,
        }
        row = self._connection.execute(FOR_RECEIPT, asked).one()
        return Found(
            number=row.number,
            requester=_requester(row) if row.person_id else None,
            customer_id=str(row.customer_id) if row.customer_id else None,
            budget_id=row.budget_id,
            location=Place(str(row.location_id), row.location_name, row.path) if row.location_id else None,
            article_id=row.article_id,
            product=self._product(row),
            calendar=self._calendar(row, zone),
            asset=_asset(row) if row.asset_id else None,
            cost_centre=CostCentre(row.budget_key, row.budget_name) if row.budget_key else None,
        )

    def for_triage(self, product_id: UUID, zone: str) -> tuple[Product | None, Calendar]:
        row = self._connection.execute(FOR_TRIAGE, {"product_id": product_id}).one()
        return self._product(row), self._calendar(row, zone)

    def calendar(self, zone: str) -> Calendar:
        return self._calendar(self._connection.execute(CALENDAR).first(), zone)

    def has_article(self, article_id: UUID) -> bool:
        return self._connection.execute(ARTICLE, {"article_id": article_id}).first() is not None

    def article_body(self, article_id: UUID, language: str) -> str:
        """In this language when it has that; empty when there is no such article."""
        body = self._connection.scalar(sa.select(articles.c.body).where(articles.c.article_id == article_id))
        return str(body.get(language) or next(iter(body.values()))) if body else ""

    def next_number(self) -> int:
        return int(self._connection.scalar(REQUEST_NUMBERS))

    def _product(self, row: Any) -> Product | None:
        if row.product_id is None:
            return None
        return self._published.product(row.product_id, row.product_version)

    def _calendar(self, row: Any, zone: str) -> Calendar:
        if row is None or row.calendar_id is None:
            return _desk_calendar(zone)
        return self._published.calendar(row.calendar_id, row.calendar_version)


def _requester(row: Any) -> Requester:
    return Requester(
        person_id=str(row.person_id),
        name=row.name,
        email=row.email,
        phone=row.phones[0] if row.phones else None,
        language=row.language,
        department=row.department,
    )


def _asset(row: Any) -> Asset:
    ref = AssetRef.of(
        row.asset_id, row.code, row.asset_name, row.asset_kind, row.warranty_until, row.supplier
    )
    place = Place(str(row.asset_location_id), row.asset_location_name, row.asset_path)
    return Asset(ref, place, row.withdrawn)


@cache
def _desk_calendar(zone: str) -> Calendar:
    return Calendar.of(zone, dict.fromkeys(WORKDAYS, DESK_HOURS))
