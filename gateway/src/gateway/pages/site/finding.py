"""What the search box finds: answers, products, and what one has reported already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from servicekit.concurrency import gather

from gateway.clients import Json
from gateway.often import FINDING, visitor_of
from gateway.pages.site.visitors import if_there, offered_to, own_id, public_services
from gateway.pages.visit import Visit

LEAST, MOST = 2, 200
ANSWERS, PRODUCTS, OWN = 3, 6, 50
ALIKE_LETTERS = 4

# By the category's English name, else its Dutch one. An organisation names its own; others get a neutral one.
ICONS: Mapping[str, str] = {
    "repairs": "wrench", "reparaties": "wrench",
    "installations": "bolt", "installaties": "bolt",
    "catering": "cup",
    "cleaning": "broom", "schoonmaak": "broom",
    "it workplace": "computer", "it-werkplek": "computer", "ict": "computer",
    "moves and furniture": "move", "verhuizingen en meubilair": "move",
    "post and transport": "box", "post en transport": "box",
    "reception and parking": "person", "receptie en parkeren": "person",
    "security": "shield", "beveiliging": "shield",
}  # fmt: skip
OTHER_ICON = "star"


@dataclass(frozen=True)
class Found:
    """`away`: the catalogue does not answer, so that nothing found is not the same as nothing there."""

    words: str = ""
    articles: list[Json] = field(default_factory=list)
    products: list[Json] = field(default_factory=list)
    own: list[Json] = field(default_factory=list)
    away: bool = False

    def with_own(self, own: list[Json]) -> Found:
        return replace(self, own=own)

    def __bool__(self) -> bool:
        return bool(self.articles or self.products or self.own)


@dataclass(frozen=True)
class Category:
    name: str
    icon: str
    examples: str


def search(visit: Visit, words: str) -> Found:
    """In the catalogue."""
    if len(words) < LEAST:
        return Found(words)
    if is_too_often(visit):
        return Found(words, away=True)
    catalog, asked = public_services(visit).catalog, {"q": words[:MOST], "match": "any"}

    def fitting() -> Any:
        return if_there(lambda: catalog.list_products(**asked, **offered_to(visit), limit=PRODUCTS))

    articles, products = gather(
        [lambda: if_there(lambda: catalog.list_articles(**asked, limit=ANSWERS)), fitting]
    )
    return Found(
        words,
        articles["items"] if articles else [],
        products["items"] if products else [],
        away=products is None,
    )


def is_too_often(visit: Visit) -> bool:
    """Of strangers who search, or are proposed to while they type. The page does without."""
    return not visit.signed_in and not visit.house.often.may(FINDING, visitor_of(visit))


def open_requests(visit: Visit, limit: int = OWN) -> list[Json]:
    """The visitor's own: first those that wait for their word, and of each the newest first; none for
    strangers.
    """
    person_id = own_id(visit)
    if person_id is None:
        return []
    found = if_there(
        lambda: visit.services.intake.list_requests(requester_id=person_id, open=True, limit=limit)
    )
    return sorted(found["items"], key=lambda each: not asks_requester(each)) if found else []


def asks_requester(request: Json) -> bool:
    """Done and not confirmed, or asked something: nothing happens until the requester says a word."""
    asked: Any = request.get("waiting") or {}
    return request["state"] == "ready" or asked.get("counterparty") == "requester"


def alike(requests: list[Json], words: str) -> list[Json]:
    """Those that share a word of some length, or the beginning of one."""
    asked = _beginnings(words) if len(words) >= LEAST else set()
    return [each for each in requests if asked & _beginnings(f"{each['summary']} {_product_words(each)}")]


def icon_of(category: Mapping[str, str]) -> str:
    names = (str(category.get(language, "")).casefold() for language in ("en", "nl"))
    return next((ICONS[name] for name in names if name in ICONS), OTHER_ICON)


def categories(visit: Visit, products: list[Json]) -> list[Category]:
    """Each with the names of its first products, in the order of the visitor's language."""
    of = visit.words.of
    found: dict[str, list[Json]] = {}
    for product in products:
        found.setdefault(of(product["category"]), []).append(product)
    return [
        Category(name, icon_of(there[0]["category"]), ", ".join(of(each["name"]) for each in there[:3]))
        for name, there in sorted(found.items())
    ]


def _product_words(request: Json) -> str:
    product: Any = request.get("product") or {}
    return " ".join((product.get("name") or {}).values())


def _beginnings(text: str) -> set[str]:
    """`radiatoren` and `radiator` begin alike."""
    return {word[:6] for word in re.findall(r"\w+", text.casefold()) if len(word) >= ALIKE_LETTERS}
