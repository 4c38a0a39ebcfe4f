"""Objects of the house: lifts, radiators, coffee machines."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import assets as shapes
from gateway.clients import Json

resources = Resources()
BULK = 4 * 1024 * 1024
ONE = "/v1/assets/<uuid:asset_id>"


@resources.route(
    "GET", "/v1/assets", permission="assets.read", query=shapes.AssetFilter, answer=shapes.AssetPage,
    paged=True,
)  # fmt: skip
def list_assets(call: Call) -> Json:
    """Find objects, by code."""
    return call.services.intake.list_assets(**call.query)


@resources.route("GET", "/v1/asset-kinds", permission="assets.read", answer=shapes.AssetKinds)
def list_asset_kinds(call: Call) -> Json:
    """The kinds of objects that are in use."""
    return call.services.intake.list_asset_kinds()


@resources.route("GET", ONE, permission="assets.read", answer=shapes.AssetView)
def get_asset(call: Call, asset_id: str) -> Json:
    """One object with its place, warranty and supplier."""
    return call.services.intake.get_asset(asset_id)


@resources.route(
    "POST", "/v1/assets", permission="assets.write", body=shapes.NewAssets, answer=shapes.SavedAssets,
    idempotent=True, max_body=BULK,
)  # fmt: skip
def save_assets(call: Call) -> Json:
    """Save objects by their code: all of them or none. Requests keep what they knew of an object."""
    return call.services.intake.save_assets(call.body["items"])
