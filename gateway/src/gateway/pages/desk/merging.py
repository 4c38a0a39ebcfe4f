"""Persons who may be the same: pairs to look at, what goes along, merging them, and undoing it."""

from __future__ import annotations

from servicekit.concurrency import gather
from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import merging as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.desk import people
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/desk/people/doubles"
MERGE = "relations.merge"
# What goes along, in the order in which it is shown.
MOVES = {
    "requests": _("Requests"),
    "open": _("of which open"),
    "going_along": _("Going along with another"),
    "contact_moments": _("Contacts written down"),
    "notes": _("Notes"),
    "budgets": _("Decides about budgets"),
    "approvals": _("Approvals that wait"),
}


@pages.get(PATH, MERGE)
def overview(visit: Visit) -> Outcome:
    """Pairs to look at, and what was merged lately."""
    intake = visit.services.intake
    cursor = visit.query.text("cursor")
    pairs, merges, apart = gather(
        [intake.list_doubles, lambda: intake.list_merges(limit=20, cursor=cursor), intake.list_set_apart]
    )
    return visit.show(
        "desk/doubles.html", pairs=pairs["items"], merges=merges, apart=apart["items"], BECAUSE=people.BECAUSE
    )


@pages.get(f"{PATH}/<uuid:person_id>/<uuid:into_id>", MERGE)
def preview(visit: Visit, person_id: str, into_id: str) -> Outcome:
    """What goes along when the first is merged into the second."""
    return _preview(visit, person_id, into_id)


@pages.post(f"{PATH}/<uuid:person_id>/<uuid:into_id>", MERGE)
def merge(visit: Visit, person_id: str, into_id: str) -> Outcome:
    """Merge them."""
    try:
        body = forms.load(shapes.NewMerge(), {"into_id": into_id, "reason": visit.form.text("reason")})
        merged = visit.services.intake.merge_people(person_id, **body)
    except NotFound:
        raise
    except ServiceError as error:
        return _preview(
            visit, person_id, into_id, errors.status_of(visit, error), errors.explain(visit, error)
        )
    said = visit.words("%(name)s is one person now. It can be undone here.", name=merged["into_name"])
    return visit.go(f"{people.PATH}/{merged['into_id']}", said)


@pages.post(f"{PATH}/undo/<uuid:merge_id>", MERGE)
def undo(visit: Visit, merge_id: str) -> Outcome:
    """Undo a merge; both are there again."""
    undone = visit.services.intake.undo_merge(merge_id)
    said = visit.words("%(name)s stands alone again, with what was theirs.", name=undone["name"])
    return visit.go(f"{people.PATH}/{undone['person_id']}", said)


@pages.post(f"{PATH}/<uuid:person_id>/<uuid:other_id>/apart", MERGE)
def set_apart(visit: Visit, person_id: str, other_id: str) -> Outcome:
    """They are not one: they do not come back in the list."""
    visit.services.intake.set_apart(person_id, other_id)
    return visit.go(PATH, _("Set apart: they are not proposed any more."))


@pages.post(f"{PATH}/apart/<uuid:pair_id>/undo", MERGE)
def undo_set_apart(visit: Visit, pair_id: str) -> Outcome:
    """Take back that they are not one."""
    visit.services.intake.undo_set_apart(pair_id)
    return visit.go(PATH, _("They are proposed again while they look alike."))


def _preview(
    visit: Visit, person_id: str, into_id: str, status: int = 200, problem: str | None = None
) -> Outcome:
    try:
        found: Json | None = visit.services.intake.preview_merge(person_id, into_id)
    except ServiceError as error:
        if problem is None and not errors.field_errors(visit, error) and error.code != "same_person":
            raise
        found, status, problem = None, errors.status_of(visit, error), errors.explain(visit, error)
    return visit.show(
        "desk/merge.html", status, found=found, problem=problem, MOVES=MOVES,
        here=f"{PATH}/{person_id}/{into_id}",
    )  # fmt: skip
