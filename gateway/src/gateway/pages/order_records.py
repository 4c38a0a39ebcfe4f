"""What comes with completion, as people fill it in: points ticked, hours, material. Never a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from servicekit.errors import Invalid

from gateway.pages.labels import _
from gateway.pages.visit import Visit

HOURS_ROWS, MATERIAL_ROWS = 3, 4  # what the form has room for
_TIME = ("hours", "rate")
_MATERIAL = ("name", "quantity", "price")


def record_from(visit: Visit) -> dict[str, Any]:
    """The part of the API's command. Raises Invalid."""
    ticked = [int(one) for one in visit.form.many("checklist") if one.isascii() and one.isdigit()]
    return {"checklist": ticked or None, "time": _time(visit) or None, "material": _material(visit) or None}


def number(text: str) -> Decimal:
    """As people write it: `95`, `95,50`, `1.250,00`, `2.5`. Raises ValueError, ArithmeticError."""
    plain = text.replace(" ", "").replace("\u00a0", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    found = Decimal(plain)
    if not found.is_finite():
        raise ValueError(text)
    return found


def _time(visit: Visit) -> list[dict[str, Any]]:
    lines = []
    for row in range(HOURS_ROWS):
        said = {name: visit.form.text(f"time{row}_{name}") for name in _TIME}
        if not any(said.values()):
            continue
        try:
            line: dict[str, Any] = {"kind": visit.form.text(f"time{row}_kind") or ""}
            line["minutes"] = _minutes(said["hours"] or "")
            lines.append(line | _money("rate_cents", said["rate"]))
        except (ArithmeticError, ValueError) as error:
            raise _wrong(visit, "time", _("Write the hours as 1:30 or 1,5.")) from error
    return lines


def _material(visit: Visit) -> list[dict[str, Any]]:
    lines = []
    for row in range(MATERIAL_ROWS):
        said = {name: visit.form.text(f"material{row}_{name}") for name in _MATERIAL}
        if not any(said.values()):
            continue
        try:
            quantity = number(said["quantity"] or "")
            if not said["name"] or quantity <= 0 or quantity != quantity.quantize(Decimal("0.001")):
                raise ValueError(said)
            line = {"name": said["name"], "quantity": f"{quantity.normalize():f}"}
            line["unit"] = visit.form.text(f"material{row}_unit") or ""
            lines.append(line | _money("price_cents", said["price"]))
        except (ArithmeticError, ValueError) as error:
            says = _("Say what was used and how much, such as 2 or 2,5.")
            raise _wrong(visit, "material", says) from error
    return lines


def _minutes(text: str) -> int:
    """Of `1:30`, `1,5` or `2`."""
    hours, colon, minutes = text.partition(":")
    if not colon:
        return int((number(text) * 60).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if not (hours.isdigit() and minutes.isdigit() and len(minutes) == 2 and int(minutes) < 60):
        raise ValueError(text)
    return int(hours) * 60 + int(minutes)


def _money(name: str, text: str | None) -> dict[str, int]:
    if not text:
        return {}
    return {name: int((number(text.replace("€", "")) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))}


def _wrong(visit: Visit, field: str, says: str) -> Invalid:
    return Invalid("invalid", visit.words(_("Some fields are not right.")), {field: [visit.words(says)]})
