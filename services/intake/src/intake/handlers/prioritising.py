"""How pressing: by the organisation's matrix, by the desk's word, or at once when it is danger."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Invalid

from intake.domain.danger import danger_of
from intake.domain.priorities import Grade, checked
from intake.domain.products import Product
from intake.domain.request_states import Action, row_for
from intake.domain.rules import Rules
from intake.handlers import views
from intake.handlers.access import to_change
from intake.handlers.approving import DANGER
from intake.handlers.promising import after_waits, promised
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]


def weighed(
    work: IntakeWork, rules: Rules, command: dict[str, Any], kind: str | None, product: Product | None
) -> tuple[str, Grade, str | None]:
    """Priority, grade and danger of what is being received. Danger comes before the desk's word, that before
    the matrix, and that before what the product says.
    """
    grade = Grade(command["impact"], command["urgency"])
    danger = danger_of(command["text"], kind, product.priority if product else None)
    if danger:
        return DANGER, grade, danger
    usual = product.priority if product else rules.default_priority
    return command["priority"] or by_matrix(work, grade, kind) or usual, grade, None


def by_matrix(work: IntakeWork, grade: Grade, kind: str | None) -> str | None:
    """Of something broken, or not sorted yet; None when who is touched, or how badly, was not said."""
    if kind not in ("fault", None) or not (grade.impact and grade.urgency):
        return None
    return work.priorities.matrix().priority_of(grade)


def set_priority(
    work: IntakeWork,
    rules: Rules,
    request_id: UUID,
    version: int,
    priority: str | None,
    impact: str | None,
    urgency: str | None,
    reason: str | None,
) -> View:
    """What is left out stays, and without a priority the matrix decides. Another than the matrix says needs a
    reason. The promise is made anew from the moment of receipt; the clocks do the same.
    """
    request = to_change(work, request_id, version)
    row_for(request.state, Action.PRIORITISE)
    grade = Grade(impact or request.grade.impact, urgency or request.grade.urgency)
    found = work.priorities.matrix().priority_of(grade)
    if priority is None and found is None:
        raise _wrong("priority", "Choose a priority, or say both how many it touches and how badly.")
    chosen = priority or found
    assert chosen is not None
    if chosen != found and not reason:
        raise _wrong("reason", "Say why: this is not what the matrix comes to.")
    product, calendar = None, None
    if request.product:
        product, calendar = work.lookups.for_triage(UUID(request.product.product_id), rules.zone)
    calendar = calendar or work.lookups.calendar(rules.zone)
    # A product's lead time is that of its own priority.
    lead_time = product.lead_time if product and chosen == product.priority else None
    start = request.received_at
    counted = promised(rules, calendar, start, request.kind, chosen, lead_time, request.wanted)
    promise = after_waits(counted, request, calendar, work.now)
    request.prioritise(chosen, grade, promise, reason, work.now, work.by)
    work.save(request)
    return views.summary(request, work.actor)


def get_matrix(work: IntakeWork) -> View:
    matrix = work.priorities.matrix()
    return {"cells": matrix.cells, "version": matrix.version, **work.priorities.history()}


def set_matrix(work: IntakeWork, cells: dict[str, dict[str, str]], version: int) -> View:
    """Holds for what is received or weighed from now on; what has its priority keeps it."""
    by = {"kind": work.actor.kind, "name": work.actor.name or work.actor.id}
    work.priorities.set(checked(cells), version, work.now, by)
    return get_matrix(work)


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
