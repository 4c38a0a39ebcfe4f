"""Who gets what: the rules in their order, each with its form, and a try-out."""

from __future__ import annotations

from typing import Any

from servicekit.errors import Invalid, NotFound, ServiceError

from gateway.api.schemas import routing as shapes
from gateway.api.schemas.providers import NewOrderTerms
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.manage import danger, places
from gateway.pages.manage.routing_form import filled, places_for, rule_from
from gateway.pages.names import PATIENCE
from gateway.pages.order_forms import cents, moment_from
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.routing_words import OTHERWISE
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/routing"
RULE = f"{PATH}/<uuid:rule_id>"
MOST_PRODUCTS = 200
TRIED = ("product_id", "kind", "priority", "drafts")


@pages.get(PATH, "routing.read")
def overview(visit: Visit) -> Outcome:
    """All rules from top to bottom, and a form to try them."""
    return _overview(visit)


@pages.get(f"{PATH}/new", "routing.write")
def new_rule(visit: Visit) -> Outcome:
    """The form of a new rule."""
    return _form(visit, None, filled(None))


@pages.get(RULE, "routing.write")
def rule(visit: Visit, rule_id: str) -> Outcome:
    """The form of a rule that is there."""
    found = _rule(visit, rule_id)
    return _form(visit, found, filled(found))


@pages.post(PATH, "routing.write")
def add(visit: Visit) -> Outcome:
    """Add a rule below the others."""
    return _save(visit, None, _("The rule is added, below the others."))


@pages.post(RULE, "routing.write")
def change(visit: Visit, rule_id: str) -> Outcome:
    """Write a rule anew."""
    return _save(visit, rule_id, _("The rule is saved."))


@pages.post(f"{RULE}/move", "routing.write")
def move(visit: Visit, rule_id: str) -> Outcome:
    """Put a rule one place up or down."""
    given = visit.form.text("position") or ""
    body = forms.load(shapes.NewPosition(), {"position": int(given) if given.isdigit() else 0})
    visit.services.dispatch.move_routing_rule(rule_id, visit.version, body["position"])
    return visit.go(PATH, _("The rules stand in another order now."))


@pages.post(f"{RULE}/delete", "routing.write")
def delete(visit: Visit, rule_id: str) -> Outcome:
    """Take a rule away."""
    visit.services.dispatch.delete_routing_rule(rule_id, visit.version)
    return visit.go(PATH, _("The rule is taken away. Orders that it gave out keep its name."))


def _save(visit: Visit, rule_id: str | None, said: str) -> Outcome:
    which: dict[str, Any] = {"rule_id": rule_id, "version": visit.version} if rule_id else {}
    try:
        visit.services.dispatch.save_routing_rule(**which, **rule_from(visit))
    except NotFound:
        raise
    except ServiceError as error:
        found = _rule(visit, rule_id) if rule_id else None
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _form(visit, found, _kept(visit), errors.status_of(visit, error), problem)
    return visit.go(PATH, said)


def _kept(visit: Visit) -> Json:
    """The form as it was filled in, refused as it is."""
    form = visit.form
    conditions: dict[str, Json] = {}
    for field in shapes.FIELDS:
        values = form.many(field) if field != "place" else (form.get("place") or "").splitlines()
        conditions[field] = {
            "values": values, "names": values, "negated": form.get(f"{field}_negated") == "yes",
        }  # fmt: skip
    conditions["time"]["window"] = {
        "days": [int(day) for day in form.many("time_days") if day.isdigit()],
        "start": form.get("time_start", ""),
        "end": form.get("time_end", ""),
    }
    return {
        **{name: form.get(name, "") for name in ("name", "note", "skill", "otherwise")},
        "conditions": conditions,
        "providers": [slug for slug in form.many("providers") if slug],
        "needs": form.many("needs"),
        "active": form.get("active") == "yes",
    }


def _form(
    visit: Visit, rule: Json | None, said: Json, status: int = 200, problem: Json | None = None
) -> Outcome:
    return visit.show(
        "manage/routing_rule.html",
        status,
        rule=rule,
        said=said,
        problem=problem,
        choices=_choices(visit),
        suggestions=places.suggestions(visit),
        order_of_preference=places_for(said),
    )


