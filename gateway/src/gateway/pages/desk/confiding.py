"""Who reads a confidential request; and who of the house reads what is reported in confidence."""

from __future__ import annotations

from collections.abc import Callable

from servicekit.errors import Invalid, ServiceError

from gateway.clients import Json
from gateway.pages import errors
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/desk/requests/<uuid:request_id>/confidential"
CONFIDANTS = "/manage/confidants"
FEW = 3


@pages.get(PATH, "requests.direct")
def ask(visit: Visit, request_id: str) -> Outcome:
    """Who reads it, or would."""
    return _show(visit, request_id)


@pages.post(PATH, "requests.direct")
def confide(visit: Visit, request_id: str) -> Outcome:
    """Confidential from now on, read by these."""
    intake = visit.services.intake

    def act(readers: list[str]) -> None:
        intake.confide_request(request_id, visit.version, readers)

    if problem := _tried(visit, act):
        return _show(visit, request_id, problem)
    return visit.go(f"/desk/requests/{request_id}", _("It is confidential; only who was named reads it."))


@pages.get(CONFIDANTS, "confidants.write")
def confidants(visit: Visit) -> Outcome:
    """Who reads what is reported in confidence."""
    return _list(visit)


@pages.post(CONFIDANTS, "confidants.write")
def name(visit: Visit) -> Outcome:
    """These from now on."""

    def act(people: list[str]) -> None:
        visit.services.intake.save_confidants(people)

    if problem := _tried(visit, act):
        return _list(visit, problem)
    return visit.go(CONFIDANTS, _("Kept. What was reported before keeps its readers."))


def _tried(visit: Visit, act: Callable[[list[str]], None]) -> Json | None:
    """With those who are ticked, and who was named besides; what is wrong, when something is."""
    try:
        ticked = [str(each) for each in visit.form.fields.get("reader", ())]
        other = _found(visit)
        act([*ticked, *([other] if other and other not in ticked else [])])
    except ServiceError as error:
        if type(error).__name__ in ("NotFound", "Forbidden"):
            raise
        fields = errors.field_errors(visit, error)
        return {
            "text": errors.explain(visit, error),
            "fields": fields,
            "status": errors.status_of(visit, error),
        }
    return None


def _found(visit: Visit) -> str | None:
    words = visit.form.text("other")
    if not words:
        return None
    found = visit.services.intake.list_people(q=words[:200], limit=FEW)["items"]
    if len(found) != 1:
        text = visit.words("More people have this name. Write the e-mail address.") if found else visit.words(
            "Nobody is called so. Write the e-mail address."
        )  # fmt: skip
        raise Invalid("invalid", text, {"other": [text]})
    return str(found[0]["person_id"])


def _show(visit: Visit, request_id: str, problem: Json | None = None) -> Outcome:
    request = visit.services.intake.get_request(request_id)
    confidants_ = visit.services.intake.list_confidants()["items"]
    readers = (request.get("confidence") or {"readers": confidants_})["readers"]
    named = {str(each["person_id"]) for each in readers}
    others = [each for each in confidants_ if str(each["person_id"]) not in named]
    return visit.show(
        "desk/confide.html", problem["status"] if problem else 200, request=request, readers=readers,
        others=others, problem=problem, kept=visit.form.said(),
    )  # fmt: skip


def _list(visit: Visit, problem: Json | None = None) -> Outcome:
    return visit.show(
        "manage/confidants.html", problem["status"] if problem else 200,
        readers=visit.services.intake.list_confidants()["items"], problem=problem, kept=visit.form.said(),
    )  # fmt: skip
