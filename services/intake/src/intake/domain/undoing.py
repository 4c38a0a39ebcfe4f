"""Whether a correction can be taken back: only while nobody outside has acted on it, or was told to.

What is undone is corrected back, by the same means. If a word of a provider crosses it, they are asked to
stop like anybody else: nothing is lost by that, but it is no undoing any more, so it is not offered.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from intake.domain.corrections import DISPATCHED, Correction, Effect, State, What, effect_of
from intake.domain.foreseeing import is_replaced
from intake.domain.requests import Request
from intake.domain.work_orders import WorkOrder

DONE = frozenset({"technically_complete", "checked", "administratively_complete"})
# Why not: a code for screens, and a sentence that says what to do instead.
REASONS: dict[str, str] = {
    "undone": "It was undone already.",
    "undo": "It undoes another correction itself. Correct the request instead.",
    "failed": "Its orders could not be changed. Look at the request, and correct it again.",
    "not_answered": "What follows for its work orders is not known yet. Try again in a moment.",
    "corrected_since": "It was corrected again since. Undo that first, or correct it by itself.",
    "went_on": "The request went on since. Look at it, and correct it by itself.",
    "assessed": "It went back to be assessed. Assess it again: there is no order to give back.",
    "reopened": "It was taken up again, and its requester was told.",
    "no_price": "There was no amount before. Correct it by itself.",
    "told_to_stop": "A provider was told to stop. Correct it by itself; a new order is issued then.",
    "was_done": "Work that was done was set aside by it. Correct it by itself.",
    "sent": "A new order is with its provider already. Correct it by itself; they are asked to stop then.",
}


def why_not(request: Request, correction: Correction, standing: Iterable[Correction]) -> str | None:
    """A key of REASONS; None: it can be undone. `standing`: corrections that were not taken back."""
    if correction.undone_by:
        return "undone"
    if correction.undoes:
        return "undo"
    if any(_is_since(each, correction) for each in standing):
        return "corrected_since"
    return _of_effect(correction) or _of_request(request, correction) or _of_orders(request, correction)


def _is_since(other: Correction, correction: Correction) -> bool:
    """Those that were made together are about an order each, and stand by themselves."""
    together = correction.batch_id is not None and other.batch_id == correction.batch_id
    later = (other.at, other.correction_id) > (correction.at, correction.correction_id)
    return other.request_id == correction.request_id and later and not together


def _of_effect(correction: Correction) -> str | None:
    if correction.effect is Effect.REASSESS:
        return "assessed"
    if correction.effect is Effect.REOPEN:
        return "reopened"
    if correction.state is State.FAILED:
        return "failed"
    if correction.what is What.PRICE and correction.before.get("cost_cents") is None:
        return "no_price"
    if correction.effect in DISPATCHED and correction.answer is None and correction.state is State.BEGUN:
        return "not_answered"
    return None


def _of_request(request: Request, correction: Correction) -> str | None:
    same = effect_of(correction.what, request.state, request.round) is correction.effect
    return None if same and request.round == correction.round else "went_on"


def _of_orders(request: Request, correction: Correction) -> str | None:
    answer: dict[str, Any] = correction.answer or {"stopped": [], "issued": []}
    states = {each["state"] for each in answer["stopped"]}
    if correction.effect is not Effect.REPRICE:
        if "cancellation_requested" in states:
            return "told_to_stop"
        if states & DONE:
            return "was_done"
    issued = [request.orders.get(each["work_order_id"]) for each in answer["issued"]]
    known = [order for order in issued if order is not None]
    if len(known) < len(issued):
        return "not_answered"
    if any(is_replaced(request, order) for order in known):
        return "went_on"
    return "sent" if any(has_left(order) for order in known) else None


def has_left(order: WorkOrder) -> bool:
    """A supplier gets it, or sees it, the moment that it is issued. In the list of a team of our own it can
    still be taken away without a word, until they take it up.
    """
    if order.state in ("prepared", "cancelled"):
        return False
    return order.state != "issued" or order.provider["kind"] == "supplier"
