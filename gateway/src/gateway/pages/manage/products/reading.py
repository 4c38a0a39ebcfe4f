"""One product as its authors see it: its versions, what differs between two, and how a customer meets it."""

from __future__ import annotations

from servicekit.errors import NotFound

from gateway import publishing
from gateway.clients import Json
from gateway.pages import money_words
from gateway.pages.manage.deviations import of_product
from gateway.pages.manage.products.differences import told
from gateway.pages.manage.products.list_ import LABELS
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.process_picture import boxes_of_steps, draw
from gateway.pages.site import finding, terms
from gateway.pages.site.visitors import items
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/products/<uuid:product_id>"
VERSIONS = 50


@pages.get(PATH, "catalog.drafts")
def product(visit: Visit, product_id: str) -> Outcome:
    """The product as it stands, and its versions; one that was never published has only its draft."""
    found = published(visit, product_id)
    draft = draft_of(visit, product_id)
    if found is None:
        if draft is None:
            raise NotFound("no_such_product", "There is no such product.")
        return visit.go(f"/manage/products/{product_id}/draft", None)
    return show_product(visit, found, draft)


def show_product(
    visit: Visit, found: Json, draft: Json | None, status: int = 200, problem: Json | None = None
) -> Outcome:
    steps, longest = found["process"]["steps"], (found.get("critical_path") or {}).get("steps", ())
    known = items(visit.services.dispatch.list_providers)
    names = {each["slug"]: each["name"] for each in known}
    nobody = sorted(set(publishing.named(found).values()) - names.keys()) if known else []
    state = "withdrawn" if found["withdrawn_at"] else "leaving" if found["withdraw_at"] else "published"
    return visit.show(
        "manage/products/product.html",
        status,
        state=LABELS[state],
        problem=problem,
        wrong=problem["fields"] if problem else {},
        names=names,
        nobody=nobody,
        picture=draw(boxes_of_steps(steps, visit.words, names), longest),
        product=found,
        draft=draft,
        deviations=of_product(visit, found["product_id"]),
        versions=visit.services.catalog.list_versions(found["product_id"], limit=VERSIONS)["items"],
        price=terms.price(visit.words, found["price"]),
        package=money_words.package(visit.words, found.get("package")),
        lead_time=terms.term(visit.words, found["lead_time"]),
    )


@pages.get(f"{PATH}/compare", "catalog.drafts")
def compare(visit: Visit, product_id: str) -> Outcome:
    """What differs between two versions, or between one and the draft, in words."""
    catalog = visit.services.catalog
    which = {name: _number(visit, name) for name in ("before", "after")}
    given = {name: number for name, number in which.items() if number}
    found = catalog.get_comparison(product_id, **given)
    older = catalog.get_product(product_id, version=found["before"])
    if found["after"]:
        newer = catalog.get_product(product_id, version=found["after"])
    else:
        newer = catalog.get_draft(product_id)["content"]
    return visit.show(
        "manage/products/compare.html",
        back=f"/manage/products/{product_id}{'' if found['after'] else '/draft'}",
        name=newer["name"] or older["name"],
        before=found["before"],
        after=found["after"],
        rows=told(visit.words, found["differences"], older, newer),
    )


@pages.get(f"{PATH}/preview", "catalog.drafts")
def preview(visit: Visit, product_id: str) -> Outcome:
    """The draft, or else the product, as a customer sees it; nothing can be sent from here."""
    draft = draft_of(visit, product_id)
    shown = draft["content"] if draft else visit.services.catalog.get_product(product_id)
    return visit.show(
        "manage/products/preview.html",
        product=shown,
        product_id=product_id,
        is_draft=draft is not None,
        icon_name=finding.icon_of(shown["category"]),
        price=terms.costs(visit.words, shown),
        lead_time=terms.term(visit.words, shown["lead_time"]),
    )


def published(visit: Visit, product_id: str) -> Json | None:
    try:
        return visit.services.catalog.get_product(product_id)
    except NotFound:
        return None


def draft_of(visit: Visit, product_id: str) -> Json | None:
    try:
        return visit.services.catalog.get_draft(product_id)
    except NotFound:
        return None


def _number(visit: Visit, name: str) -> int | None:
    text = visit.query.text(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
