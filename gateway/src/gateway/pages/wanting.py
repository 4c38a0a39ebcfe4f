"""When something is wanted, and how many; and what the order rules of a product say of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from math import ceil
from typing import Any

from servicekit.errors import Invalid, ServiceError

from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.visit import Visit

# An order without an hour is wanted somewhere in the day.
DAY_BEGINS, DAY_ENDS = time(7, 30), time(17, 30)
FIELDS = ("wanted_day", "wanted_hour", "quantity")


def window_of(visit: Visit, given: Mapping[str, str]) -> Json | None:
    """The day and hour wanted, on the organisation's clock; without an hour any time of that day."""
    day, hour = ((given.get(name) or "").strip() for name in ("wanted_day", "wanted_hour"))
    if not day:
        if hour:
            raise wrong("wanted_day", _("Choose a day too."))
        return None
    try:
        on = date.fromisoformat(day)
        at = time.fromisoformat(hour) if hour else None
    except ValueError:
        raise wrong("wanted_day", _("Write a day as 2026-12-31 and an hour as 14:30.")) from None
    zone = visit.moments.zone
    if at:
        return {"from": datetime.combine(on, at, zone).isoformat()}
    return {
        "from": datetime.combine(on, DAY_BEGINS, zone).isoformat(),
        "until": datetime.combine(on, DAY_ENDS, zone).isoformat(),
    }


def wanted_from(visit: Visit) -> Json:
    """What the desk fills in; nothing where nothing was."""
    count = visit.form.text("quantity")
    given = {"wanted": window_of(visit, visit.form), "quantity": whole("quantity", count) if count else None}
    return {name: each for name, each in given.items() if each is not None}


def whole(field: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise wrong(field, _("Write a whole number."))
    return int(text)


def wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})


def terms_for(visit: Visit, services: Any, product: Json | None, filled: Mapping[str, str]) -> Json | None:
    """What the product's order rules come to for what is filled in so far; None without rules, or while
    nobody can say.
    """
    if product is None or not product.get("ordering"):
        return None
    try:
        window = window_of(visit, filled)
        asked = {"from": window["from"]} if window else None
        found: Json = services.intake.get_order_terms(
            product["product_id"], asked, quantity=_count(product, filled)
        )
    except ServiceError:
        return None
    return found


def _count(product: Json, filled: Mapping[str, str]) -> int:
    """As services count it: by quantity, times the one number that the product asks for."""
    numbers = [each["key"] for each in product["questions"] if each["type"] == "number"]
    said = [filled.get("quantity")] + ([filled.get(f"answers.{numbers[0]}")] if len(numbers) == 1 else [])
    count = 1.0
    for text in said:
        try:
            count *= float((text or "1").replace(",", "."))
        except ValueError:
            continue
    return min(max(1, ceil(count)), 10_000)
