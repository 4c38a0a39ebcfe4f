"""How many of an order, and for when: what a form asks as far as its product does not ask for it itself."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from servicekit.errors import Invalid

from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.visit import Visit

# An order without an hour is wanted somewhere in the day.
DAY_BEGINS, DAY_ENDS = time(7, 30), time(17, 30)


def asks_quantity(product: Json | None) -> bool:
    """An order is for a number of them, unless the product asks for a number itself."""
    return is_order(product) and not _asks(product, "number")


def asks_moment(product: Json | None) -> bool:
    """An order is for a moment, unless the product asks for a date itself."""
    return is_order(product) and not _asks(product, "date")


def how_many_and_when(visit: Visit, product: Json | None) -> dict[str, Any]:
    """Of an order, as far as its product does not ask for it itself."""
    given: dict[str, Any] = {}
    if asks_quantity(product) and (count := visit.form.text("quantity")):
        given["quantity"] = _whole("quantity", count)
    if asks_moment(product):
        given["wanted"] = _window(visit)
    return given


def _window(visit: Visit) -> Json | None:
    """The day and hour wanted, on the organisation's clock; without an hour any time of that day."""
    day, hour = visit.form.text("wanted_day"), visit.form.text("wanted_hour")
    if not day:
        if hour:
            raise _wrong("wanted_day", _("Choose a day too."))
        return None
    try:
        on = date.fromisoformat(day)
        at = time.fromisoformat(hour) if hour else None
    except ValueError:
        raise _wrong("wanted_day", _("Write a day as 2026-12-31 and an hour as 14:30.")) from None
    zone = visit.moments.zone
    if at:
        return {"from": datetime.combine(on, at, zone).isoformat()}
    return {
        "from": datetime.combine(on, DAY_BEGINS, zone).isoformat(),
        "until": datetime.combine(on, DAY_ENDS, zone).isoformat(),
    }


def _whole(field: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise _wrong(field, _("Write a whole number."))
    return int(text)


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})


def is_order(product: Json | None) -> bool:
    return product is not None and product["kind"] == "order"


def _asks(product: Json | None, kind: str) -> bool:
    return product is not None and any(each["type"] == kind for each in product["questions"])
