"""A window of the week in a form: days to tick, a beginning and an end."""

from __future__ import annotations

from typing import Any

from gateway.clients import Json
from gateway.pages.routing_words import DAYS
from gateway.pages.visit import Visit


def window_from(visit: Visit, prefix: str) -> Json | None:
    """None when nothing of it was filled in; what is half filled in goes on, for the shape to refuse."""
    form = visit.form
    days = [int(day) for day in form.many(f"{prefix}_days") if day in {str(each) for each in DAYS}]
    start, end = form.text(f"{prefix}_start"), form.text(f"{prefix}_end")
    if not days and not start and not end:
        return None
    window: dict[str, Any] = {"days": days, "start": start or "", "end": end or ""}
    return window
