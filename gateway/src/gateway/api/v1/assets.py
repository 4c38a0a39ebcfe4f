"""Objects of the house: lifts, radiators, coffee machines."""

from __future__ import annotations

from servicekit.errors import Conflict
from werkzeug.wrappers import Response

from gateway import stickers
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


@resources.route("GET", f"{ONE}/history", permission="requests.read_all", answer=shapes.AssetHistory)
def get_asset_history(call: Call, asset_id: str) -> Json:
    """How often an object was reported in each year, and what the work on it cost."""
    return call.services.intake.get_asset_history(asset_id)


@resources.route(
    "GET", f"{ONE}/qr", permission="assets.read", query=shapes.WhichPicture, sends_file=True,
    file_type="image/*", refuses=(409,),
)  # fmt: skip
def get_asset_qr(call: Call, asset_id: str) -> Response:
    """The QR code of an object's sticker, as SVG or PNG. It opens the report form at this object."""
    public_url = call.house.settings.public_url
    if not public_url:
        raise Conflict("no_public_url", "Say with PUBLIC_URL where people reach the site.")
    code = call.services.intake.get_asset(asset_id)["code"]
    kind = call.query.get("format") or "svg"
    drawn = stickers.picture(stickers.address(public_url, code), kind)
    return Response(drawn, content_type=stickers.FORMATS[kind])


@resources.route("GET", "/v1/stickers/<code>", permission="assets.scan", answer=shapes.Sticker)
def get_sticker(call: Call, code: str) -> Json:
    """What the code on a sticker stands for, and which faults of it are known."""
    return call.services.intake.get_sticker(code)


@resources.route(
    "POST", "/v1/assets", permission="assets.write", body=shapes.NewAssets, answer=shapes.SavedAssets,
    idempotent=True, max_body=BULK,
)  # fmt: skip
def save_assets(call: Call) -> Json:
    """Save objects by their code: all of them or none. Requests keep what they knew of an object."""
    return call.services.intake.save_assets(call.body["items"])
