"""The sticker on an object: whoever scans it reports about that object, signed in or not."""

from __future__ import annotations

from servicekit.errors import Invalid, NotFound, ServiceError

from gateway.clients import Json
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site.visitors import public_services
from gateway.pages.visit import Visit

pages = Pages()
# The field of the form that says whose sticker was scanned.
FIELD = "o"


@pages.get("/o/<code>", PUBLIC)
def scan(visit: Visit, code: str) -> Outcome:
    """The report form for what the sticker is on; else the plain one, and why."""
    try:
        found = public_services(visit).intake.get_sticker(code)
    except (NotFound, Invalid):
        return visit.show("site/no_sticker.html", 404, code=code)
    return visit.go(f"/report?{FIELD}={found['asset']['code']}")


def scanned(visit: Visit, filled: dict[str, str]) -> Json | None:
    """What the form is about and what is known of it; None when no sticker was scanned, or when it can't be
    looked up now: then one says where it is oneself.
    """
    code = filled.get(FIELD)
    if not code:
        return None
    try:
        return public_services(visit).intake.get_sticker(code)
    except ServiceError:
        return None
