"""Taking a correction back: the request gets what it had, and the work follows as with any correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from servicekit.errors import NotFound

from intake.domain.corrections import Correction, Effect, What
from intake.domain.errors import NotAllowed
from intake.domain.foreseeing import Foreseen, Wish
from intake.domain.involved import CostCentre, OnSite
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.undoing import REASONS, why_not
from intake.domain.values import Place, ProductRef, Requester, Wanted
from intake.handlers import corrections, views
from intake.handlers.access import to_change
from intake.handlers.correcting import make
from intake.handlers.righting import restored
from intake.storage.unit_of_work import IntakeWork

# How what a correction kept becomes what a request has. The promise is counted anew, from the receipt.
READ: Mapping[str, Any] = {
    "product": lambda given: ProductRef(**given) if given else None,
    "location": lambda given: Place(**given) if given else None,
    "requested_for": lambda given: Requester(**given) if given else None,
    "on_site": lambda given: OnSite(**given) if given else None,
    "cost_centre": lambda given: CostCentre(**given) if given else None,
    "wanted": lambda given: Wanted.read(given) if given else None,
}


def undo_correction(work: IntakeWork, rules: Rules, correction_id: UUID) -> views.View:
    """Answers the request as it is now, with the correction that took it back."""
    request, undoing = take_back(work, rules, correction_id)
    return {**views.summary(request, work.actor), "correction": corrections.view(undoing)}


def take_back(work: IntakeWork, rules: Rules, correction_id: UUID) -> tuple[Request, Correction]:
    """Raises NotAllowed with the reason when something has left since, or it was corrected again."""
    known = work.corrections.find(correction_id)
    if known is None:
        raise NotFound("no_such_correction", "There is no such correction.")
    request = to_change(work, known.request_id)
    correction = work.corrections.find(correction_id) or known  # as it is under the lock
    reason = why_not(request, correction, work.corrections.standing([request.request_id]))
    if reason:
        raise NotAllowed(REASONS[reason])
    undoing = make(work, request, _foreseen(work, rules, request, correction), undoes=correction_id)
    correction.undone_by = undoing.correction_id
    work.corrections.save(correction)
    return request, undoing


def _foreseen(work: IntakeWork, rules: Rules, request: Request, correction: Correction) -> Foreseen:
    wish = Wish(
        what=correction.what,
        cause=correction.cause,
        work_order_id=_order(request, correction),
        cost_cents=correction.before.get("cost_cents"),
    )
    if wish.work_order_id is None:
        fields = {name: READ.get(name, _same)(value) for name, value in correction.before.items()}
        fields.pop("promise", None)
        return restored(work, rules, request, wish, correction.effect, fields)
    return _of_order(request, wish, correction)


def _of_order(request: Request, wish: Wish, correction: Correction) -> Foreseen:
    """The order that came instead goes back to who had it; of a price the amount."""
    order = request.orders[str(wish.work_order_id)]
    before = {"order": order.number, "provider": order.provider["name"]}
    if correction.what is What.PRICE:
        amounts = ({"cost_cents": order.cost_cents}, {"cost_cents": wish.cost_cents})
        return Foreseen(wish, correction.effect, {}, {**before, **amounts[0]}, amounts[1])
    assert correction.provider is not None
    after = {"provider_id": str(correction.provider["provider_id"])}
    return Foreseen(wish, Effect.REROUTE, {}, before, after)


def _order(request: Request, correction: Correction) -> UUID | None:
    """Which is to be corrected back: that of the price, else the one that was issued."""
    if correction.what is What.PRICE or correction.work_order_id is None:
        return UUID(str(correction.work_order_id)) if correction.work_order_id else None
    (issued,) = (correction.answer or {})["issued"]
    return UUID(str(issued["work_order_id"]))


def _same(value: Any) -> Any:
    return value
