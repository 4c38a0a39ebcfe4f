"""The register of objects: to look in for who works here, to keep for who manages it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import assets as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.manage import places
from gateway.pages.manage.lists import further
from gateway.pages.manage.routing import published
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.site.visitors import items
from gateway.pages.visit import Visit

pages = Pages()

LIST = "/desk/assets"
PATH = "/manage/assets"
ONE = f"{PATH}/<uuid:asset_id>"
LINES = 50
TEXTS = ("code", "kind", "warranty_until", "supplier", "product")
EMPTY = dict.fromkeys((*TEXTS, "name_nl", "name_en", "place", "withdrawn"), "")
# Which objects are shown: those that are there, or those that are not any more.
WITHDRAWN = {"": False, "yes": True}


@pages.get(LIST, "requests.read_all")
def overview(visit: Visit) -> Outcome:
    """All objects by code, searched."""
    query = visit.query
    asked: dict[str, Any] = {name: query.text(name) for name in ("q", "kind", "cursor")}
    asked["withdrawn"] = WITHDRAWN.get(query.text("withdrawn") or "", False)
    wanted = forms.load(shapes.AssetFilter(), asked)
    intake = visit.services.intake
    page = intake.list_assets(**wanted, limit=LINES)
    return visit.show(
        "manage/assets.html",
        assets=[read(each) for each in page["items"]],
        kinds=[(kind, kind) for kind in items(intake.list_asset_kinds)],
        asked=asked,
        further=further(visit, page["next_cursor"]),
    )


@pages.get(f"{PATH}/new", "assets.write")
def new(visit: Visit) -> Outcome:
    """An empty form."""
    return _form(visit, None, {})


@pages.get(ONE, "assets.write")
def one(visit: Visit, asset_id: str) -> Outcome:
    """One object, to change."""
    found = visit.services.intake.get_asset(asset_id)
    said = {
        **{name: found[name] for name in TEXTS},
        **{f"name_{language}": found["name"].get(language) for language in ("nl", "en")},
        "place": found["location"]["path"],
        "withdrawn": "yes" if found["withdrawn"] else "",
    }
    return _form(visit, found, said)


@pages.post(PATH, "assets.write")
def add(visit: Visit) -> Outcome:
    """Put a new object in. A code that is there already is refused: it would change that one."""
    return _save(visit, None)


@pages.post(ONE, "assets.write")
def change(visit: Visit, asset_id: str) -> Outcome:
    """Change what is known of it; its code stays, for it is on the sticker."""
    return _save(visit, visit.services.intake.get_asset(asset_id))


def _save(visit: Visit, old: Json | None) -> Outcome:
    try:
        body = forms.load(shapes.NewAsset(), _given(visit, old))
        if old is None:
            _check_new(visit, body["code"])
        visit.services.intake.save_assets([body])
    except NotFound:
        raise
    except ServiceError as error:
        wrong = {_field(name): text for name, text in errors.field_errors(visit, error).items()}
        problem = {"text": errors.explain(visit, error), "fields": wrong}
        return _form(visit, old, visit.form.said(), errors.status_of(visit, error), problem)
    return visit.go(f"{LIST}?q={body['code']}", _("The object is kept."))


def _given(visit: Visit, old: Json | None) -> dict[str, Any]:
    form = visit.form
    given: dict[str, Any] = {name: form.text(name) for name in TEXTS}
    if old:
        given["code"] = old["code"]
    given["name"] = {language: form.text(f"name_{language}") for language in ("nl", "en")}
    given["location_key"] = places.key_of(visit, form.text("place"), "place")
    given["withdrawn"] = form.text("withdrawn") == "yes"
    return given


def _check_new(visit: Visit, code: str) -> None:
    found = visit.services.intake.list_assets(q=code, limit=LINES)["items"]
    if any(each["code"] == code.upper() for each in found):
        raise places.wrong(visit, "code", _("This code is on another object already. Choose another."))


def _field(name: str) -> str:
    """Of the one object in the list that was sent, the field of the form."""
    name = name.removeprefix("items.0.").replace("name.", "name_")
    return "place" if name == "location_key" else name


def _form(
    visit: Visit, old: Json | None, said: Mapping[str, Any], status: int = 200, problem: Json | None = None
) -> Outcome:
    intake, dispatch = visit.services.intake, visit.services.dispatch
    providers = [(each["slug"], each["name"]) for each in items(dispatch.list_providers)]
    products = [(each["slug"], visit.words.of(each["name"])) for each in published(visit)]
    return visit.show(
        "manage/asset.html",
        status,
        old=old,
        said={**EMPTY, **said},
        problem=problem,
        kinds=items(intake.list_asset_kinds),
        providers=providers,
        products=products,
        suggestions=places.suggestions(visit),
    )


def read(asset: Json) -> Json:
    """With its day as a day."""
    until = asset["warranty_until"]
    return {**asset, "warranty_until": date.fromisoformat(str(until)) if until else None}
