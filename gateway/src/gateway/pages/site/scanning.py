"""The sticker on an object: whoever scans it reports about that object, signed in or not. The tag of a key, a
badge or a loan: the counter comes to its page, and anybody else reads where to bring it.
"""

from __future__ import annotations

from servicekit.errors import Invalid, NotFound, ServiceError

from gateway.clients import Json
from gateway.pages.counter_words import KINDS
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site.visitors import public_services
from gateway.pages.visit import Visit

pages = Pages()
COUNTER, KEEP = "/desk/counter", "ledger.keep"
# The field of the form that says whose sticker was scanned.
FIELD = "o"


@pages.get("/o/<code>", PUBLIC)
def scan(visit: Visit, code: str) -> Outcome:
    """The report form for what the sticker is on; else the plain one, and why."""
    try:
        found = public_services(visit).intake.get_sticker(code)
    except (NotFound, Invalid):
        return _tag(visit, code)
    return visit.go(f"/report?{FIELD}={found['asset']['code']}")


def _tag(visit: Visit, code: str) -> Outcome:
    """Of something that is handed out at the counter, if it is of that."""
    try:
        if visit.signed_in and visit.can(KEEP):
            return visit.go(f"{COUNTER}/items/{visit.services.intake.find_counter_item(code)['item_id']}")
        tag = public_services(visit).intake.find_counter_tag(code)
    except (NotFound, Invalid):
        return visit.show("site/no_sticker.html", 404, code=code)
    return visit.show("site/counter_tag.html", tag=tag, kinds=KINDS)


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
