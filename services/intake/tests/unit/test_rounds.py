"""The stops of a round, as a plan keeps them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from intake.domain.assets import Asset, AssetRef
from intake.domain.errors import Wrong
from intake.domain.rounds import checked as checked_stops
from intake.domain.rounds import counted
from intake.domain.values import Place
from intake.messages.plans import SavePlan
from intake.messages.shapes import read
from servicekit.errors import Invalid

HERE, LIFT = UUID(int=1), UUID(int=2)
PATHS = {HERE: "De Sluis / Keuken"}
SHAFT = Place(str(UUID(int=3)), "Schacht", "De Sluis / Schacht")
REF = AssetRef(str(LIFT), "LIFT-A", {"nl": "Lift A", "en": "Lift A"}, "lift")
EVERY_WEEK = {"rule": "FREQ=WEEKLY", "starts_on": "2026-12-01", "name": "Ronde", "text": "Loop de ronde.",
              "product_id": str(UUID(int=9))}  # fmt: skip


def stops(*given: dict[str, Any]) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = read(SavePlan, {**EVERY_WEEK, "stops": given})["stops"]
    return loaded


def test_a_place_is_kept_with_its_path_and_an_object_with_where_it_is() -> None:
    kept = checked_stops(
        stops({"title": "Keuken", "location_id": str(HERE)}, {"title": "Lift", "asset_id": str(LIFT)}),
        PATHS,
        {LIFT: Asset(REF, SHAFT)},
    )
    assert [each["location"]["path"] for each in kept] == ["De Sluis / Keuken", "De Sluis / Schacht"]
    assert kept[1]["asset"] == {"asset_id": str(LIFT), "code": "LIFT-A", "name": REF.name}


def test_points_and_stops_are_needed_unless_they_are_said_to_be_optional() -> None:
    (kept,) = checked_stops(
        stops({"title": "Hal", "points": [{"text": "Schoon?"}, {"text": "Bloemen?", "optional": True}]}),
        {},
        {},
    )
    assert (kept["optional"], [point["optional"] for point in kept["points"]]) == (False, [False, True])


def test_what_is_not_known_is_refused_at_its_own_stop() -> None:
    given = stops(
        {"title": "Hal"}, {"title": "Weg", "location_id": str(LIFT)}, {"title": "Oud", "asset_id": str(LIFT)}
    )
    with pytest.raises(Wrong) as refused:
        checked_stops(given, {}, {LIFT: Asset(REF, SHAFT, withdrawn=True)})
    assert list(refused.value.errors) == ["stops.1.location_id", "stops.2.asset_id"]


@pytest.mark.parametrize(
    ("stop", "field"),
    [
        ({}, "stops.0.title"),
        ({"title": "x", "points": ["los"]}, "stops.0.points.0"),
        ({"title": "x", "points": [{"text": ""}]}, "stops.0.points.0.text"),
        ({"title": "x", "points": [{"text": "p"}] * 21}, "stops.0.points"),
        ({"title": "x", "location_id": "hier"}, "stops.0.location_id"),
    ],
)
def test_what_is_no_stop_is_refused_where_it_stands(stop: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        stops(stop)
    assert field in refused.value.errors


def test_the_newest_order_says_how_far_a_round_is() -> None:
    first = {"number": "SD-26-000001-9", "stops": {"open": 4}}
    later = {"number": "SD-26-000001-10", "stops": {"open": 1}}
    assert counted([later, {"number": "SD-26-000001-11", "stops": None}, first]) == {"open": 1}
    assert counted([]) is None
