"""The stops of a round, as a plan keeps them and a request takes them along: what, where, what to look at.

A stop is a place, an object of the register, or only words. Several places of one plan are stops of one
order: who does the work goes past all of them (ADR 25).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from intake.domain.assets import Asset
from intake.domain.errors import Wrong

MOST_STOPS, MOST_POINTS = 100, 20
Stop = dict[str, Any]
UNKNOWN_PLACE = "This location is not known. Choose another, or none."
UNKNOWN_ASSET = "This object is not known, or not there any more. Choose another, or none."


def checked(given: list[Stop], paths: Mapping[UUID, str], assets: Mapping[UUID, Asset]) -> list[Stop]:
    """As they are kept: where an object is, is where its stop is. `paths` and `assets` are those that are
    known. Raises Wrong, at the field of each stop.
    """
    wrong = dict(_unknown(given, paths, assets))
    if wrong:
        raise Wrong("invalid", next(iter(wrong.values()))[0], wrong)
    return [
        {
            "title": stop["title"],
            "location": _place(stop, paths, assets),
            "asset": _asset(assets[stop["asset_id"]]) if stop["asset_id"] else None,
            "points": [dict(point) for point in stop["points"]],
            "optional": stop["optional"],
        }
        for stop in given
    ]


def counted(orders: Iterable[Mapping[str, Any]]) -> dict[str, int] | None:
    """How far a round is, of its newest order that has stops; None when it has none (yet)."""
    found = [order for order in orders if order.get("stops")]
    return max(found, key=_age)["stops"] if found else None


def _age(order: Mapping[str, Any]) -> tuple[int, str]:
    """Their numbers count on: of two of one request the longer, else the later, is the newer."""
    return len(order["number"]), order["number"]


def _unknown(
    given: list[Stop], paths: Mapping[UUID, str], assets: Mapping[UUID, Asset]
) -> Iterable[tuple[str, list[str]]]:
    for index, stop in enumerate(given):
        asset = assets.get(stop["asset_id"])
        if stop["asset_id"] and (asset is None or asset.withdrawn):
            yield f"stops.{index}.asset_id", [UNKNOWN_ASSET]
        if stop["location_id"] and stop["location_id"] not in paths:
            yield f"stops.{index}.location_id", [UNKNOWN_PLACE]


def _place(stop: Stop, paths: Mapping[UUID, str], assets: Mapping[UUID, Asset]) -> dict[str, str] | None:
    if stop["asset_id"]:
        place = assets[stop["asset_id"]].place
        return {"location_id": str(place.location_id), "path": place.path}
    known = stop["location_id"]
    return {"location_id": str(known), "path": paths[known]} if known else None


def _asset(asset: Asset) -> dict[str, Any]:
    return {"asset_id": asset.ref.asset_id, "code": asset.ref.code, "name": dict(asset.ref.name)}
