"""A request about an object of the register: what may be chosen, and what follows from it."""

from __future__ import annotations

from uuid import UUID

from servicekit.errors import Invalid

from intake.domain.assets import Asset
from intake.domain.requests import Request
from intake.domain.values import Place
from intake.storage.assets import asset_of
from intake.storage.unit_of_work import IntakeWork


def asset_to_choose(work: IntakeWork, asset_id: UUID) -> Asset:
    """Raises Invalid."""
    row = work.assets.one(asset_id)
    return checked(asset_of(row) if row else None)


def checked(asset: Asset | None, chosen: Place | None = None) -> Asset:
    """`chosen`: the place that was chosen beside it; it may be wider than where the object is, and no other.
    Raises Invalid.
    """
    if asset is None:
        raise invalid("asset_id", "This object is not known. Choose another, or none.")
    if asset.withdrawn:
        raise invalid("asset_id", "This object is not there any more. Choose another, or none.")
    if chosen and not asset.place.lies_in(chosen):
        text = (
            f"This object is at {asset.place.path}. Leave the place out, or choose an object that is there."
        )
        raise invalid("asset_id", text)
    return asset


def name(request: Request, asset: Asset) -> None:
    """Its place follows from it, and its name is what it is about."""
    request.asset, request.location = asset.ref, asset.place
    request.object = called(request, asset)


def called(request: Request, asset: Asset) -> str:
    """In the language of who reported."""
    return asset.ref.called(request.requester.language if request.requester else "nl")


def invalid(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
