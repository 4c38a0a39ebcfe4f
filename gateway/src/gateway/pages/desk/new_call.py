"""A new call: one page for whoever telephones or stands at the counter, made for the keyboard.

Finding the caller, their open requests, what the words are probably about, what is reported at the same
place, the answers that fit: each is a part of the page that fills itself while one types, and a plain
search without JavaScript.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from servicekit.concurrency import gather
from servicekit.errors import ServiceError

from gateway.api.schemas import requests as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.choosing_assets import assets_at
from gateway.pages.desk import begun as begun_reports
from gateway.pages.desk.product_answers import answers_from, product_of, questions_of
from gateway.pages.how_many import asks_moment, asks_quantity, how_many_and_when
from gateway.pages.involving import cost_centres, involved_from, people_for
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.proposing import NOTHING, proposals_for, proposed_from
from gateway.pages.visit import Visit

pages = Pages()

PERMISSION = "requests.direct"
FEW = 6
NOT_BEGUN = begun_reports.Begun()


@pages.get("/desk/new", PERMISSION)
def new_call(visit: Visit) -> Outcome:
    """The page; its parts ask for themselves with what has been filled in so far."""
    found = begun_reports.opened(visit)
    return _page(visit, {**visit.query, **found.filled}, found.status, begun=found)


@pages.post("/desk/new", PERMISSION)
def save(visit: Visit) -> Outcome:
    """Save the call. Without a script the buttons beside the searches come here too, and only search."""
    if "find" in visit.form:
        return _page(visit, visit.form.said())
    try:
        request = visit.services.intake.receive_request(**_command(visit))
    except ServiceError as error:
        said_of_it = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        problem = {"code": error.code, **said_of_it}
        return _page(visit, visit.form.said(), errors.status_of(visit, error), problem)
    said = visit.words("%(reference)s is saved.", reference=request["reference"])
    if visit.form.get("then") == "another":
        return visit.go("/desk/new", said)
    return visit.go(f"/desk/requests/{request['request_id']}", said)


def _page(
    visit: Visit,
    filled: dict[str, str],
    status: int = 200,
    problem: Json | None = None,
    begun: begun_reports.Begun = NOT_BEGUN,
) -> Outcome:
    asked = {
        name: partial(ask, visit, filled) if visit.target in (None, part) else lambda nothing=nothing: nothing
        for name, (part, ask, nothing) in PARTS.items()
    }
    found = dict(zip(asked, gather(asked.values()), strict=True))
    if found["person"]:
        found["people"] = []
    return visit.show(
        "desk/new_call.html",
        status,
        filled=filled,
        problem=problem,
        begun=begun,
        questions=found["ordered"]["questions"] if found["ordered"] else [],
        asks_quantity=asks_quantity(found["ordered"]),
        ordering=(found["ordered"] or {}).get("ordering"),
        asks_moment=asks_moment(found["ordered"]),
        kinds=shapes.KINDS,
        priorities=shapes.PRIORITIES,
        **found,
    )


def _command(visit: Visit) -> dict[str, Any]:
    form = visit.form
    given: dict[str, Any] = {
        name: form.text(name)
        for name in ("text", "kind", "priority", "location_id", "product_id", "requester_id",
                     "object", "asset_id", "impact", "urgency")
    }  # fmt: skip
    given |= involved_from(visit)
    given["channel"] = form.text("channel") or "phone"
    given["answers"] = answers_from(visit, form.text("product_id"))
    given |= {"proposed": proposed_from(visit), "follows": form.text("follows")}
    given |= {"begun_id": form.text("begun_id"), "overrule": form.text("overrule")}
    given |= how_many_and_when(visit, product_of(visit, form.text("product_id")))
    given["confidential"] = True if form.get("confidential") == "yes" else None
    given["notify"] = True if form.get("notify") == "yes" else None
    advice, article = form.text("answer"), form.text("article_id")
    if advice or article:
        given["answer"] = {"text": advice, "articleId": article}
    return forms.load(shapes.NewRequest(), given)


def _person(visit: Visit, filled: dict[str, str]) -> Json | None:
    """The caller who was chosen."""
    chosen = filled.get("requester_id") or filled.get("person")
    if not chosen:
        return None
    try:
        found = visit.services.intake.get_person(chosen)
    except ServiceError:
        return None
    phones, emails = found["phones"], found["emails"]
    return {
        **found,
        "phone": phones[0]["number"] if phones else None,
        "email": emails[0]["address"] if emails else None,
    }


def _people(visit: Visit, filled: dict[str, str]) -> list[Json]:
    words = (filled.get("person_q") or "").strip()
    return _ask(lambda: visit.services.intake.list_people(q=words, limit=FEW)) if len(words) > 1 else []


def _history(visit: Visit, filled: dict[str, str]) -> list[Json]:
    chosen = filled.get("requester_id") or filled.get("person")
    return _ask(lambda: visit.services.intake.list_requests(requester_id=chosen, limit=FEW)) if chosen else []


def _places(visit: Visit, filled: dict[str, str]) -> list[Json]:
    words = (filled.get("place_q") or "").strip()
    return _ask(lambda: visit.services.intake.list_locations(q=words, limit=FEW)) if words else []


def _proposals(visit: Visit, filled: dict[str, str]) -> Json:
    """What is not found by searching for it oneself."""
    named = ("requester_id", "location_id", "object", "asset_id")
    return proposals_for(visit.services, filled.get("text"), **{name: filled.get(name) for name in named})


def _products(visit: Visit, filled: dict[str, str]) -> list[Json]:
    words = (filled.get("product_q") or "").strip()
    return (
        _ask(lambda: visit.services.catalog.list_products(q=words[:200], limit=FEW)) if len(words) > 2 else []
    )


def _articles(visit: Visit, filled: dict[str, str]) -> list[Json]:
    words = (filled.get("text") or "").strip()
    return (
        _ask(lambda: visit.services.catalog.list_articles(q=words[:200], match="any", limit=3))
        if len(words) > 2
        else []
    )


def _nearby(visit: Visit, filled: dict[str, str]) -> list[Json]:
    """What is open at the same place."""
    place = filled.get("location_id")
    return (
        _ask(lambda: visit.services.intake.list_requests(location_id=place, open=True, limit=FEW))
        if place
        else []
    )


def _assets(visit: Visit, filled: dict[str, str]) -> list[Json]:
    """What there is at the place, to say which it is about."""
    return assets_at(visit, filled.get("location_id"))


def _ordered(visit: Visit, filled: dict[str, str]) -> Json | None:
    """The product that was chosen, with what it asks."""
    return product_of(visit, filled.get("product_id"))


# What the page shows: the part in which it stands, who looks it up, and what it is when nobody asks.
PARTS: Mapping[str, tuple[str, Callable[[Visit, dict[str, str]], Any], Any]] = {
    "person": ("caller", _person, None),
    "history": ("caller", _history, []),
    "people": ("people", _people, []),
    "places": ("places", _places, []),
    "proposals": ("proposals", _proposals, NOTHING),
    "products": ("products", _products, []),
    "ordered": ("questions", _ordered, None),
    "articles": ("advice", _articles, []),
    "nearby": ("nearby", _nearby, []),
    "assets": ("assets", _assets, []),
    "colleagues": ("colleagues", people_for, []),
    "cost_centres": ("cost-centres", lambda visit, _: cost_centres(visit), []),
}


def _ask(ask: Any) -> list[Json]:
    """A helpful part that is away must not keep a call from being saved."""
    try:
        found: list[Json] = ask()["items"]
    except ServiceError:
        return []
    return found


@pages.get("/desk/questions", "requests.read_all")
def questions(visit: Visit) -> Outcome:
    """The questions of one product, for a form that is being filled in."""
    product_id = visit.query.text("product_id")
    found = questions_of(visit, product_id) if product_id else []
    return visit.show("desk/questions.html", questions=found, kept=dict(visit.query))
