"""What one has of the counter, what waits there for one, and one's visitors."""

from __future__ import annotations

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import counter as shapes
from gateway.clients import Json
from gateway.pages import counter_words as words
from gateway.pages import errors, forms
from gateway.pages.counter_forms import problem_of
from gateway.pages.labels import _
from gateway.pages.order_forms import moment_from
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/counter"
OWN = "ledger.own"
PAGE = 50
GROUPS = {
    _("Waits for you at the counter"): ("parcel", "found"),
    _("What you have"): words.LENT,
    _("Your visitors"): ("visitor",),
}


@pages.get(PATH, OWN)
def own(visit: Visit) -> Outcome:
    """All that is open, or what is over."""
    return _show(visit)


@pages.post(f"{PATH}/visitors", OWN)
def announce(visit: Visit) -> Outcome:
    """Announce a visitor."""
    try:
        said: Json = {name: visit.form.text(name) for name in ("name", "company", "what", "plate")}
        at = visit.form.text("expected_at")
        said["expected_at"] = moment_from("expected_at", at, visit.moments.zone) if at else None
        visit.services.intake.announce_own_visitor(**forms.load(shapes.OwnVisitor(), said))
    except ServiceError as error:
        return _show(visit, errors.status_of(visit, error), problem_of(visit, error))
    return visit.go(PATH, _("The counter expects your visitor, and mails you when they are there."))


@pages.post(f"{PATH}/visitors/<uuid:entry_id>/cancel", OWN)
def cancel(visit: Visit, entry_id: str) -> Outcome:
    """Say that a visitor does not come."""
    try:
        visit.services.intake.cancel_own_visitor(entry_id, visit.version)
    except NotFound:
        raise
    except ServiceError as error:
        return _show(visit, errors.status_of(visit, error), problem_of(visit, error))
    return visit.go(PATH, _("The counter does not expect them any more."))


def _show(visit: Visit, status: int = 200, problem: Json | None = None) -> Outcome:
    over, cursor = visit.query.get("over") == "yes", visit.query.text("cursor")
    page = visit.services.intake.list_own_counter_entries(over=over, cursor=cursor, limit=PAGE)
    groups = [
        (heading, [each for each in page["items"] if each["kind"] in kinds])
        for heading, kinds in GROUPS.items()
    ]
    return visit.show(
        "site/counter.html",
        status,
        groups=groups,
        page=page,
        over=over,
        kept=visit.form.said() if problem else {},
        problem=problem,
        words=words,
    )
