"""Persons who turned out to be the same: proposed, merged, undone."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import merging as shapes
from gateway.clients import Json

resources = Resources()


@resources.route(
    "GET", "/v1/person-doubles", permission="relations.merge", query=shapes.DoubleFilter,
    answer=shapes.PairList,
)  # fmt: skip
def list_doubles(call: Call) -> Json:
    """Pairs who may be the same, by a number or address that they share or a name that is alike."""
    return call.services.intake.list_doubles(**call.query)


@resources.route(
    "POST", "/v1/merge-previews", permission="relations.merge", body=shapes.MergePreview,
    answer=shapes.PreviewedMerge,
)  # fmt: skip
def preview_merge(call: Call) -> Json:
    """Both persons, and what goes along. Nothing is kept."""
    return call.services.intake.preview_merge(**call.body)


@resources.route(
    "POST", "/v1/people/<uuid:person_id>/merge", permission="relations.merge", body=shapes.NewMerge,
    answer=shapes.MergeView, idempotent=True,
)  # fmt: skip
def merge_people(call: Call, person_id: str) -> Json:
    """Merge a person into another, who counts for both from then on. The old id keeps answering, and both
    accounts see what is of either."""
    return call.services.intake.merge_people(person_id, **call.body)


@resources.route(
    "GET", "/v1/merges", permission="relations.merge", query=shapes.MergeFilter, answer=shapes.MergePage,
    paged=True,
)  # fmt: skip
def list_merges(call: Call) -> Json:
    """Who was merged into whom, the newest first, those that were undone too."""
    return call.services.intake.list_merges(**call.query)


@resources.route(
    "POST", "/v1/merges/<uuid:merge_id>/undo", permission="relations.merge", answer=shapes.MergeView,
    idempotent=True,
)  # fmt: skip
def undo_merge(call: Call, merge_id: str) -> Json:
    """Undo a merge, whatever came after it. Each has again what was given to their own id; what came since
    stays with whom it names."""
    return call.services.intake.undo_merge(merge_id)


@resources.route(
    "POST", "/v1/people/<uuid:person_id>/set-apart", permission="relations.merge", body=shapes.NewApart,
    answer=shapes.ApartView, idempotent=True,
)  # fmt: skip
def set_apart(call: Call, person_id: str) -> Json:
    """Say that two who look alike are not one, so that they are not proposed again."""
    return call.services.intake.set_apart(person_id, **call.body)


@resources.route("GET", "/v1/set-apart", permission="relations.merge", answer=shapes.ApartList)
def list_set_apart(call: Call) -> Json:
    """Those who were set apart, the newest first."""
    return call.services.intake.list_set_apart()


@resources.route(
    "POST", "/v1/set-apart/<uuid:pair_id>/undo", permission="relations.merge", answer=shapes.ApartView,
    idempotent=True,
)  # fmt: skip
def undo_set_apart(call: Call, pair_id: str) -> Json:
    """Take it back: they are proposed again while they look alike."""
    return call.services.intake.undo_set_apart(pair_id)
