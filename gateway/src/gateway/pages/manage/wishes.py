"""Wishes for managers and product owners: themes by how many wish them, and the decision."""

from __future__ import annotations

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import wishes as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/wishes"
ONE = f"{PATH}/<uuid:theme_id>"


@pages.get(PATH, "requests.read_all")
def themes(visit: Visit) -> Outcome:
    """The most wished for first; above them what waits longer than was promised."""
    items = visit.services.intake.list_themes()["items"]
    late = [each for each in items if each["decide_by"] and visit.moments.is_past(each["decide_by"])]
    return visit.show("manage/wishes.html", items=items, late=late)


@pages.get(ONE, "requests.read_all")
def theme(visit: Visit, theme_id: str) -> Outcome:
    """One, with its wishes; who decides does so here."""
    return _show(visit, theme_id)


@pages.post(f"{ONE}/decision", "wishes.decide")
def decide(visit: Visit, theme_id: str) -> Outcome:
    """Decide; every wisher is answered."""
    form = visit.form
    reason = {language: text for language in ("nl", "en") if (text := form.text(f"reason.{language}"))}
    try:
        body = forms.load(shapes.DecideTheme(), {"decision": form.text("decision"), "reason": reason})
        told = visit.services.intake.decide_theme(theme_id, visit.version, **body)
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _show(visit, theme_id, errors.status_of(visit, error), problem)
    words = visit.words
    said = words.many("%(count)s wisher is answered.", "%(count)s wishers are answered.", told["reached"])
    return visit.go(f"{PATH}/{theme_id}", said)


def _show(visit: Visit, theme_id: str, status: int = 200, problem: Json | None = None) -> Outcome:
    found = visit.services.intake.get_theme(theme_id)
    return visit.show("manage/wish.html", status, theme=found, problem=problem, kept=visit.form.said())
