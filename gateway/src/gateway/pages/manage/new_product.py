"""A new product from one short form, without code; all that it may have can be filled in at its draft.

A new product is looked at first, as a requester will see it, and published then. A product that is there
already is never overwritten from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from servicekit.concurrency import gather
from servicekit.errors import Invalid, ServiceError

from gateway.api.schemas import catalog as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.forms import Form
from gateway.pages.labels import _
from gateway.pages.order_forms import cents
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.site import finding, terms
from gateway.pages.site.visitors import items
from gateway.pages.visit import Visit

pages = Pages()

PERMISSION = "catalog.publish"
ALL = 100
STEPS, QUESTIONS = 3, 3
UNITS = (
    ("working_days", _("working days")),
    ("working_minutes", _("working minutes")),
    ("calendar_days", _("days")),
    ("minutes", _("minutes")),
)
PRICES = (
    ("none", _("No costs")),
    ("fixed", _("A fixed price")),
    ("tariff", _("A price per piece")),
    ("quote", _("A quote first")),
)
ANSWERS = (
    ("text", _("Words")),
    ("number", _("A number")),
    ("date", _("A day")),
    ("boolean", _("Yes or no")),
)
# Where a service looks for something, and the field of the form in which it is written.
FIELDS = {
    "slug": "name",
    "process.steps": "step_1_title",
    "lead_time.amount": "lead_time",
    "price.amount_cents": "price_amount",
    "name.nl": "name",
    "name.en": "name_en",
    "description.nl": "description",
    "category.nl": "category",
}


@pages.get("/manage/products/new", PERMISSION)
def new(visit: Visit) -> Outcome:
    """An empty form."""
    return _form(visit, {"kind": "order", "price": "none", "unit": "working_days", "priority": "P4"})


@pages.post("/manage/products/new", PERMISSION)
def make(visit: Visit) -> Outcome:
    """Look at it, or publish it. What is wrong comes back beside what was typed."""
    filled = visit.form.said()
    try:
        product = _product(visit)
        _must_be_new(visit, product["slug"])
        if "publish" not in visit.form:
            return _form(visit, filled, draft=Draft.of(visit, product))
        visit.services.catalog.publish_product(**product)
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": _by_field(visit, error)}
        return _form(visit, filled, errors.status_of(visit, error), problem)
    return visit.go(f"/products/{product['slug']}", _("It is published; everybody can ask for it now."))


@dataclass(frozen=True)
class Draft:
    """What was filled in, as it will be seen."""

    product: Json
    icon: str
    lead_time: str
    price: str

    @classmethod
    def of(cls, visit: Visit, product: Json) -> Draft:
        words = visit.words
        return cls(
            product,
            finding.icon_of(product["category"]),
            terms.term(words, product.get("lead_time")),
            terms.costs(words, product),
        )


def _form(
    visit: Visit,
    filled: dict[str, str],
    status: int = 200,
    problem: Json | None = None,
    draft: Draft | None = None,
) -> Outcome:
    known, providers = gather(
        [
            lambda: items(lambda: visit.services.catalog.list_products(limit=ALL)),
            lambda: items(visit.services.dispatch.list_providers),
        ]
    )
    return visit.show(
        "manage/new_product.html",
        status,
        filled=filled,
        problem=problem,
        draft=draft,
        categories=sorted({visit.words.of(each["category"]) for each in known}),
        providers=[(each["slug"], each["name"]) for each in providers],
        units=_in_words(visit, UNITS),
        prices=_in_words(visit, PRICES),
        answers=_in_words(visit, ANSWERS),
        steps=range(1, STEPS + 1),
        questions=range(1, QUESTIONS + 1),
    )


def _product(visit: Visit) -> Json:
    """As the API takes it. Raises Invalid with what is wrong per field."""
    form = visit.form
    name = form.text("name")
    if not name:
        raise _wrong("name", _("Fill this in."))
    given = {
        "slug": slug_of(form.text("name_en") or name),
        "name": _localised(name, form.text("name_en")),
        "category": _category(visit),
        "description": _localised(form.text("description")),
        "kind": form.text("kind"),
        "priority": form.text("priority"),
        "lead_time": _term(form),
        "price": _price(form),
        "questions": list(_questions(form)),
        "process": {"steps": list(_steps(form))},
    }
    return forms.load(shapes.NewProduct(), given)


def slug_of(name: str) -> str:
    """`Fietspomp (buiten)` is called `fietspomp-buiten` in addresses."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def _must_be_new(visit: Visit, slug: str) -> None:
    """Publishing under a name that is there makes a new version of that, which is not what is meant here."""
    if not slug:
        raise _wrong("name", _("Use letters or digits in the name."))
    if visit.services.catalog.list_products(slug=slug, limit=1)["items"]:
        raise _wrong("name", _("There is a product with this name already."))


def _category(visit: Visit) -> Json | None:
    """One that is there is taken over in both languages."""
    text = visit.form.text("category")
    if not text:
        raise _wrong("category", _("Fill this in."))
    known = items(lambda: visit.services.catalog.list_products(limit=ALL))
    same = (
        each["category"] for each in known if text.casefold() in map(str.casefold, each["category"].values())
    )
    return next(same, None) or _localised(text)


def _localised(nl: str | None, en: str | None = None) -> Json | None:
    found = {language: text for language, text in (("nl", nl), ("en", en)) if text}
    return found or None


def _term(form: Form, name: str = "lead_time") -> Json | None:
    text = form.text(name)
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise _wrong(name, _("Write a whole number."))
    return {"amount": int(text), "unit": form.text("unit") or "working_days"}


def _price(form: Form) -> Json:
    kind = form.text("price") or "none"
    if kind not in ("fixed", "tariff"):
        return {"kind": kind}
    text = form.text("price_amount")
    if not text:
        raise _wrong("price_amount", _("Fill this in."))
    return {
        "kind": kind,
        "amount_cents": cents("price_amount", text),
        **({"per": "piece"} if kind == "tariff" else {}),
    }


def _questions(form: Form) -> Iterator[Json]:
    for number in range(1, QUESTIONS + 1):
        if label := form.text(f"question_{number}"):
            yield {
                "key": f"question-{number}",
                "label": _localised(label),
                "type": form.text(f"question_{number}_type") or "text",
                "required": f"question_{number}_required" in form,
            }


def _steps(form: Form) -> Iterator[Json]:
    """One after the other, in the order in which they are written."""
    before: str | None = None
    for number in range(1, STEPS + 1):
        title, provider = form.text(f"step_{number}_title"), form.text(f"step_{number}_provider")
        if not title and not provider:
            continue
        if not title:
            raise _wrong(f"step_{number}_title", _("Fill this in."))
        if not provider:
            raise _wrong(f"step_{number}_provider", _("Choose who does it."))
        key = f"step-{number}"
        yield {
            "key": key,
            "title": _localised(title),
            "provider": provider,
            "depends_on": [before] if before else [],
        }
        before = key


def _by_field(visit: Visit, error: ServiceError) -> dict[str, str]:
    found = errors.field_errors(visit, error)
    return {FIELDS.get(name, name): text for name, text in found.items()}


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", "Some fields are not right.", {field: [text]})


def _in_words(visit: Visit, choices: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(value, visit.words(word)) for value, word in choices]
