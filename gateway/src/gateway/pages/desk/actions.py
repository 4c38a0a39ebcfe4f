"""What an agent does with a request. Each is a form in the dossier; what is refused comes back with its
words kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from servicekit.errors import ServiceError

from gateway.api.schemas import requests as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.attaching import attached
from gateway.pages.desk.board import show
from gateway.pages.desk.product_answers import answers_from
from gateway.pages.involving import involved_from
from gateway.pages.labels import _
from gateway.pages.order_forms import cents
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.proposing import proposed_from
from gateway.pages.visit import Visit
from gateway.pages.wanting import wanted_from

pages = Pages()

TRIAGED = {
    "in_progress": _("Accepted; its process has started."),
    "awaiting_approval": _("The budget holder is asked; the clock waits meanwhile."),
}
WEIGHED = ("kind", "priority", "impact", "urgency", "object", "asset_id")
PATH = "/desk/requests/<uuid:request_id>"
Act = Callable[[Visit, str], Json]


@pages.post(f"{PATH}/notes", "requests.direct", takes_files=True)
def note(visit: Visit, request_id: str) -> Outcome:
    """Add a note that only the desk reads."""

    def act(visit: Visit, request_id: str) -> Json:
        return visit.services.intake.add_note(request_id, **_words(visit))

    return done(visit, request_id, "note", act, _("The note is added."))


@pages.post(f"{PATH}/questions", "requests.direct")
def question(visit: Visit, request_id: str) -> Outcome:
    """Ask the requester; the clock waits for the answer."""

    def act(visit: Visit, request_id: str) -> Json:
        body = forms.load(shapes.Question(), {"question": visit.form.text("text")})
        return visit.services.intake.ask_requester(request_id, visit.version, body["question"])

    return done(
        visit, request_id, "question", act, _("The question is sent; the clock waits for the answer.")
    )


@pages.post(f"{PATH}/replies", "requests.reply", takes_files=True)
def reply(visit: Visit, request_id: str) -> Outcome:
    """Write down what the requester told, by phone say."""

    def act(visit: Visit, request_id: str) -> Json:
        said = {"channel": visit.form.text("channel"), **_words(visit)}
        return visit.services.intake.reply_to_desk(request_id, **forms.load(shapes.Reply(), said))

    return done(visit, request_id, "reply", act, _("The reply is added."))


@pages.post(f"{PATH}/answer", "requests.answer")
def answer(visit: Visit, request_id: str) -> Outcome:
    """Answer it at the desk, which closes it."""

    def act(visit: Visit, request_id: str) -> Json:
        given = {"text": visit.form.text("text"), "article_id": visit.form.text("article_id")}
        body = forms.load(shapes.DeskAnswer(), given)
        return visit.services.intake.answer_request(request_id, visit.version, **body)

    return done(visit, request_id, "answer", act, _("Answered and closed."))


@pages.post(f"{PATH}/reject", "requests.triage")
def reject(visit: Visit, request_id: str) -> Outcome:
    """Reject it, with the reason that the requester gets to read."""
    return done(
        visit, request_id, "reject", _with_reason("reject_request"), _("Rejected; the requester hears why.")
    )


@pages.post(f"{PATH}/reopen", "requests.own_decision")
def reopen(visit: Visit, request_id: str) -> Outcome:
    """Take it up again on the requester's word."""
    return done(visit, request_id, "reopen", _with_reason("reopen_request"), _("Taken up again."))


@pages.post(f"{PATH}/withdraw", "requests.own_decision")
def withdraw(visit: Visit, request_id: str) -> Outcome:
    """It is no longer needed; open work orders are cancelled."""
    return done(visit, request_id, "withdraw", _with_reason("withdraw_request"), _("Withdrawn."))


@pages.post(f"{PATH}/confirm", "requests.own_decision")
def confirm(visit: Visit, request_id: str) -> Outcome:
    """The requester says that it is solved."""

    def act(visit: Visit, request_id: str) -> Json:
        return visit.services.intake.confirm_request(request_id, visit.version)

    return done(visit, request_id, "confirm", act, _("Confirmed and closed."))


@pages.post(f"{PATH}/join", "requests.triage")
def join(visit: Visit, request_id: str) -> Outcome:
    """Let it go along with another about the same."""

    def act(visit: Visit, request_id: str) -> Json:
        body = forms.load(shapes.JoinOther(), {"request_id": visit.form.text("other")})
        return visit.services.intake.join_request(request_id, visit.version, body["request_id"])

    return done(visit, request_id, "join", act, _("It goes along; its requester is told when that is done."))


@pages.post(f"{PATH}/split", "requests.triage")
def split(visit: Visit, request_id: str) -> Outcome:
    """Let it stand by itself again."""

    def act(visit: Visit, request_id: str) -> Json:
        return visit.services.intake.split_request(request_id, visit.version)

    return done(visit, request_id, "split", act, _("It stands by itself again, to be assessed."))


@pages.post(f"{PATH}/triage", "requests.triage")
def triage(visit: Visit, request_id: str) -> Outcome:
    """Map it to a product, whose process then starts."""

    def act(visit: Visit, request_id: str) -> Json:
        product_id = visit.form.text("product_id")
        given: Json = {name: visit.form.text(name) for name in WEIGHED}
        answers = answers_from(visit, product_id)
        given |= {"product_id": product_id, "answers": answers, "approval": _approval(visit)}
        given |= {**involved_from(visit), **wanted_from(visit), "overrule": visit.form.text("overrule")}
        body = forms.load(shapes.Triage(), {**given, "proposed": proposed_from(visit)})
        changed = visit.services.intake.triage_request(request_id, visit.version, **body)
        said.append(TRIAGED.get(changed.get("state", ""), TRIAGED["in_progress"]))
        return changed

    said: list[str] = []
    return done(visit, request_id, "triage", act, lambda: said[0])


def _approval(visit: Visit) -> Json | None:
    """What the form says of cost and approval, in the words of the API; None when it says nothing."""
    form = visit.form
    given: Json = {}
    if text := form.text("estimate"):
        given["estimateCents"] = cents("estimate", text)
    if text := form.text("approval_note"):
        given["note"] = text
    if form.get("ask_approval") == "yes":
        given["ask"] = True
    return given or None


def done(
    visit: Visit, request_id: str, name: str, act: Act, said: str | Callable[[], str], action: str = ""
) -> Outcome:
    """Carry it out and show the dossier as it then stands; or show it with what is wrong and what was
    typed.
    """
    try:
        act(visit, request_id)
    except ServiceError as error:
        if not error.errors and type(error).__name__ in ("NotFound", "Forbidden"):
            raise
        problem: dict[str, Any] = {
            "form": name,
            "action": action,
            "code": error.code,
            "text": errors.explain(visit, error),
            "fields": errors.field_errors(visit, error),
        }
        status = errors.status_of(visit, error)
        return show(visit, request_id, status, problem=problem, kept=visit.form.said())
    return visit.go(f"/desk/requests/{request_id}", said if isinstance(said, str) else said())


def _words(visit: Visit) -> Json:
    """What was written, with the files that came along."""
    files = attached(visit, visit.actor.id)
    return forms.load(shapes.Words(), {"text": visit.form.text("text"), "attachments": files or None})


def _with_reason(method: str) -> Act:
    def act(visit: Visit, request_id: str) -> Json:
        body = forms.load(shapes.Reason(), {"reason": visit.form.text("reason")})
        changed: Json = getattr(visit.services.intake, method)(request_id, visit.version, body["reason"])
        return changed

    return act
