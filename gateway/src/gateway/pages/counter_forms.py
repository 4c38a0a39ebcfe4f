"""Parts of the forms of the counter: whom it is about, and who signs."""

from __future__ import annotations

from servicekit.errors import Invalid, ServiceError

from gateway.clients import Json
from gateway.files.refusals import FileRefused
from gateway.pages import errors
from gateway.pages.attaching import attached, refusal
from gateway.pages.labels import _
from gateway.pages.visit import Visit

LEAST_LETTERS = 2
MOST_ASKED = 200


def people_for(visit: Visit, words: str | None) -> list[Json]:
    """None while nobody can say, or too little is typed."""
    if not words or len(words) < LEAST_LETTERS:
        return []
    try:
        return list(visit.services.intake.find_counter_people(words[:MOST_ASKED])["items"])
    except ServiceError:
        return []


def whom(visit: Visit, required: bool = True) -> Json:
    """As the API takes it. Words that fit one person only say as much: so it works without a script."""
    words, chosen = visit.form.text("who"), visit.form.text("person_id")
    if visit.form.get("outside") == "yes" and words:
        return {"name": words, "company": visit.form.text("company")}
    if chosen:
        return {"person_id": chosen}
    if not words:
        if required:
            raise _wrong(visit, _("Say who."))
        return {}
    found = people_for(visit, words)
    if len(found) == 1:
        return {"person_id": str(found[0]["person_id"])}
    if found:
        raise _wrong(visit, _("More people fit. Choose one of them below."))
    raise _wrong(
        visit, _("Nobody of that name works here. Try other words, or tick that they are from outside.")
    )


def host(visit: Visit) -> str | None:
    """Whom a visitor comes for."""
    found = whom(visit)
    person_id: str | None = found.get("person_id")
    return person_id


def signed(visit: Visit) -> Json:
    """A drawing that came with the form, or the name that was typed; nothing of either is fine."""
    name = visit.form.text("signed_by")
    try:
        receipts = attached(visit, visit.actor.id)
    except FileRefused as refused:
        text = refusal(visit, refused)
        raise Invalid("invalid", text, {"signature": [text]}) from refused
    if not receipts:
        return {"signed_by": name}
    return {"signature": receipts[-1], "signed_by": name or visit.form.text("who")}


def problem_of(visit: Visit, error: ServiceError) -> Json:
    return {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}


def _wrong(visit: Visit, text: str) -> Invalid:
    return Invalid("invalid", visit.words(text), {"who": [visit.words(text)]})
