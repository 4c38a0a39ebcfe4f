"""Reporting or ordering: one large plain form, with JavaScript and without.

Anybody may fill it in. Who is not signed in is asked to when sending, and what was written goes along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from servicekit.concurrency import gather
from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import requests as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.attaching import attached
from gateway.pages.choosing_assets import assets_at
from gateway.pages.desk.product_answers import answers_from
from gateway.pages.how_many import asks_moment, asks_quantity, how_many_and_when, is_order
from gateway.pages.involving import cost_centres, involved_from, people_for
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.proposing import LEAST_LETTERS, NOTHING, proposals_for, proposed_from
from gateway.pages.site import finding, happening, terms
from gateway.pages.site.products import product_of, promise_of
from gateway.pages.site.scanning import scanned
from gateway.pages.site.visitors import if_there, items, public_services
from gateway.pages.visit import Visit
from gateway.pages.wanting import terms_for, wrong

pages = Pages()

FEW = 8
# Kinds as whoever reports would say them. An order is made from a product.
KINDS = (
    ("fault", _("Something is broken or does not work")),
    ("information", _("I have a question")),
    ("complaint", _("I am not satisfied about something")),
    ("wish", _("I have an idea or a wish")),
)


@dataclass(frozen=True)
class Place:
    """Where it is. `usual` is proposed first; `found` are those that fit the words."""

    usual: Json | None
    found: list[Json]


@pages.get("/report", PUBLIC)
def ask(visit: Visit) -> Outcome:
    """Report what is not in the catalogue, in one's own words."""
    return form(visit, None, dict(visit.query))


@pages.get("/report/<which>", PUBLIC)
def ask_product(visit: Visit, which: str) -> Outcome:
    """Report or order one product, with its questions."""
    return form(visit, product_of(visit, which), dict(visit.query))


@pages.post("/report", "requests.create", takes_files=True)
def send(visit: Visit) -> Outcome:
    """Send it. Without JavaScript the button beside the search for a place comes here too."""
    return _send(visit, None)


@pages.post("/report/<which>", "requests.create", takes_files=True)
def send_product(visit: Visit, which: str) -> Outcome:
    """Send the report or order of one product."""
    return _send(visit, product_of(visit, which))


def _send(visit: Visit, product: Json | None) -> Outcome:
    try:
        files = attached(visit, visit.actor.id)
        if "find" in visit.form:
            return form(visit, product, visit.form.said())
        received = visit.services.intake.receive_request(**_command(visit, product, files))
    except NotFound:
        raise
    except ServiceError as error:
        wrong_fields = errors.field_errors(visit, error) | _day_left_out(visit, product, error)
        problem = {"text": errors.explain(visit, error), "fields": wrong_fields}
        return form(visit, product, visit.form.said(), errors.status_of(visit, error), problem)
    return visit.go(f"/requests/{received['request_id']}?new=1")


def _day_left_out(visit: Visit, product: Json | None, error: ServiceError) -> dict[str, str]:
    """Intake looks at the day once the answers are right; whoever fills it in hears of both at once."""
    answers = any(name.startswith("answers.") for name in errors.field_errors(visit, error))
    ruled = product and product.get("ordering") and not visit.form.text("wanted_day")
    return {"wanted_day": visit.words("Choose a day too.")} if answers and ruled else {}


def form(
    visit: Visit, product: Json | None, filled: dict[str, str], status: int = 200, problem: Json | None = None
) -> Outcome:
    shown: dict[str, Any] = {"product": product, "filled": filled, "problem": problem}
    shown["by_moment"] = lambda moment: happening.by_when(moment, visit.words, visit.moments)
    kinds = [(kind, visit.words(text)) for kind, text in KINDS]
    if visit.target == "assets":
        return visit.show("site/report.html", assets=_assets(visit, product, filled, None), **shown)
    shown["sticker"] = sticker = scanned(visit, filled)
    if visit.target == "places":
        return visit.show("site/report.html", place=_place(visit, filled), **shown)
    if visit.target == "proposals":
        proposals, articles = gather(
            [
                lambda: _proposals(visit, product, filled, sticker),
                lambda: _articles(visit, product, filled),
            ]
        )
        return visit.show("site/report.html", proposals=proposals, articles=articles, kinds=kinds, **shown)
    if visit.target == "order-terms":
        return visit.show("site/report.html", terms=_terms(visit, product, filled), **shown)
    product_id = product["product_id"] if product else None
    place, promise, proposals, articles, people, charged, order_terms = gather(
        [
            lambda: _place(visit, filled),
            lambda: None if filled.get("kind") == "wish" else promise_of(visit, product_id),
            lambda: _proposals(visit, product, filled, sticker),
            lambda: _articles(visit, product, filled),
            lambda: people_for(visit, filled),
            lambda: cost_centres(visit),
            lambda: _terms(visit, product, filled),
        ]
    )
    usual = place.usual["location_id"] if place.usual else None
    return visit.show(
        "site/report.html",
        status,
        articles=articles,
        **shown,
        place=place,
        assets=[] if sticker else _assets(visit, product, filled, usual),
        proposals=proposals,
        people=people,
        cost_centres=charged,
        terms=order_terms,
        kinds=kinds,
        asks_quantity=asks_quantity(product),
        asks_moment=asks_moment(product),
        promise=promise,
        price=terms.costs(visit.words, product) if product else "",
        icon_name=finding.icon_of(product["category"]) if product else "speech",
    )


