"""The first line: map to a product, answer, or reject."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Invalid
from servicekit.worktime import Calendar

from intake.domain.approval import Approval
from intake.domain.priorities import Grade
from intake.domain.products import Product
from intake.domain.questions import check_answers
from intake.domain.request_states import Action, row_for
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.values import Requester, Wanted
from intake.handlers import views
from intake.handlers.about_assets import asset_to_choose, name
from intake.handlers.access import to_change
from intake.handlers.approving import at_triage
from intake.handlers.complaining import begin
from intake.handlers.confiding import confide_by, save_confided
from intake.handlers.involving import involve
from intake.handlers.joining import carry_along
from intake.handlers.linking import check_not_held_up
from intake.handlers.offering import check_offered
from intake.handlers.ordering import take_place
from intake.handlers.overruling import Overruling
from intake.handlers.prioritising import by_matrix
from intake.handlers.promising import after_waits, promised
from intake.handlers.proposing import Proposed, keep_choice
from intake.storage.unit_of_work import IntakeWork


def triage_request(
    work: IntakeWork,
    rules: Rules,
    request_id: UUID,
    version: int,
    product_id: UUID,
    answers: dict[str, Any],
    kind: str | None,
    priority: str | None,
    impact: str | None,
    urgency: str | None,
    object: str | None,
    asset_id: UUID | None,
    proposed: Proposed | None,
    approval: dict[str, Any] | None = None,
    wanted: Wanted | None = None,
    quantity: int | None = None,
    overrule: str | None = None,
    **touched: Any,
) -> views.View:
    """The promise is made anew from the moment of receipt: the customer's time began then."""
    request = to_change(work, request_id, version)
    row_for(request.state, Action.ACCEPT)
    product, calendar = _to_start(work, rules, product_id)
    if request.requester is None:
        raise _invalid("request_id", "The requester of this imported request is not known; report it anew.")
    involve(work, request, touched)
    if asset_id:
        name(request, asset_to_choose(work, asset_id))
    overruling = Overruling(work, overrule)
    with overruling.lenient():
        _check_offered(work, request, request.requester, product, kind)
    given = answers or product.answers_among(request.answers)
    checked = check_answers(product.questions, given, work.actor.language)
    request.kind = kind or request.kind or product.kind
    _ordered(work, rules, request, product, checked, calendar, wanted, quantity, overruling)
    overruling.note(request, product)
    confide_by(work, request, product.confidential)
    begin(request)
    request.object = request.object if request.asset else object or request.object
    _weigh(work, request, product, priority, Grade(impact, urgency))
    lead_time, start = None if request.danger else product.lead_time, request.received_at
    new = promised(rules, calendar, start, request.kind, request.priority, lead_time, request.wanted)
    request.promise = after_waits(new, request, calendar, work.now)
    _begin_work(work, request, product, checked, at_triage(work, rules, request, product, checked, approval))
    save_confided(work, request, product.confidential)
    keep_choice(work, request, proposed)
    return views.summary(request, work.actor)


def _to_start(work: IntakeWork, rules: Rules, product_id: UUID) -> tuple[Product, Calendar]:
    """With the calendar of the house. Raises Invalid when there is nothing to start."""
    product, calendar = work.lookups.for_triage(product_id, rules.zone)
    if product is None:
        raise _invalid("product_id", "This product is not offered (any more). Choose another.")
    if not product.has_process:
        raise _invalid("product_id", "This product has no work of its own: answer the request instead.")
    return product, calendar


def _check_offered(
    work: IntakeWork, request: Request, requester: Requester, product: Product, kind: str | None
) -> None:
    place = request.location.location_id if request.location else None
    whom = request.requested_for or requester
    check_offered(work, product, kind or request.kind, whom, UUID(place) if place else None)


def _ordered(
    work: IntakeWork, rules: Rules, request: Request, product: Product, answers: dict[str, Any],
    calendar: Calendar, wanted: Wanted | None, quantity: int | None, overruling: Overruling,
) -> None:  # fmt: skip
    """In time is what was received in time for the moment that was wanted then; one chosen now, now."""
    if wanted and wanted.last_moment < work.now:
        raise _invalid("wanted", "This moment has passed. Choose one in the future.")
    ordered_at = work.now if wanted and wanted != request.wanted else request.received_at
    request.wanted, request.quantity = wanted or request.wanted, quantity or request.quantity
    take_place(work, rules, request, product, answers, ordered_at, calendar, overruling)


def _begin_work(
    work: IntakeWork, request: Request, product: Product, answers: dict[str, Any], asked: Approval | None
) -> None:
    """At once, or when who was asked agrees."""
    if asked:
        request.submit(product.ref, answers, asked, work.now, work.by)
    else:
        request.accept(product.ref, answers, work.now, work.by)


def _weigh(work: IntakeWork, request: Request, product: Product, priority: str | None, grade: Grade) -> None:
    """What counts as danger does until a person says otherwise."""
    request.grade = Grade(grade.impact or request.grade.impact, grade.urgency or request.grade.urgency)
    if request.danger and priority in (None, request.priority):
        return
    by_grade = by_matrix(work, request.grade, request.kind)
    request.priority, request.danger = priority or by_grade or product.priority, None


def answer_request(
    work: IntakeWork, request_id: UUID, version: int, text: str | None, article_id: UUID | None
) -> views.View:
    """With an article alone its words are the answer, in the requester's language."""
    request = to_change(work, request_id, version)
    if article_id and not work.lookups.has_article(article_id):
        raise _invalid("article_id", "This article is not published. Choose another, or none.")
    if text is None and article_id:
        language = request.requester.language if request.requester else "nl"
        text = work.lookups.article_body(article_id, language)
    check_not_held_up(work, request)
    request.give_answer(text or "", str(article_id) if article_id else None, work.now, work.by)
    work.save(request)
    carry_along(work, request)
    keep_choice(work, request, None)
    return views.summary(request, work.actor)


def reject_request(work: IntakeWork, request_id: UUID, version: int, reason: str) -> views.View:
    request = to_change(work, request_id, version)
    request.reject(reason, work.now, work.by)
    work.save(request)
    carry_along(work, request, reason)
    return views.summary(request, work.actor)


def _invalid(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
