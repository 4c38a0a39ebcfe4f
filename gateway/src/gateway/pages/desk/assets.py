"""One object, as the desk sees it: what is going on with it, what it has been through; and its sticker."""

from __future__ import annotations

from functools import partial
from typing import Any

from markupsafe import Markup
from servicekit.concurrency import gather
from servicekit.errors import NotFound

from gateway import stickers
from gateway.api.schemas import assets as shapes
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.choosing_assets import with_supplier
from gateway.pages.manage import assets as register
from gateway.pages.manage.lists import further
from gateway.pages.outcome import File, Outcome
from gateway.pages.page import Pages
from gateway.pages.site.visitors import items
from gateway.pages.visit import Visit

pages = Pages()

ONE = f"{register.LIST}/<uuid:asset_id>"
FEW = 20
# Four sheets of A4.
PER_PAGE = 96


@pages.get(ONE, "requests.read_all")
def one(visit: Visit, asset_id: str) -> Outcome:
    """Its requests, its years, its warranty, and what is planned where it is."""
    intake = visit.services.intake
    found = register.read(intake.get_asset(asset_id))
    requests = partial(intake.list_requests, asset_id=asset_id, limit=FEW)
    open_, closed, history, plans, usual = gather(
        [
            partial(requests, open=True),
            partial(requests, open=False),
            partial(intake.get_asset_history, asset_id),
            partial(_plans, visit, str(found["location"]["location_id"])),
            partial(_usual, visit, found["product"]),
        ]
    )
    return visit.show(
        "desk/asset.html",
        asset=with_supplier(visit, found),
        open=open_["items"],
        closed=closed["items"],
        more=closed["next_cursor"] is not None,
        history=history,
        plans=plans,
        usual=usual,
        drawn=_drawn(visit, found),
    )


@pages.get(f"{ONE}/qr/<kind>", "requests.read_all")
def qr(visit: Visit, asset_id: str, kind: str) -> Outcome:
    """The code of its sticker, to keep: for a label printer, say."""
    if kind not in stickers.FORMATS or not visit.house.settings.public_url:
        raise NotFound("no_such_file", "There is no such file.")
    code = visit.services.intake.get_asset(asset_id)["code"]
    body = stickers.picture(stickers.address(visit.house.settings.public_url, code), kind)
    return File(body, stickers.FORMATS[kind], f"{code}.{kind}")


@pages.get(f"{register.LIST}/stickers", "requests.read_all")
def sheet(visit: Visit) -> Outcome:
    """Stickers of what was found in the list, to print on A4."""
    asked: dict[str, Any] = {name: visit.query.text(name) for name in ("q", "kind", "cursor")}
    wanted = forms.load(shapes.AssetFilter(), asked)
    page = visit.services.intake.list_assets(**wanted, withdrawn=False, limit=PER_PAGE)
    drawn = [{**each, "drawn": _drawn(visit, each)} for each in page["items"]]
    return visit.show(
        "desk/stickers.html", stickers=drawn, asked=asked, further=further(visit, page["next_cursor"]),
        public_url=visit.house.settings.public_url,
    )  # fmt: skip


def _drawn(visit: Visit, asset: Json) -> Markup | None:
    """None when nobody said where people reach the site."""
    public_url = visit.house.settings.public_url
    return Markup(stickers.inline(stickers.address(public_url, asset["code"]))) if public_url else None


def _plans(visit: Visit, location_id: str) -> list[Json]:
    if not visit.can("plans.read"):
        return []
    return items(lambda: visit.services.intake.list_plans(state="active", location_id=location_id))


def _usual(visit: Visit, slug: str | None) -> Json | None:
    """The product by which it is usually reported; None when that is not offered any more."""
    if not slug:
        return None
    return next(iter(items(lambda: visit.services.catalog.list_products(slug=slug, limit=1))), None)
