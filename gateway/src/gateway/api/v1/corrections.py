"""Putting right what went wrong, and what that adds up to."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.figures import days
from gateway.api.operation import Resources
from gateway.api.schemas.corrections import (
    Corrected,
    CorrectionCauseList,
    CorrectionFilter,
    CorrectionPage,
    CountedCorrections,
    Foreseen,
    KeptCauses,
    NewCorrection,
)
from gateway.api.schemas.figures import PeriodFilter
from gateway.clients import Json

resources = Resources()

PATH = "/v1/requests/<uuid:request_id>/corrections"


@resources.route(
    "POST",
    PATH,
    permission="corrections.make",
    body=NewCorrection,
    answer=Corrected,
    idempotent=True,
    versioned=True,
)
def correct_request(call: Call, request_id: str) -> Json:
    """Correct a request in place: wrong work orders are cancelled, right ones issued, and its clocks run on
    from when it was received. The correction is `cancelling` until every supplier that was asked says that it
    has stopped."""
    return call.services.intake.correct_request(request_id, call.version, **call.body)


@resources.route(
    "POST", f"{PATH}/preview", permission="corrections.make", body=NewCorrection, answer=Foreseen
)
def preview_correction(call: Call, request_id: str) -> Json:
    """What correcting it would do; nothing is changed."""
    return call.services.intake.preview_correction(request_id, **call.body)


@resources.route(
    "GET",
    "/v1/corrections",
    permission="corrections.read",
    query=CorrectionFilter,
    answer=CorrectionPage,
    paged=True,
)
def list_corrections(call: Call) -> Json:
    """Find corrections, newest first."""
    return call.services.intake.list_corrections(**call.query)


@resources.route(
    "GET", "/v1/correction-figures", permission="figures.read", query=PeriodFilter, answer=CountedCorrections
)
def count_corrections(call: Call) -> Json:
    """How many corrections were made in a period, by cause, by what was wrong, by product and by provider."""
    now, zone = call.house.demo_clock.now(), call.house.settings.zone
    period = days(call.query.get("from"), call.query.get("until"), now, zone)
    return call.services.intake.count_corrections(period.first, period.last)


@resources.route("GET", "/v1/correction-causes", permission="corrections.read", answer=CorrectionCauseList)
def list_correction_causes(call: Call) -> Json:
    """The causes that a correction may have."""
    return call.services.intake.list_correction_causes()


@resources.route(
    "PUT",
    "/v1/correction-causes",
    permission="corrections.causes",
    body=KeptCauses,
    answer=CorrectionCauseList,
)
def save_correction_causes(call: Call) -> Json:
    """Keep the list of causes."""
    return call.services.intake.save_correction_causes(call.body["items"])
