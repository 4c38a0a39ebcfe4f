"""The draft of a product, changed without code: what it is, its questions and its process as lists.

Each part is a form of its own and is kept as it is; what is still missing stands at its field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from servicekit.errors import NotFound, ServiceError

from gateway import publishing
from gateway.api.schemas.requests import KINDS, PRIORITIES
from gateway.clients import Json
from gateway.pages import errors
from gateway.pages.labels import _
from gateway.pages.manage.products import contents
from gateway.pages.manage.products.problem_words import all_in_words
from gateway.pages.manage.products.reading import PATH
from gateway.pages.money_words import PACKAGES
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.process_picture import CHECKERS, boxes_of_steps, draw
from gateway.pages.site.terms import PER
from gateway.pages.site.visitors import items
from gateway.pages.visit import Visit

pages = Pages()

DRAFT = f"{PATH}/draft"
PLACES = 1000
DEEPEST = 2  # buildings and floors; nobody makes a product for one room
TYPES = (
    ("text", _("Text")),
    ("number", _("A number")),
    ("choice", _("One of some choices")),
    ("date", _("A day")),
    ("boolean", _("Yes or no")),
)
UNITS = (
    ("working_days", _("working days")),
    ("working_minutes", _("working minutes")),
    ("calendar_days", _("days, weekends too")),
    ("minutes", _("minutes, day and night")),
)
PRICES = (
    ("none", _("No costs for the customer")),
    ("fixed", _("A fixed price")),
    ("tariff", _("A tariff per unit")),
    ("quote", _("A quote first")),
)
ONE_OF: dict[str, Callable[[Json, int, Any], Json]] = {
    "questions": contents.question,
    "steps": contents.step,
}


@pages.post("/manage/products", "catalog.publish")
def new(visit: Visit) -> Outcome:
    """Begin a new product."""
    draft = visit.services.catalog.start_draft()
    return visit.go(f"/manage/products/{draft['product_id']}/draft", None)


@pages.post(f"{PATH}/edit", "catalog.publish")
def edit(visit: Visit, product_id: str) -> Outcome:
    """Begin the next version of a product, or go on with the one that was begun."""
    visit.services.catalog.start_draft(product_id=product_id)
    return visit.go(f"/manage/products/{product_id}/draft", None)


@pages.get(DRAFT, "catalog.drafts")
def draft(visit: Visit, product_id: str) -> Outcome:
    """The draft with everything that can be changed, and what it lacks."""
    return show(visit, visit.services.catalog.get_draft(product_id))


@pages.post(f"{DRAFT}/about", "catalog.publish")
def save_about(visit: Visit, product_id: str) -> Outcome:
    """Keep what the product is: its words, price, term, for whom."""
    return _changed(visit, product_id, lambda content: contents.about(content, visit.form), "about")


@pages.post(f"{DRAFT}/<what>", "catalog.publish")
def add(visit: Visit, product_id: str, what: str) -> Outcome:
    """Add a question or a step at the end."""
    if what not in ONE_OF:
        raise NotFound("not_found", "There is no such part of a product.")
    return _changed(visit, product_id, lambda content: contents.added(content, what), what, at_the_end=True)


@pages.post(f"{DRAFT}/<what>/<which>", "catalog.publish")
def save_one(visit: Visit, product_id: str, what: str, which: str) -> Outcome:
    """Keep a question or a step; move it, or take it away."""
    if what not in ONE_OF or not (which.isascii() and which.isdigit() and len(which) < 4):
        raise NotFound("not_found", "There is no such part of a product.")
    number, do = int(which), visit.form.get("do", "save")

    def change(content: Json) -> Json:
        if number >= len(contents.items_of(content, what)):
            raise NotFound("not_found", "It is not there any more.")
        if do == "remove":
            return contents.removed(content, what, number)
        kept = ONE_OF[what](content, number, visit.form)
        return contents.moved(kept, what, number, {"up": -1, "down": 1}.get(do, 0))

    at = number + {"up": -1, "down": 1}.get(do, 0)
    return _changed(visit, product_id, change, what if do == "remove" else f"{what}-{max(at, 0)}")


def _changed(
    visit: Visit, product_id: str, change: Callable[[Json], Json], at: str, at_the_end: bool = False
) -> Outcome:
    """Keep the changed draft. When somebody changed it meanwhile it is shown with what was written here, to
    be looked at and kept again.
    """
    catalog = visit.services.catalog
    found = catalog.get_draft(product_id)
    content = change(found["content"])
    try:
        catalog.save_draft(product_id, visit.version, content)
    except ServiceError as error:
        if isinstance(error, NotFound):
            raise
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return show(visit, {**found, "content": content}, errors.status_of(visit, error), problem)
    if at_the_end:
        at = f"{at}-{len(contents.items_of(content, at)) - 1}"
    return visit.go(f"/manage/products/{product_id}/draft#{at}", _("Kept."))


def show(visit: Visit, draft: Json, status: int = 200, problem: Json | None = None) -> Outcome:
    draft = publishing.looked_at(visit.services, draft)
    content = draft["content"]
    # Nobody is told that all of it is missing before anything was written.
    told = (
        all_in_words(visit.words, draft["problems"]) if draft["version"] > 1 or draft["base_version"] else {}
    )
    providers = _providers(visit, content)
    steps = content["process"]["steps"]
    longest = (draft.get("critical_path") or {}).get("steps", ())
    places = items(lambda: visit.services.intake.list_locations(limit=PLACES))
    return visit.show(
        "manage/products/draft.html",
        status,
        draft=draft,
        content=content,
        problem=problem,
        wrong={**told, **(problem["fields"] if problem else {})},
        editable="edit" in draft["actions"] and visit.can("catalog.publish"),
        kinds=KINDS,
        priorities=PRIORITIES,
        types=_said(visit, TYPES),
        units=_said(visit, UNITS),
        prices=_said(visit, PRICES),
        packages=_said(visit, tuple(PACKAGES.items())),
        per=[(name, visit.words(word)) for name, word in PER.items()],
        providers=providers,
        names=dict(providers),
        said_checkers=_said(visit, tuple(CHECKERS.items())),
        picture=draw(boxes_of_steps(steps, visit.words, dict(providers)), longest),
        places=[place for place in places if place["path"].count(" / ") < DEEPEST],
        conditions=[_conditions(visit, content["questions"][:n]) for n in range(len(content["questions"]))],
    )


def _said(visit: Visit, options: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(value, visit.words(word)) for value, word in options]


def _providers(visit: Visit, content: Json) -> list[tuple[str, str]]:
    """Those who can be given work and the roles that they have, and those that the draft names already."""
    known = items(visit.services.dispatch.list_providers)
    found = {each["slug"]: each["name"] for each in known}
    roles = {"-".join(skill.split()) for each in known for skill in each.get("skills") or ()}
    for each in content["process"]["steps"]:
        if each.get("role"):
            roles.add(each["role"])
        elif each["provider"]:
            found.setdefault(each["provider"], each["provider"])
    named = [(f"{contents.ROLE}{role}", visit.words("Role: %(name)s", name=role)) for role in sorted(roles)]
    return [*sorted(found.items(), key=lambda pair: pair[1]), *named]


def _conditions(visit: Visit, earlier: list[Json]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The questions above that have known answers, each with `question=answer` and the answer's words."""
    found = []
    for question in earlier:
        options: list[tuple[str, str]] = []
        if question["type"] == "boolean":
            options = [("yes", visit.words("Yes")), ("no", visit.words("No"))]
        if question["type"] == "choice":
            options = [(each["value"], visit.words.of(each["label"])) for each in question["choices"]]
        if options:
            key = question["key"]
            pairs = [(f"{key}={value}", word) for value, word in options]
            found.append((visit.words.of(question["label"]) or key, pairs))
    return found
