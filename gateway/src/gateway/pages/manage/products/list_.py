"""Everything that is, was or may be offered, with who works on what."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from gateway.api.schemas.drafts import STATES, CatalogueFilter
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.labels import Label, _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

LINES = 50
LABELS = {
    "published": Label(_("Published"), "check", "good"),
    "withdrawn": Label(_("Taken from the catalogue"), "archive", "neutral"),
    "new": Label(_("Not published yet"), "star", "info"),
    "draft": Label(_("Draft"), "note", "wait"),
    "scheduled": Label(_("Planned"), "calendar", "info"),
    "refused": Label(_("Could not be published"), "alert", "bad"),
}
TABS = (
    ("", _("Everything")),
    ("published", _("Published")),
    ("draft", _("Drafts")),
    ("scheduled", _("Planned")),
    ("withdrawn", _("Taken from the catalogue")),
)


@pages.get("/manage/products", "catalog.drafts")
def products(visit: Visit) -> Outcome:
    """The catalogue with all its states."""
    given = {name: visit.query.text(name) for name in ("q", "state", "cursor")}
    if given["state"] not in STATES:
        given["state"] = None
    wanted = forms.load(CatalogueFilter(), given)
    page = visit.services.catalog.list_catalogue(**wanted, limit=LINES)
    return visit.show(
        "manage/products/list.html",
        lines=[{**line, "labels": labels_of(line)} for line in page["items"]],
        tabs=[(_tab(state, wanted.get("q")), visit.words(word), state) for state, word in TABS],
        wanted=wanted,
        further=_further(wanted, page["next_cursor"]),
    )


def labels_of(line: Json) -> list[Label]:
    """How a product stands, and how its draft does."""
    if line["version"] is None:
        found = [LABELS["new"]]
    else:
        found = [LABELS["withdrawn" if line["withdrawn_at"] else "published"]]
    if draft := line["draft"]:
        found.append(LABELS["refused" if draft["refused"] else draft["state"]])
    return found


def _tab(state: str, q: str | None) -> str:
    query = {name: value for name, value in (("state", state), ("q", q)) if value}
    return "/manage/products" + (f"?{urlencode(query)}" if query else "")


def _further(wanted: dict[str, Any], cursor: str | None) -> str:
    return f"/manage/products?{urlencode({**wanted, 'cursor': cursor})}" if cursor else ""
