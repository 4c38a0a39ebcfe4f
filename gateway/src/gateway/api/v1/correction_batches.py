"""Correcting many requests at once, and taking corrections back."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import correction_batches as shapes
from gateway.api.schemas.corrections import Corrected
from gateway.clients import Json
from gateway.pages import refusals
from gateway.pages.words import words

resources = Resources()
BATCHES = "/v1/correction-batches"
ONE = f"{BATCHES}/<uuid:batch_id>"


@resources.route(
    "POST", "/v1/correction-previews", permission="corrections.make", body=shapes.NewCorrectionPreview,
    answer=shapes.CorrectionPreview,
)  # fmt: skip
def preview_corrections(call: Call) -> Json:
    """What correcting each of many would do, or why it would be refused; nothing is changed."""
    return _told(call, call.services.intake.preview_corrections(**call.body))


@resources.route(
    "POST", BATCHES, permission="corrections.make", body=shapes.NewCorrectionBatch,
    answer=shapes.WholeCorrectionBatch, idempotent=True,
)  # fmt: skip
def correct_requests(call: Call) -> Json:
    """Correct many, each with an outcome of its own: one that is refused keeps none of the others. What takes
    long, or is cut off, is gone on with; send an Idempotency-Key, so that a repeat finds what it began."""
    return _told(call, call.services.intake.correct_requests(**call.body))


@resources.route(
    "GET", BATCHES, permission="corrections.read", query=shapes.BatchFilter,
    answer=shapes.CorrectionBatchPage, paged=True,
)  # fmt: skip
def list_correction_batches(call: Call) -> Json:
    """Corrections of many, newest first, with how many of each outcome."""
    return call.services.intake.list_correction_batches(**call.query)


@resources.route("GET", ONE, permission="corrections.read", answer=shapes.WholeCorrectionBatch)
def get_correction_batch(call: Call, batch_id: str) -> Json:
    """What became of each, and whether it can still be undone."""
    return _told(call, call.services.intake.get_correction_batch(batch_id))


@resources.route(
    "POST", f"{ONE}/undo", permission="corrections.make", body=shapes.UndoneItems, answer=shapes.UndoneBatch,
    idempotent=True,
)  # fmt: skip
def undo_corrections(call: Call, batch_id: str) -> Json:
    """Undo those that are named, or all that can be: while no order is with its provider and nobody was told
    to stop. Each that can't says why."""
    return _told(call, call.services.intake.undo_corrections(batch_id, call.body.get("positions")))


@resources.route(
    "POST", "/v1/corrections/<uuid:correction_id>/undo", permission="corrections.make", answer=Corrected,
    idempotent=True,
)  # fmt: skip
def undo_correction(call: Call, correction_id: str) -> Json:
    """Undo one correction. Refused, with the reason, once an order is with its provider or somebody was told
    to stop: correct the request again then."""
    return call.services.intake.undo_correction(correction_id)


def _told(call: Call, found: Json) -> Json:
    """What was refused, in the language of who asks."""
    refusals.of_each(found.get("items", []), words(call.language), call.actor.can)
    return found
