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

PATH = "/manage/products"
LINES = 50
LABELS = {
    "published": Label(_("Published"), "check", "good"),
    "leaving": Label(_("Published until a date"), "calendar", "wait"),
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
    ("leaving", _("Published until a date")),
    ("withdrawn", _("Taken from the catalogue")),
)


@pages.get(PATH, "catalog.drafts")
def products(visit: Visit) -> Outcome:
    """The catalogue with all its states."""
    wanted = asked(visit)
    page = visit.services.catalog.list_catalogue(**wanted, limit=LINES)
    return visit.show(
        "manage/products/list.html",
        lines=[{**line, "labels": labels_of(line)} for line in page["items"]],
        tabs=tabs_of(visit, PATH, wanted),
        wanted=wanted,
        further=further(PATH, wanted, page["next_cursor"]),
    )


def asked(visit: Visit) -> dict[str, Any]:
    """Words, a state and a place in the list, of products or articles."""
    given = {name: visit.query.text(name) for name in ("q", "state", "cursor")}
    if given["state"] not in STATES:
        given["state"] = None
    return forms.load(CatalogueFilter(), given)


def labels_of(line: Json) -> list[Label]:
    """How it stands, and how its draft does."""
    if line["version"] is None:
        found = [LABELS["new"]]
    elif line["withdrawn_at"]:
        found = [LABELS["withdrawn"]]
    else:
        found = [LABELS["leaving" if line["withdraw_at"] else "published"]]
    if draft := line["draft"]:
        found.append(LABELS["refused" if draft["refused"] else draft["state"]])
    return found


def tabs_of(visit: Visit, path: str, wanted: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(_tab(path, state, wanted.get("q")), visit.words(word), state) for state, word in TABS]


def further(path: str, wanted: dict[str, Any], cursor: str | None) -> str:
    return f"{path}?{urlencode({**wanted, 'cursor': cursor})}" if cursor else ""


def _tab(path: str, state: str, q: str | None) -> str:
    query = {name: value for name, value in (("state", state), ("q", q)) if value}
    return path + (f"?{urlencode(query)}" if query else "")
