"""Putting many requests right at once: pick them from the list, say what was wrong, look at what would
follow of each, do it; and take it back while nothing has left.
"""

from __future__ import annotations

from servicekit.errors import Invalid, ServiceError

from gateway.api.schemas.correction_batches import (
    NewCorrectionBatch,
    NewCorrectionPreview,
    UndoneItems,
)
from gateway.clients import Json
from gateway.pages import errors, forms, refusals
from gateway.pages.desk.correct import WHATS, choices
from gateway.pages.desk.product_answers import answers_from, questions_of
from gateway.pages.deviation_words import KINDS as LET_GO
from gateway.pages.labels import _
from gateway.pages.order_forms import cents
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit
from gateway.pages.wanting import wanted_from

pages = Pages()

PATH = "/desk/correct-many"
ONE = f"{PATH}/<uuid:batch_id>"
LISTED = 25
# What each request has of its own, and is put right by itself.
OWN = frozenset({"answers", "asset", "involved"})
MAY_BE_LET_GO = ("not_offered", "ordered_too_late")
# The fields of the form that are a field of the command as they are.
PLAIN = ("cause", "note", "kind", "priority", "product_id", "location_id", "provider_id",
         "overrule")  # fmt: skip
STATES = {
    "waiting": (_("Waiting"), "hourglass"),
    "done": (_("Corrected"), "check"),
    "refused": (_("Not corrected"), "alert"),
    "undone": (_("Undone"), "undo"),
    "dropped": (_("Left out"), "minus"),
}


@pages.get(PATH, "corrections.make")
def choose(visit: Visit) -> Outcome:
    """What was wrong with those that are picked; without any, what was corrected together before."""
    if not visit.query.many("request"):
        return _batches(visit)
    return _form(visit, visit.query.text("what") or "", visit.query.many("request"), dict(visit.query))


@pages.post(PATH, "corrections.make")
def carry_out(visit: Visit) -> Outcome:
    """Look at what would follow of each, or do it with those that are ticked."""
    form, intake = visit.form, visit.services.intake
    what, picked = form.text("what") or "", form.many("request")
    try:
        if form.get("act") == "look":
            given = forms.load(
                NewCorrectionPreview(),
                {
                    **_wish(visit, what),
                    "request_ids": picked,
                    "from_provider_id": form.text("from_provider_id"),
                },
            )
            foreseen = intake.preview_corrections(**given)
            return _form(visit, what, picked, form.said(), foreseen=foreseen)
        items = [_item(text) for text in form.many("item")]
        made = intake.correct_requests(
            **forms.load(NewCorrectionBatch(), {**_wish(visit, what), "items": items})
        )
    except ServiceError as error:
        if type(error).__name__ in ("NotFound", "Forbidden"):
            raise
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _form(visit, what, picked, form.said(), errors.status_of(visit, error), problem)
    return visit.go(f"{PATH}/{made['batch_id']}", _("Corrected; each has its own outcome."))


@pages.get(ONE, "corrections.make")
def batch(visit: Visit, batch_id: str) -> Outcome:
    """What became of each."""
    return _show(visit, visit.services.intake.get_correction_batch(batch_id))


@pages.post(f"{ONE}/undo", "corrections.make")
def undo(visit: Visit, batch_id: str) -> Outcome:
    """Take back those that are ticked. Each that can't be says why, on the same page."""
    positions = [int(text) for text in visit.form.many("position") if text.isascii() and text.isdigit()]
    if not positions:
        known = visit.services.intake.get_correction_batch(batch_id)
        return _show(visit, known, 422, visit.words(_("Tick what is to be undone.")))
    try:
        given = forms.load(UndoneItems(), {"positions": positions})
        found = visit.services.intake.undo_corrections(batch_id, given["positions"])
    except Invalid as error:
        known = visit.services.intake.get_correction_batch(batch_id)
        return _show(visit, known, 422, errors.explain(visit, error))
    if any(each["problem"] for each in found["outcomes"]):
        return _show(visit, found, problem=visit.words(_("Not all of them could be undone; each says why.")))
    return visit.go(f"{PATH}/{batch_id}", _("Undone."))


def _batches(visit: Visit) -> Outcome:
    cursor = visit.query.text("cursor")
    wanted = {"limit": LISTED, **({"cursor": cursor} if cursor else {})}
    page = visit.services.intake.list_correction_batches(**wanted)
    return visit.show("desk/corrected_together.html", page=page, states=STATES, causes=_causes(visit))


def _show(visit: Visit, found: Json, status: int = 200, problem: str = "") -> Outcome:
    refusals.of_each(found["items"], visit.words, visit.can)
    return visit.show(
        "desk/corrected_batch.html", status, batch=found, states=STATES, problem=problem,
        undoable=[each for each in found["items"] if each["state"] == "done" and not each["why_not"]],
        causes=_causes(visit),
    )  # fmt: skip


def _form(
    visit: Visit,
    what: str,
    picked: list[str],
    kept: Json,
    status: int = 200,
    problem: Json | None = None,
    foreseen: Json | None = None,
) -> Outcome:
    asks = tuple(each for each in WHATS[what][1] if each not in OWN) if what in WHATS else ()
    chosen_from = (*asks, "provider") if "order" in asks else asks  # whose orders is asked as well
    product_id = kept.get("product_id") if what == "product" else None
    questions = questions_of(visit, product_id) if product_id else []
    refusals.of_each((foreseen or {"items": []})["items"], visit.words, visit.can)
    return visit.show(
        "desk/correct_many.html", status, what=what, whats=WHATS, asks=asks, picked=picked, kept=kept,
        problem=problem, foreseen=foreseen, stands=_stands(foreseen), questions=questions, let_go=LET_GO,
        **choices(visit, chosen_from),
    )  # fmt: skip


def _stands(foreseen: Json | None) -> Json | None:
    """A rule that stands in the way of one of them, and that the desk may let go."""
    found = (each["problem"] for each in (foreseen or {"items": []})["items"] if each["problem"])
    return next((each for each in found if each["code"] in MAY_BE_LET_GO), None)


def _wish(visit: Visit, what: str) -> Json:
    form = visit.form
    given: Json = {"what": what, **{name: form.text(name) for name in PLAIN}}
    if text := form.text("cost"):
        given["cost_cents"] = cents("cost", text)
    if what == "data":
        given |= wanted_from(visit)
    given["answers"] = answers_from(visit, given["product_id"]) or None if given["product_id"] else None
    return given


def _item(text: str) -> Json:
    """As the form keeps it: request, the version that was looked at, and the order where it is about one."""
    request_id, _dot, rest = text.partition(".")
    version, _dot, order_id = rest.partition(".")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise Invalid("invalid", "Look again at what would follow.")
    return {"requestId": request_id, "version": int(version), "workOrderId": order_id or None}


def _causes(visit: Visit) -> dict[str, Json]:
    found = visit.services.intake.list_correction_causes()["items"]
    return {each["key"]: each["name"] for each in found}
