"""Putting a request right: choose what was wrong, give what is right, look at what follows, do it.

What was wrong is chosen by a link, so that only the fields that it needs are on the page, with or without a
script.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from servicekit.errors import ServiceError

from gateway.api.schemas.corrections import NewCorrection
from gateway.api.schemas.requests import KINDS
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.choosing_assets import assets_at
from gateway.pages.desk.actions import done
from gateway.pages.desk.product_answers import answers_from, questions_of
from gateway.pages.deviation_words import KINDS as LET_GO
from gateway.pages.involving import cost_centres, involved_from, people_for
from gateway.pages.labels import _, label
from gateway.pages.order_forms import cents
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit
from gateway.pages.wanting import window_of

pages = Pages()

PATH = "/desk/requests/<uuid:request_id>/correct"
ALWAYS = frozenset({"triage", "awaiting_approval", "in_progress", "ready", "closed"})
# What may be wrong, in which states of the request it can be put right, and what is then asked for.
WHATS: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "kind": (
        frozenset({"triage", "awaiting_approval", "in_progress", "ready", "closed"}),
        ("kind", "priority"),
    ),
    "product": (frozenset({"awaiting_approval", "in_progress"}), ("product", "priority")),
    "place": (frozenset({"triage", "awaiting_approval", "in_progress"}), ("place",)),
    "data": (frozenset({"triage", "in_progress"}), ("answers", "quantity", "wanted", "asset", "involved")),
    "cost_centre": (ALWAYS, ("cost_centre",)),
    "provider": (frozenset({"in_progress"}), ("order", "provider")),
    "no_show": (frozenset({"in_progress"}), ("order", "provider")),
    "bad_work": (frozenset({"in_progress", "ready"}), ("order", "provider")),
    "price": (frozenset({"in_progress", "ready", "closed"}), ("order", "cost")),
}
PLACES = 500


def offered(request: Json) -> list[str]:
    """What can be put right of it now."""
    orders = bool(request.get("orders"))
    return [
        what
        for what, (states, asks) in WHATS.items()
        if request["state"] in states and (orders or "order" not in asks)
    ]


@pages.get(PATH, "corrections.make")
def correct(visit: Visit, request_id: str) -> Outcome:
    """Choose what was wrong; then the form of that."""
    return _show(visit, request_id, visit.query.text("what") or "", dict(visit.query))


@pages.post(PATH, "corrections.make")
def carry_out(visit: Visit, request_id: str) -> Outcome:
    """Look at what would follow, or do it."""
    form, intake = visit.form, visit.services.intake
    what, kept = form.text("what") or "", form.said()
    try:
        wish = _wish(visit, request_id, what)
        if form.get("act") == "look":
            return _show(
                visit, request_id, what, kept, foreseen=intake.preview_correction(request_id, **wish)
            )
        intake.correct_request(request_id, visit.version, **wish)
    except ServiceError as error:
        if type(error).__name__ in ("NotFound", "Forbidden"):
            raise
        problem = {"text": errors.explain(visit, error), "code": getattr(error, "code", ""),
                   "fields": errors.field_errors(visit, error)}  # fmt: skip
        return _show(visit, request_id, what, kept, errors.status_of(visit, error), problem)
    return visit.go(f"/desk/requests/{request_id}", _("Corrected; the time line says what follows."))


@pages.post("/desk/requests/<uuid:request_id>/corrections/<uuid:correction_id>/undo", "corrections.make")
def undo(visit: Visit, request_id: str, correction_id: str) -> Outcome:
    """Take one back, as long as nothing of it has left."""

    def act(visit: Visit, _request_id: str) -> Json:
        return visit.services.intake.undo_correction(correction_id)

    return done(visit, request_id, "undo-correction", act, _("Taken back; it is as it was."))


def _wish(visit: Visit, request_id: str, what: str) -> Json:
    form = visit.form
    asks = WHATS[what][1] if what in WHATS else ()
    given: Json = {"what": what, **{name: form.text(name) for name in ("cause", "note", "overrule")}}
    names = {"kind": "kind", "priority": "priority", "product": "product_id", "place": "location_id",
             "order": "work_order_id", "provider": "provider_id", "asset": "asset_id",
             "cost_centre": "cost_centre"}  # fmt: skip
    given |= {field: form.text(field) for part, field in names.items() if part in asks}
    if what == "place":
        given["asset_id"] = form.text("asset_id")
    if "quantity" in asks and (text := form.text("quantity")):
        given["quantity"] = int(text) if text.isdigit() else text
    if "wanted" in asks:
        given["wanted"] = window_of(visit, form)
    if "involved" in asks:
        given |= {name: each for name, each in involved_from(visit).items() if name != "cost_centre"}
    if "cost" in asks and (text := form.text("cost")):
        given["costCents"] = cents("cost", text)
    product_id = form.text("product_id") if what == "product" else form.text("of_product")
    given["answers"] = answers_from(visit, product_id) or None
    return forms.load(NewCorrection(), given)


def _show(
    visit: Visit,
    request_id: str,
    what: str,
    kept: Json,
    status: int = 200,
    problem: Json | None = None,
    foreseen: Json | None = None,
) -> Outcome:
    request = visit.services.intake.get_request(request_id)
    asks = WHATS[what][1] if what in WHATS else ()
    own = (request.get("product") or {}).get("product_id") or ""
    product_id = kept.get("product_id") if what == "product" else own
    wants_questions = product_id and ("answers" in asks or what == "product")
    shown: dict[str, Any] = {
        **choices(visit, asks),
        "assets": assets_at(visit, _where(request, what, kept)) if "asset" in asks or what == "place" else [],
        "questions": questions_of(visit, product_id) if wants_questions and product_id else [],
        "people": people_for(visit, kept) if "involved" in asks else [],
    }
    if what == "data":
        there = request.get("on_site") or {}
        met = {"site_name": there.get("name"), "site_phone": there.get("phone")}
        kept = {"quantity": request.get("quantity"), **_said(request.get("answers") or {}), **met, **kept}
    return visit.show(
        "desk/correct.html", status, request=request, what=what, whats=offered(request), asks=asks, kept=kept,
        own=own, problem=problem, foreseen=foreseen, let_go=LET_GO, **shown,
    )  # fmt: skip


def choices(visit: Visit, asks: Sequence[str]) -> Json:
    """What there is to choose from in the fields that are asked for, by the names of the templates."""
    services = visit.services
    return {
        "products": services.catalog.list_products(limit=100)["items"] if "product" in asks else [],
        "providers": services.dispatch.list_providers()["items"] if "provider" in asks else [],
        "cost_centres": cost_centres(visit) if "cost_centre" in asks else [],
        "places": services.intake.list_locations(limit=PLACES)["items"] if "place" in asks else [],
        "kinds": [(kind, visit.words(label("kind", kind).word)) for kind in KINDS],
        "causes": services.intake.list_correction_causes()["items"] if asks else [],
    }


def _where(request: Json, what: str, kept: Json) -> str | None:
    """Whose objects there are to choose from: of the right place, once that was chosen."""
    return kept.get("location_id") if what == "place" else (request.get("location") or {}).get("location_id")


def _said(answers: Json) -> Json:
    """As the fields of a form have them."""
    return {
        f"answers.{key}": ("no", "yes")[value] if isinstance(value, bool) else value
        for key, value in answers.items()
    }