def _assets(visit: Visit, product: Json | None, filled: dict[str, str], usual: str | None) -> list[Json]:
    """What there is at the place that was chosen, else at the usual one; an order is about none of them."""
    return [] if is_order(product) else assets_at(visit, filled.get("location_id") or usual)


def _proposals(visit: Visit, product: Json | None, filled: dict[str, str], sticker: Json | None) -> Json:
    """Of a product that was chosen there is nothing left to propose."""
    if product is not None or finding.is_too_often(visit):
        return NOTHING
    asset_id = sticker["asset"]["asset_id"] if sticker else filled.get("asset_id")
    chosen = {"location_id": filled.get("location_id"), "asset_id": asset_id}
    found = proposals_for(public_services(visit), filled.get("text"), **chosen)
    # What is known of an object that was scanned stands above the form.
    return {**found, "duplicates": []} if sticker else found


def _terms(visit: Visit, product: Json | None, filled: dict[str, str]) -> Json | None:
    return terms_for(visit, public_services(visit), product, filled)


def _articles(visit: Visit, product: Json | None, filled: dict[str, str]) -> list[Json]:
    """What may answer it before anything is sent."""
    words = (filled.get("text") or "").strip()[:200]
    if product is not None or len(words) < LEAST_LETTERS:
        return []
    catalog = public_services(visit).catalog
    return items(lambda: catalog.list_articles(q=words, match="any", limit=2))


def _command(visit: Visit, product: Json | None, files: list[str]) -> dict[str, Any]:
    form = visit.form
    sticker = scanned(visit, form.said())
    given: dict[str, Any] = {"channel": "site", "text": form.text("text"), **_where(visit, sticker)}
    given["attachments"] = files or None
    given |= {"proposed": proposed_from(visit), "follows": form.text("follows")}
    given["confidential"] = True if form.get("confidential") == "yes" else None
    given |= {name: form.text(name) for name in ("object", "impact", "urgency")}
    given |= involved_from(visit)
    if product is None:
        given["kind"] = form.text("kind")
    else:
        product_id = product["product_id"]
        given |= {"product_id": product_id, "answers": answers_from(visit, product_id)}
        # An order says enough by what it is and by its answers.
        given["text"] = given["text"] or (visit.words.of(product["name"]) if is_order(product) else None)
    if sticker and form.text("follows"):
        given["text"] = given["text"] or visit.words("The same: %(what)s", what=_named(visit, sticker))
    return forms.load(shapes.NewRequest(), given | how_many_and_when(visit, product))


def _place(visit: Visit, filled: dict[str, str]) -> Place:
    if not visit.can("relations.read"):
        return Place(None, [])
    words = (filled.get("place_q") or "").strip()[:200]
    intake = visit.services.intake
    found, own = gather(
        [
            lambda: items(lambda: intake.list_locations(q=words, limit=FEW)) if words else [],
            lambda: if_there(intake.get_own_person),
        ]
    )
    usual = own["location"] if own else None
    return Place(usual, [each for each in found if not usual or each["location_id"] != usual["location_id"]])


def _where(visit: Visit, sticker: Json | None) -> dict[str, Any]:
    """Of an object that was scanned the place follows."""
    if sticker:
        return {"asset_id": str(sticker["asset"]["asset_id"])}
    return {"location_id": _location(visit), "asset_id": visit.form.text("asset_id")}


def _named(visit: Visit, sticker: Json) -> str:
    return f"{visit.words.of(sticker['asset']['name'])} ({sticker['asset']['code']})"


def _location(visit: Visit) -> str | None:
    """The place that was chosen. Words that fit one place only say as much; that is also how a place that was
    written before signing in arrives.
    """
    chosen, words = visit.form.text("location_id"), visit.form.text("place_q")
    if chosen or not words:
        return None if chosen == "none" else chosen
    found = items(lambda: visit.services.intake.list_locations(q=words[:200], limit=FEW))
    if len(found) == 1:
        return str(found[0]["location_id"])
    text = _("Choose one of these places.") if found else _("This place is not known. Try other words.")
    raise wrong("location_id", text)
