"""What was charged: to every cost centre with `charges.read`, else to those that one has a seat in."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway import charge_files
from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import charges as shapes
from gateway.clients import Json
from gateway.files import names
from gateway.files.sending import POLICY

resources = Resources()
ALL = "/v1/charges"
OWN = "charges.own"


@resources.route("GET", ALL, permission=OWN, query=shapes.ChargeFilter, answer=shapes.ChargePage, paged=True)
def list_charges(call: Call) -> Json:
    """Line by line, newest first. Lines are never changed or removed: what turns out otherwise is booked as a
    difference, in the month in which that is known."""
    return call.services.intake.list_charges(**call.query)


@resources.route(
    "GET", f"{ALL}/totals", permission=OWN, query=shapes.ChargeTotalFilter, answer=shapes.ChargeTotalsPage,
    paged=True,
)  # fmt: skip
def list_charge_totals(call: Call) -> Json:
    """By cost centre, of each its months."""
    return call.services.intake.list_charge_totals(**call.query)


@resources.route("GET", f"{ALL}/export", permission=OWN, query=shapes.ChargeFileFilter, sends_file=True)
def export_charges(call: Call) -> Response:
    """All lines of a period as a file, to be saved: at most 20,000.

    A text that a spreadsheet would run gets an apostrophe before it."""
    wanted = dict(call.query)
    format_ = wanted.pop("format", "csv")
    lines = charge_files.gather(call.services.intake, **wanted)
    body, media_type = charge_files.packed(lines, charge_files.CODES, format_)
    name = f"{charge_files.called(wanted.get('first'), wanted.get('last'))}.{format_}"
    headers = {"Content-Disposition": names.disposition(name), "Content-Security-Policy": POLICY}
    return Response(body, headers=headers, content_type=media_type)
