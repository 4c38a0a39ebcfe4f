"""Begun on the site, finished by phone or at the counter."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import begun as shapes
from gateway.clients import Json

resources = Resources()


@resources.route(
    "POST", "/v1/begun-reports", permission="reports.begin", body=shapes.NewBegun, answer=shapes.BegunCode,
    status=201, idempotent=True, refuses=(429,),
)  # fmt: skip
def begin_report(call: Call) -> Json:
    """Keep what is typed so far, under a code with which the desk finishes it. Kept for seven days."""
    return call.services.intake.begin_report(**call.body)


@resources.route(
    "GET",
    "/v1/begun-reports/<code>",
    permission="reports.finish",
    answer=shapes.BegunView,
    refuses=(404, 429),
)
def find_begun_report(call: Call, code: str) -> Json:
    """What somebody began under this code, in any spelling. Finish it with `begunId` of a new request."""
    return call.services.intake.find_begun_report(code[:40])
