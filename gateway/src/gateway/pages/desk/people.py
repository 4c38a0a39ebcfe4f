"""The person's page: who calls, how to reach them, how it stands with what they asked, and every contact with
them. One address finds a caller by number, so that a telephone exchange can open it while the phone rings.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from servicekit.concurrency import gather
from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import people as shapes
from gateway.clients import Json
from gateway.live import topics
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.timeline import LOOKS
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/desk/people"
ONE = f"{PATH}/<uuid:person_id>"
KEEP = "relations.keep"
FEW, MOMENTS, LEAST_LETTERS = 20, 15, 2
# Empty lines under what is kept already.
MORE_LINES = 2
PLACES = {"desk": _("Desk"), "visit": _("Visiting address"), "post": _("Postal address")}
DIRECTIONS = {"in": _("They came to us"), "out": _("We went to them")}
NOTED = _("was in touch")
BECAUSE = {
    "email": _("the same e-mail address"),
    "phone": _("the same telephone number"),
    "name": _("a name that is alike"),
}
Act = Callable[[Visit, str], Any]


@pages.get(PATH, "relations.read_people")
def find(visit: Visit) -> Outcome:
    """Who is it? By number in any spelling, name, mail address or personnel number."""
    words = visit.query.text("q") or ""
    found: list[Json] = []
    if len(words) >= LEAST_LETTERS:
        found = visit.services.intake.list_people(q=words[:200], limit=FEW)["items"]
    if len(found) == 1 and visit.target is None:
        return visit.go(f"{PATH}/{found[0]['person_id']}")
    return visit.show("desk/people.html", words=words, found=found)


@pages.get(ONE, "relations.read_people")
def person(visit: Visit, person_id: str) -> Outcome:
    """One person; the part with what is going on follows along."""
    return show(visit, person_id)


def show(visit: Visit, person_id: str, status: int = 200, problem: Json | None = None) -> Outcome:
    found = visit.services.intake.get_person(person_id)
    own_id = str(found["person_id"])
    if own_id != person_id and problem is None:
        return visit.go(f"{PATH}/{own_id}")
    if visit.target == "person-doubles":
        return visit.show("desk/person.html", person=found, doubles=_doubles(visit, found))
    visit.follow(*(topics.person(each) for each in found["ids"]))
    requests, moments = gather([lambda: _requests(visit, own_id), lambda: _moments(visit, own_id)])
    return visit.show(
        "desk/person.html",
        status,
        person=found,
        doubles=None,
        open=[each for each in requests if each["state"] != "closed"],
        closed=[each for each in requests if each["state"] == "closed"],
        moments=moments,
        lines=_lines(visit, found),
        problem=problem,
        kept=visit.form.said() if problem else {},
        PLACES=PLACES,
        DIRECTIONS=DIRECTIONS,
        said_of_moment=lambda kind: LOOKS[kind].sentence if kind in LOOKS else NOTED,
    )


def _requests(visit: Visit, person_id: str) -> list[Json]:
    """Those that are open, and the last that were closed."""
    if not visit.can("requests.read_all"):
        return []
    ask = partial(visit.services.intake.list_requests, requester_id=person_id)
    found = gather([partial(ask, open=True, limit=50), partial(ask, open=False, limit=10)])
    return [each for part in found for each in part["items"]]


def _moments(visit: Visit, person_id: str) -> Json:
    if not visit.can(KEEP):
        return {"items": [], "next_cursor": None}
    cursor = visit.query.text("cursor")
    return visit.services.intake.list_contact_moments(person_id, limit=MOMENTS, cursor=cursor)


def _doubles(visit: Visit, found: Json) -> list[Json]:
    """Who may be the same person, and why."""
    pairs = visit.services.intake.list_doubles(str(found["person_id"]))["items"]
    own = {str(each) for each in found["ids"]}
    return [
        {**other, "because": [BECAUSE[each] for each in pair["because"]]}
        for pair in pairs
        for other in pair["people"]
        if str(other["person_id"]) not in own
    ]


def _lines(visit: Visit, found: Json) -> dict[str, list[Json]]:
    """The lines of the form: what is kept, and some empty ones; after a refusal what was typed."""
    lines: dict[str, list[Json]] = {}
    for name, own in (("phones", "number"), ("emails", "address"), ("addresses", "text")):
        kept = [each for each in found[name] if each.get("kept", True)]
        typed = _typed(visit, name, own)
        lines[name] = [*(typed or kept), *({} for _line in range(MORE_LINES))][: shapes.MOST]
    return lines


def _typed(visit: Visit, name: str, own: str) -> list[Json]:
    """What stands in the lines of a form, empty ones left out."""
    about = "kind" if own == "text" else "label"
    form = visit.form
    return [
        {own: said, about: form.text(f"{name}.{number}.{about}")}
        for number in range(shapes.MOST)
        if (said := form.text(f"{name}.{number}.{own}"))
    ]


@pages.post(f"{ONE}/contacts", KEEP)
def contacts(visit: Visit, person_id: str) -> Outcome:
    """Keep further numbers and addresses."""

    def act(visit: Visit, person_id: str) -> Json:
        given = {
            "phones": _typed(visit, "phones", "number"),
            "emails": _typed(visit, "emails", "address"),
            "addresses": _typed(visit, "addresses", "text"),
        }
        body = forms.load(shapes.NewContacts(), given)
        return visit.services.intake.save_contacts(person_id, visit.version, **body)

    return _done(visit, person_id, "contacts", act, _("Kept. This caller is found by each of these numbers."))


@pages.post(f"{ONE}/notes", KEEP)
def note(visit: Visit, person_id: str) -> Outcome:
    """Add a note that only the desk reads."""

    def act(visit: Visit, person_id: str) -> Json:
        body = forms.load(shapes.NewNote(), {"text": visit.form.text("note_text")})
        return visit.services.intake.add_relation_note(person_id=person_id, **body)

    return _done(visit, person_id, "note", act, _("The note is added."))


@pages.post(f"{ONE}/notes/<uuid:note_id>/remove", KEEP)
def remove_note(visit: Visit, person_id: str, note_id: str) -> Outcome:
    """Take a note away."""

    def act(visit: Visit, _person_id: str) -> Json:
        return visit.services.intake.remove_relation_note(note_id)

    return _done(visit, person_id, "note", act, _("The note is gone."))


@pages.post(f"{ONE}/moments", KEEP)
def moment(visit: Visit, person_id: str) -> Outcome:
    """Write down what was said, when it changes no request."""

    def act(visit: Visit, person_id: str) -> Json:
        named = ("channel", "direction", "text", "request_id")
        body = forms.load(shapes.NewMoment(), {name: visit.form.text(name) for name in named})
        return visit.services.intake.note_contact(person_id, **body)

    return _done(visit, person_id, "moment", act, _("Written down."))


def _done(visit: Visit, person_id: str, name: str, act: Act, said: str) -> Outcome:
    try:
        act(visit, person_id)
    except NotFound:
        raise
    except ServiceError as error:
        problem = {
            "form": name, "text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)
        }  # fmt: skip
        return show(visit, person_id, errors.status_of(visit, error), problem)
    return visit.go(f"{PATH}/{person_id}", said)
