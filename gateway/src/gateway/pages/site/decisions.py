"""What a requester does with their own request, signed in or by a link: reply, confirm, reopen, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from servicekit.errors import Forbidden, NotFound, ServiceError

from gateway.api.schemas import requests as shapes
from gateway.api.schemas import work_orders as shapes_of_orders
from gateway.clients import Json, Services
from gateway.files import sending
from gateway.pages import errors, forms
from gateway.pages.answered import answers_in_words
from gateway.pages.attaching import attached
from gateway.pages.labels import _
from gateway.pages.order_forms import choice_from
from gateway.pages.outcome import Outcome
from gateway.pages.site import conversation, happening
from gateway.pages.visit import Visit

MAY_BE_ARRANGED = frozenset({"accepted", "scheduled", "paused"})


@dataclass(frozen=True)
class Dossier:
    """One request as its requester has it before them. `path` is where its forms go; `bearer`: who brings
    files here; `request`: as it was just read, when it was.
    """

    services: Services
    request_id: str
    path: str
    may_withdraw: bool
    bearer: str
    request: Json | None = None


Carry = Callable[[Visit, Dossier], Json]


@dataclass(frozen=True)
class Action:
    """`said`: what the next page says when it is done."""

    name: str
    carry_out: Carry
    said: str


def _reply(visit: Visit, dossier: Dossier) -> Json:
    files = attached(visit, dossier.bearer)
    body = forms.load(shapes.Words(), {"text": visit.form.text("text"), "attachments": files or None})
    return dossier.services.intake.reply_to_desk(dossier.request_id, **body)


def _confirm(visit: Visit, dossier: Dossier) -> Json:
    return dossier.services.intake.confirm_request(dossier.request_id, visit.version)


def _reopen(visit: Visit, dossier: Dossier) -> Json:
    return dossier.services.intake.reopen_request(dossier.request_id, visit.version, _reason(visit))


def _withdraw(visit: Visit, dossier: Dossier) -> Json:
    return dossier.services.intake.withdraw_request(dossier.request_id, visit.version, _reason(visit))


def _appointment(visit: Visit, dossier: Dossier) -> Json:
    """The form says which order, which version of it, and one of the moments or what would suit."""
    form = visit.form
    other = form.get("suits") == "other"
    given = {
        "choice": None if other else choice_from(form.text("choice")),
        "reason": form.text("reason") if other else None,
    }
    body = forms.load(shapes_of_orders.AppointmentAnswer(), given)
    order = forms.load(shapes_of_orders.WhichOrder(), {"work_order_id": form.text("order")})
    dispatch = dossier.services.dispatch
    known = dispatch.list_appointments(dossier.request_id)["items"]
    if all(str(one["work_order_id"]) != order["work_order_id"] for one in known):
        raise NotFound("appointment_not_found", "There is no such appointment of yours.")
    return dossier.services.dispatch.answer_appointment(order["work_order_id"], visit.version, **body)


def _check(visit: Visit, dossier: Dossier) -> Json:
    """The form says which order, which version of it, and whether it is right."""
    form = visit.form
    given = {"right": form.get("right") == "yes", "reason": form.text("reason")}
    body = forms.load(shapes_of_orders.CheckAnswer(), given)
    order = forms.load(shapes_of_orders.WhichOrder(), {"work_order_id": form.text("order")})
    known = dossier.services.dispatch.list_checks(dossier.request_id)["items"]
    if all(str(one["work_order_id"]) != order["work_order_id"] for one in known):
        raise NotFound("check_not_found", "There is no work of yours to look at.")
    return dossier.services.dispatch.answer_check(order["work_order_id"], visit.version, **body)


def checks(dossier: Dossier, request: Json) -> list[Json]:
    """What waits for the requester's own look; nothing when that cannot be asked now."""
    if not any(order.get("state") == "technically_complete" for order in request.get("orders") or ()):
        return []
    try:
        return list(dossier.services.dispatch.list_checks(dossier.request_id)["items"])
    except ServiceError:
        return []


def appointments(dossier: Dossier, request: Json) -> list[Json]:
    """What is proposed or agreed; nothing when that cannot be asked now."""
    if not any(order.get("state") in MAY_BE_ARRANGED for order in request.get("orders") or ()):
        return []
    try:
        return list(dossier.services.dispatch.list_appointments(dossier.request_id)["items"])
    except ServiceError:
        return []


def _reason(visit: Visit) -> str:
    return str(forms.load(shapes.Reason(), {"reason": visit.form.text("reason")})["reason"])


ACTIONS: Mapping[str, Action] = {
    action.name: action
    for action in (
        Action("reply", _reply, _("Sent. The service desk reads it.")),
        Action("confirm", _confirm, _("Thank you. It is closed.")),
        Action("reopen", _reopen, _("We go on with it. Sorry that it is not solved yet.")),
        Action("appointment", _appointment, _("Thank you. Who comes knows it.")),
        Action("check", _check, _("Thank you. We go on with it.")),
        Action("withdraw", _withdraw, _("It is withdrawn.")),
    )
}


def show(
    visit: Visit, dossier: Dossier, status: int = 200, problem: Json | None = None, is_new: bool = False
) -> Outcome:
    """Raises NotFound for a request that is not one's own."""
    request = dossier.request or dossier.services.intake.get_request(dossier.request_id)
    words, moments = visit.words, visit.moments
    return visit.show(
        "site/request.html",
        status,
        request=request,
        answers=answers_in_words(visit, request),
        path=dossier.path,
        may_withdraw=dossier.may_withdraw and request["state"] not in ("ready", "closed", "received"),
        may_complain=dossier.may_withdraw
        and request["kind"] != "complaint"
        and request["state"] != "received",
        is_for_me=_is_for(visit.actor.person_id, request),
        can_reopen=happening.can_reopen(request),
        now=happening.now(request, words, moments),
        missed=happening.missed(request, moments),
        visits=happening.visits(request),
        appointments=appointments(dossier, request) if request["state"] == "in_progress" else [],
        checks=checks(dossier, request) if request["state"] == "in_progress" else [],
        lines=conversation.lines(request, words),
        steps=happening.STEPS,
        window=lambda order: happening.window(order, words, moments),
        by_when=lambda moment: happening.by_when(moment, words, moments),
        problem=problem,
        kept=visit.form.said(),
        is_new=is_new,
    )


def _is_for(person_id: str | None, request: Json) -> bool:
    """Whether somebody else asked for it on their behalf."""
    whom = (request.get("requested_for") or {}).get("person_id")
    return whom is not None and str(whom) == person_id


def send_file(visit: Visit, dossier: Dossier, attachment_id: str) -> Outcome:
    """A file of the conversation, to be saved. Raises NotFound."""
    found = dossier.services.intake.get_attachment(dossier.request_id, attachment_id)
    return sending.response(visit.house.files.store, found)


def decide(visit: Visit, dossier: Dossier, action: Action) -> Outcome:
    """Carry it out and show how it then stands; or show it with what is wrong and what was typed."""
    try:
        action.carry_out(visit, dossier)
    except (NotFound, Forbidden):
        raise
    except ServiceError as error:
        problem: Json = {
            "form": action.name,
            "text": errors.explain(visit, error),
            "fields": errors.field_errors(visit, error),
        }
        return show(visit, replace(dossier, request=None), errors.status_of(visit, error), problem)
    return visit.go(dossier.path, action.said)