def _choices(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """What the form's lists offer: values with their words."""
    providers = visit.services.dispatch.list_providers()["items"]
    products, words = published(visit), visit.words
    skills = sorted({skill for each in providers for skill in each.get("skills", ())})
    categories = {each["category"]["nl"]: str(words.of(each["category"])) for each in products}
    return {
        "provider": [(each["slug"], each["name"]) for each in providers],
        "product": [(each["slug"], str(words.of(each["name"]))) for each in products],
        "category": sorted(categories.items()),
        "skill": [(skill, skill) for skill in skills],
        "otherwise": [(key, words(word)) for key, word in OTHERWISE.items()],
    }


@pages.post(f"{PATH}/terms", "routing.write")
def save_terms(visit: Visit) -> Outcome:
    """Change what every order is held to."""
    form = visit.form
    said = {name: form.text(name) for name in PATIENCE if form.text(name)}
    given: Json = {name: whole(text) or text for name, text in said.items()}
    given["cost_margin_percent"] = whole(form.text("cost_margin_percent"))
    if "way_minutes" in form:
        given["travel"] = _ways(visit)
    try:
        if text := form.text("extra_desk"):
            given["extra_desk_cents"] = cents("extra_desk", text)
        body = forms.load(NewOrderTerms(), given)
        visit.services.dispatch.save_order_terms(visit.version, **body)
    except Invalid as error:
        return _overview(visit, errors.field_errors(visit, error))
    return visit.go(PATH, _("Saved, for what is reported from now on."))


@pages.post(f"{PATH}/danger", "routing.write")
def choose_danger(visit: Visit) -> Outcome:
    """Say as what danger without a product is begun, or that it waits for the desk."""
    try:
        danger.choose(visit)
    except Invalid as error:
        wrong = errors.field_errors(visit, error).get("product_id") or errors.explain(visit, error)
        return _overview(visit, danger_wrong=wrong)
    return visit.go(f"{PATH}#danger", _("Saved, for what is reported from now on."))


def _ways(visit: Visit) -> list[Json]:
    """Minutes between buildings; a line that was left or made empty is none."""
    names = ("way_from", "way_to", "way_minutes")
    lines = zip(*([text.strip() for text in visit.form.many(name)] for name in names), strict=False)
    return [
        {"between": [one, other], "minutes": whole(minutes) or minutes}
        for one, other, minutes in lines
        if one or other or minutes
    ]


def whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else None


def _overview(visit: Visit, terms_wrong: dict[str, str] | None = None, danger_wrong: str = "") -> Outcome:
    query = visit.query
    tried, problem = None, None
    if query.text("product_id"):
        try:
            tried = visit.services.dispatch.try_routing(**_question(visit))
        except ServiceError as error:
            problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
    services = visit.services
    products = published(visit)
    terms = services.dispatch.get_order_terms()
    names = {each["slug"]: each["name"] for each in services.dispatch.list_providers()["items"]}
    names |= {each["slug"]: str(visit.words.of(each["name"])) for each in products}
    return visit.show(
        "manage/routing.html",
        422 if problem or terms_wrong or danger_wrong else 200,
        danger=danger.chosen(visit, products),
        danger_wrong=danger_wrong,
        terms=terms,
        ways=(_ways(visit) if terms_wrong else None) or terms.get("travel") or [],
        terms_wrong=terms_wrong or {},
        rules=services.dispatch.list_routing_rules()["items"],
        products=products,
        names=names,
        tried=tried,
        problem=problem,
        asked={name: query.get(name, "") for name in (*TRIED, "place", "at")},
        suggestions=places.suggestions(visit),
    )


def _question(visit: Visit) -> Json:
    """Raises Invalid for what the API would refuse too."""
    query = visit.query
    given: Json = {name: query.text(name) for name in TRIED}
    found = places.ids_of(visit, query.text("place"), "place")
    if len(found) > 1:
        raise Invalid("invalid", "One place at a time.", {"place": ["One place at a time."]})
    if at := query.text("at"):
        given["at"] = moment_from("at", at, visit.moments.zone)
    return forms.load(shapes.RoutingQuestion(), {**given, "location_id": found[0] if found else None})


def _rule(visit: Visit, rule_id: str) -> Json:
    for found in visit.services.dispatch.list_routing_rules()["items"]:
        if str(found["rule_id"]) == str(rule_id):
            return dict(found)
    raise NotFound("rule_not_found", "There is no such rule; somebody may have taken it away.")


def published(visit: Visit) -> list[Json]:
    """All that are published: as many as a catalogue for people has."""
    found: list[Json] = []
    cursor = None
    while len(found) < MOST_PRODUCTS:
        page = visit.services.catalog.list_products(limit=100, cursor=cursor)
        found += page["items"]
        cursor = page.get("next_cursor")
        if not cursor:
            break
    return sorted(found, key=lambda each: str(visit.words.of(each["name"])))
