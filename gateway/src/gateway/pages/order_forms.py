"""The forms with which an order is moved on, the same for team, supplier and desk: what each action asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from servicekit.errors import Invalid

from gateway.api.schemas import limits, rounds
from gateway.api.schemas import work_orders as shapes
from gateway.api.schemas.base import Body
from gateway.pages import forms
from gateway.pages.attaching import attached
from gateway.pages.labels import _
from gateway.pages.order_records import number, record_from
from gateway.pages.rounds import stop_from
from gateway.pages.visit import Visit

# The fields that each action asks for; the shape says which of them it needs.
WINDOWS = 3  # moments that the form has room for
FIELDS: Mapping[str, tuple[str, ...]] = {
    "accept": ("planned_from", "planned_until", "note"),
    "refuse": ("reason",),
    "schedule": ("planned_from", "planned_until", "note"),
    "propose": ("windows", "note"),
    "confirm_appointment": ("choice",),
    "ask_another": ("reason",),
    "start": (),
    "pause": ("pause_reason", "counterparty", "note"),
    "resume": (),
    "tick_stop": ("stop",),
    "complete": ("checklist", "note", "time", "material", "cost", "files"),
    "accept_cost": ("reason",),
    "dispute_cost": ("reason",),
    "check": ("note",),
    "fail": ("reason",),
    "close": ("note", "cost"),
    "set_limit": ("limit", "note"),
    "ask_extra": ("amount", "reason"),
    "grant_extra": ("note",),
    "refuse_extra": ("reason",),
    "begin_early": ("reason",),
    "cancel": ("reason",),
    "confirm_cancellation": (),
    "not_carried_out": ("reason",),
    "dismiss": ("reason",),
}
# Fields in euros, and what the API calls them.
AMOUNTS: Mapping[str, str] = {"cost": "cost_cents", "limit": "limit_cents", "amount": "amount_cents"}
SHAPES: Mapping[str, type[Body]] = {
    "accept": shapes.Acceptance,
    "schedule": shapes.Plan,
    "propose": shapes.Proposal,
    "confirm_appointment": shapes.ChosenWindow,
    "ask_another": shapes.Because,
    "pause": shapes.Interruption,
    "tick_stop": rounds.StopAnswer,
    "complete": shapes.Completion,
    "close": shapes.Settlement,
    "refuse": shapes.Because,
    "accept_cost": shapes.Because,
    "dispute_cost": shapes.Because,
    "fail": shapes.Because,
    "set_limit": limits.Limit,
    "ask_extra": limits.ExtraWork,
    "grant_extra": limits.Granted,
    "refuse_extra": shapes.Because,
    "begin_early": shapes.Because,
    "cancel": shapes.Because,
    "not_carried_out": shapes.Because,
    "dismiss": shapes.Because,
}


def details_of(visit: Visit, action: str, bearer: str = "") -> dict[str, Any]:
    """What the form says, as the API's command takes it; `bearer` is who brings its files. Raises Invalid
    with what is wrong per field, FileRefused.
    """
    form, asked = visit.form, FIELDS.get(action, ())
    given: dict[str, Any] = {name: form.text(name) for name in ("note", "reason") if name in asked}
    if "files" in asked:  # first, so that a form with something wrong in it keeps them
        given["attachments"] = attached(visit, bearer) or None
    for name in ("planned_from", "planned_until"):
        if name in asked and (text := form.text(name)):
            given[name] = moment_from(name, text, visit.moments.zone)
    if "windows" in asked:
        given["windows"] = _windows(visit)
    if "choice" in asked:
        given["choice"] = choice_from(form.text("choice"))
    for name in AMOUNTS.keys() & set(asked):
        given |= _amount(name, form.text(name))
    if "checklist" in asked:
        given |= record_from(visit)
    if "stop" in asked:
        given |= stop_from(visit)
    if action == "pause":
        given["pause"] = {
            "reason": form.text("pause_reason") or "",
            "counterparty": form.text("counterparty") or "",
        }
    return forms.load(SHAPES.get(action, shapes.Remark)(), given)


def _amount(name: str, text: str | None) -> dict[str, int]:
    return {AMOUNTS[name]: cents(name, text)} if text else {}


def choice_from(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else None


def _windows(visit: Visit) -> list[dict[str, str]]:
    """The moments that were filled in: each a day with a beginning and an end. Raises Invalid."""
    form, found = visit.form, []
    for index in range(WINDOWS):
        day, start, end = (form.text(f"window{index}_{part}") for part in ("day", "from", "until"))
        if not day and not start and not end:
            continue
        if not (day and start and end):
            raise _wrong_windows(visit)
        zone = visit.moments.zone
        try:
            moments = (moment_from("windows", f"{day}T{time}", zone) for time in (start, end))
            found.append(dict(zip(("from", "until"), moments, strict=True)))
        except Invalid as error:
            raise _wrong_windows(visit) from error
    return found


def _wrong_windows(visit: Visit) -> Invalid:
    says = visit.words(_("Fill in a day, a beginning and an end for each moment."))
    return Invalid("invalid", visit.words(_("Some fields are not right.")), {"windows": [says]})


def moment_from(field: str, text: str, zone: ZoneInfo) -> str:
    """What a browser's date and time field says, on the organisation's clock."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            "invalid", "Some fields are not right.", {field: ["Write a day and a time."]}
        ) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()


GROUPS = re.compile(r"\.(?=\d{3}(?!\d))")  # a dot before three figures: nobody writes tenths of cents


def cents(field: str, text: str) -> int:
    """Euros as people write them: `95`, `95,50`, `95.50`, `1.250,00`, `1.250`."""
    plain = GROUPS.sub("", text.replace("€", ""))
    try:
        return int((number(plain) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except (ArithmeticError, ValueError) as error:
        raise Invalid(
            "invalid", "Some fields are not right.", {field: ["Write an amount, such as 95,50."]}
        ) from error
