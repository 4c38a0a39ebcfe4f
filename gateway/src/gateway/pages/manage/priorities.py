"""Which priority impact and urgency come to, as the organisation sets it."""

from __future__ import annotations

from servicekit.errors import ServiceError

from gateway.api.schemas.priorities import IMPACTS, URGENCIES, NewMatrix
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/priorities"


@pages.get(PATH, "priorities.read")
def matrix(visit: Visit) -> Outcome:
    """The matrix; who may set it does so here."""
    return _show(visit)


@pages.post(PATH, "priorities.write")
def set_matrix(visit: Visit) -> Outcome:
    """Set it for what is weighed from now on."""
    form = visit.form
    cells = {
        impact: {urgency: form.get(f"{impact}.{urgency}", "") for urgency in URGENCIES} for impact in IMPACTS
    }
    try:
        body = forms.load(NewMatrix(), {"cells": cells})
        visit.services.intake.set_priority_matrix(visit.version, body["cells"])
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _show(visit, errors.status_of(visit, error), problem, cells)
    return visit.go(PATH, _("Set. What is weighed from now on goes by it."))


def _show(visit: Visit, status: int = 200, problem: Json | None = None, cells: Json | None = None) -> Outcome:
    known = visit.services.intake.get_priority_matrix()
    return visit.show(
        "manage/priorities.html", status, matrix=known, cells=cells or known["cells"], problem=problem
    )
