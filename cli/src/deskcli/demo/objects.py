"""What is known one by one in De Sluis and De Kade: lifts, coffee machines, screens."""

from __future__ import annotations

import time

from deskcli.demo.data import load
from deskcli.demo.places import rooms
from deskcli.importing.api import Api, ApiError, Json

# Intake hears of a product a moment after it was published, and refuses one that it has not heard of.
PATIENCE_SECONDS, LOOK_SECONDS = 20.0, 0.1
REFUSED = 422


def objects() -> list[Json]:
    """As the API takes them, each at the key of its room."""
    keys = rooms()
    return [
        {
            "code": code, "name": {"nl": nl, "en": en}, "kind": kind, "locationKey": keys[place],
            "supplier": supplier, "product": product, "warrantyUntil": until,
        }
        for code, nl, en, kind, place, supplier, product, until in load("assets")["rows"]
    ]  # fmt: skip


def put_in(api: Api) -> int:
    """Answers how many. Raises ApiError."""
    items, last = objects(), time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            api.post("/assets", {"items": items})
            return len(items)
        except ApiError as error:
            if error.status != REFUSED or time.monotonic() > last:
                raise
        time.sleep(LOOK_SECONDS)
