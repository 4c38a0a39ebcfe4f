"""One entry of the counter: what is known of it, what can be done with it now, and all that was."""

from __future__ import annotations

from typing import Any

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import counter as shapes
from gateway.clients import Json
from gateway.files import sending
from gateway.live import topics
from gateway.pages import counter_words as words
from gateway.pages import errors, forms
from gateway.pages.counter_forms import people_for, problem_of, signed, whom
from gateway.pages.desk.counter import KEEP, PATH
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

ONE = f"{PATH}/entries/<uuid:entry_id>"
# What a deed asks besides a remark.
ASKS: dict[str, tuple[str, ...]] = {
    "extend": ("due_on",),
    "claim": ("who",),
    "tell": ("who",),
    "collect": ("signature",),
}


@pages.get(ONE, KEEP)
def entry(visit: Visit, entry_id: str) -> Outcome:
    """One entry, with what can be done with it now."""
    return _show(visit, entry_id)


@pages.post(f"{ONE}/acts", KEEP, takes_files=True)
def act(visit: Visit, entry_id: str) -> Outcome:
    """Take it back, hand it over, sign somebody in or out."""
    action = visit.form.text("action") or ""
    try:
        visit.services.intake.act_on_counter_entry(entry_id, visit.version, **_said(visit, action))
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"action": action, **problem_of(visit, error)}
        return _show(visit, entry_id, errors.status_of(visit, error), problem)
    said = words.DONE.get(action)
    back = visit.form.get("back") == "counter"
    return visit.go(PATH if back else f"{PATH}/entries/{entry_id}", said)


@pages.post(f"{ONE}/fault", KEEP)
def fault(visit: Visit, entry_id: str) -> Outcome:
    """Make a fault of what is lost."""
    try:
        visit.services.intake.report_counter_loss(entry_id, visit.version)
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"action": "report", **problem_of(visit, error)}
        return _show(visit, entry_id, errors.status_of(visit, error), problem)
    return visit.go(f"{PATH}/entries/{entry_id}", _("A fault is made of it."))


@pages.get(f"{ONE}/signature/<line>", KEEP)
def signature(visit: Visit, entry_id: str, line: str) -> Any:
    """The drawn signature of a line."""
    if not line.isascii() or not line.isdigit() or len(line) > 4:
        raise NotFound("no_such_signature", "There is no drawn signature here.")
    found = visit.services.intake.get_counter_signature(entry_id, int(line))
    return sending.response(visit.house.files.store, found)


def _said(visit: Visit, action: str) -> Json:
    """What goes with this deed, of what stands in its form."""
    said: Json = {"action": action, "remark": visit.form.text("remark")}
    if visit.form.text("due_on"):
        said["due_on"] = visit.form.text("due_on")
    if visit.form.text("who") or visit.form.text("person_id"):
        found = whom(visit)
        said |= {name: found[name] for name in ("person_id", "name") if name in found}
    return forms.load(shapes.Act(), {**said, **signed(visit)})


def _show(visit: Visit, entry_id: str, status: int = 200, problem: Json | None = None) -> Outcome:
    found = visit.services.intake.get_counter_entry(entry_id)
    visit.follow(topics.COUNTER)
    kept = visit.form.said() if problem else {}
    return visit.show(
        "desk/counter_entry.html",
        status,
        entry=found,
        asks={each: _asks(found, each) for each in found["actions"]},
        kept=kept,
        people=people_for(visit, kept.get("who")),
        problem=problem,
        words=words,
    )


def _asks(found: Json, action: str) -> tuple[str, ...]:
    """Of what was found it is not known whose it is, until somebody comes for it."""
    known = found["whom"] or {}
    if action == "tell" and known.get("person_id"):
        return ()
    if action == "collect" and found["kind"] == "found" and not known:
        return ("who", "signature")
    return ASKS.get(action, ())
