"""The number that people say on the phone: SD-26-000123."""

from __future__ import annotations

import re
from datetime import datetime

_SPOKEN = re.compile(r"^\s*(?:sd)?[\s-]*(\d{2})[\s-]+(\d{1,9})\s*$", re.IGNORECASE)


def reference(number: int, received_at_local: datetime) -> str:
    """`number` never starts again, so the year is for people only. `received_at_local`: in the organisation's
    zone.
    """
    return f"SD-{received_at_local:%y}-{number:06d}"


def spoken_number(text: str) -> int | None:
    """The number in a reference as somebody typed it ("SD-26-000123", "sd 26 123"); None when it is something
    else.

    The year is not needed to find it, so a wrong one is forgiven.
    """
    match = _SPOKEN.match(text)
    return int(match[2]) if match else None
