"""Putting a request right in place: one command, checked and foreseen as a whole before anything changes.

A preview computes by `foresee` alone, and carrying it out begins with the same `foresee`: so the one can't
promise what the other does not do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from servicekit.errors import NotYet

from intake.domain.corrections import DISPATCHED, Correction, State
from intake.domain.direction import DISPATCH
from intake.domain.foreseeing import Foreseen, Wish, stops
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.told_anew import told_anew
from intake.domain.work_orders import WorkOrder
from intake.handlers import complaining, corrections, views
from intake.handlers.access import to_change, to_see
from intake.handlers.confiding import confide_by, save_confided
from intake.handlers.overruling import overruled
from intake.handlers.righting import foresee
from intake.storage.unit_of_work import IntakeWork

Fact = Mapping[str, Any]


def correct_request(
    work: IntakeWork, rules: Rules, request_id: UUID, version: int, **wish: Any
) -> views.View:
    """Answers the request as it is now, with the correction."""
    request = to_change(work, request_id, version)
    correction = make(work, request, foresee(work, rules, request, Wish(**wish)))
    return {**views.summary(request, work.actor), "correction": corrections.view(correction)}


def preview_correction(work: IntakeWork, rules: Rules, request_id: UUID, **wish: Any) -> views.View:
    """What would follow, and at which version of the request that was seen. Raises what correcting raises."""
    request = to_see(work, request_id)
    return preview(request, foresee(work, rules, request, Wish(**wish)))


def preview(request: Request, foreseen: Foreseen) -> views.View:
    return {
        "request_id": request.request_id,
        "reference": request.reference,
        "version": request.version,
        "what": foreseen.wish.what,
        "effect": foreseen.effect,
        "before": foreseen.before,
        "after": foreseen.after,
        "stops": [_order(order) for order in stops(request, foreseen)],
        "keeps": [_order(request.orders[each]) for each in foreseen.keeps],
        "issues": foreseen.issues,
        "confides": foreseen.confides,
        "overrules": foreseen.overrules,
    }


def _order(order: WorkOrder) -> views.View:
    return {name: getattr(order, name) for name in ("work_order_id", "number", "state", "provider")}


def make(work: IntakeWork, request: Request, foreseen: Foreseen, **more: Any) -> Correction:
    """What was foreseen, done. The request is locked; it and its correction are saved here. `more`: what the
    correction belongs to, or takes back.
    """
    wish = foreseen.wish
    order = request.orders.get(str(wish.work_order_id)) if wish.work_order_id else None
    done = foreseen.effect not in DISPATCHED or request.round == 0
    correction = Correction(
        correction_id=work.new_id(),
        request_id=request.request_id,
        reference=request.reference,
        what=wish.what,
        effect=foreseen.effect,
        cause=wish.cause,
        note=wish.note,
        by=work.by,
        at=work.now,
        updated_at=work.now,
        before=foreseen.before,
        after=foreseen.after,
        round=request.round,
        state=State.DONE if done else State.BEGUN,
        work_order_id=order.work_order_id if order else None,
        product_id=request.product.product_id if request.product else None,
        provider=order.provider if order else None,
        told_anew=told_anew(request, foreseen),
        keeps=foreseen.keeps,
        **more,
    )
    request.correct(correction, foreseen.changes, work.now, work.by)
    overruled(work, request, foreseen.overrules, wish.overrule)
    complaining.begin(request)
    confide_by(work, request, foreseen.confides)
    save_confided(work, request, foreseen.confides)
    work.corrections.add(correction)
    return correction


def answered(work: IntakeWork, request: Request, fact: Fact, at: datetime) -> None:
    """Dispatch has said what became of it; twice adds nothing."""
    correction = work.corrections.find(UUID(fact["correction_id"]))
    if correction is None:
        raise NotYet(f"correction {fact['correction_id']} is not known here")
    if correction.hear(fact, at):
        _move_on(work, request, correction, at)


def follow(work: IntakeWork, request: Request) -> None:
    """An order changed: it may be the acknowledgement that a correction waited for."""
    if not request.corrections:
        return
    for correction in work.corrections.open_of(request.request_id):
        _move_on(work, request, correction, work.now)


def _move_on(work: IntakeWork, request: Request, correction: Correction, at: datetime) -> None:
    before = correction.state
    correction.follow(corrections.states_of(request), at)
    if correction.changed:
        work.corrections.save(correction)
    if correction.state is before:
        return
    if correction.state is State.FAILED:
        request.correction_failed(correction, at, DISPATCH)
    elif correction.state is State.DONE:
        request.correction_done(correction, at, DISPATCH)
