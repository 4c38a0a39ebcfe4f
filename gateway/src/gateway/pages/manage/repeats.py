"""What keeps coming back outside the catalogue, for whoever may make a product of it."""

from __future__ import annotations

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas.repeats import RepeatFilter, SetRepeatAside
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/repeats"
ONE = f"{PATH}/<uuid:repeat_id>"
TABS = (("", _("To decide")), ("proposed", _("Proposed")), ("set_aside", _("Put aside")))
# By what would help most.
ADVICE = {
    "product": _("Make a product of it"),
    "words": _("Mend the words of a product"),
    "article": _("Write an answer"),
}
ABOUT_ADVICE = {
    "product": _("Nothing in the catalogue fits. A product of it starts at once, without the desk."),
    "words": _("The desk ends at the same product each time. Put what people say into its examples."),
    "article": _("Most are questions. People who find the answer need not ask."),
}
ENDED = {
    "open": _("open"),
    "solved": _("solved"),
    "answered": _("answered"),
    "rejected": _("rejected"),
    "merged": _("merged"),
}


@pages.get(PATH, "repeats.read")
def repeats(visit: Visit) -> Outcome:
    """The largest first."""
    wanted = forms.load(RepeatFilter(), {"state": visit.query.text("state")})
    found = visit.services.intake.list_repeats(**wanted)["items"]
    return visit.show(
        "manage/repeats.html",
        repeats=found,
        state=wanted.get("state") or "",
        tabs=[(f"{PATH}?state={state}" if state else PATH, word, state) for state, word in TABS],
        ADVICE=ADVICE,
    )


@pages.get(ONE, "repeats.read")
def repeat(visit: Visit, repeat_id: str) -> Outcome:
    """One with its requests, and what a draft would begin with."""
    return _show(visit, repeat_id)


@pages.post(f"{ONE}/propose", "repeats.decide")
def propose(visit: Visit, repeat_id: str) -> Outcome:
    """A draft is made of it."""
    try:
        made = visit.services.intake.propose_repeat(repeat_id, visit.version)
    except ServiceError as error:
        return _refused(visit, repeat_id, error)
    return visit.go(f"{PATH}/{made['repeat_id']}", _("Proposed. A draft is being made of it."))


@pages.post(f"{ONE}/set-aside", "repeats.decide")
def set_aside(visit: Visit, repeat_id: str) -> Outcome:
    """With the reason."""
    try:
        body = forms.load(SetRepeatAside(), {"reason": visit.form.text("reason")})
        visit.services.intake.set_repeat_aside(repeat_id, visit.version, body["reason"])
    except ServiceError as error:
        return _refused(visit, repeat_id, error)
    return visit.go(PATH, _("Set aside, with your reason."))


@pages.post(f"{ONE}/take-back", "repeats.decide")
def take_back(visit: Visit, repeat_id: str) -> Outcome:
    """It is to be decided again."""
    try:
        visit.services.intake.take_repeat_back(repeat_id, visit.version)
    except ServiceError as error:
        return _refused(visit, repeat_id, error)
    return visit.go(f"{PATH}/{repeat_id}", _("Taken back."))


def _refused(visit: Visit, repeat_id: str, error: ServiceError) -> Outcome:
    if isinstance(error, NotFound):
        raise error
    problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
    return _show(visit, repeat_id, errors.status_of(visit, error), problem)


def _show(visit: Visit, repeat_id: str, status: int = 200, problem: Json | None = None) -> Outcome:
    return visit.show(
        "manage/repeat.html",
        status,
        repeat=visit.services.intake.get_repeat(repeat_id),
        problem=problem,
        reason=visit.form.text("reason") if problem else "",
        ADVICE=ADVICE,
        ABOUT_ADVICE=ABOUT_ADVICE,
        ENDED=ENDED,
    )
