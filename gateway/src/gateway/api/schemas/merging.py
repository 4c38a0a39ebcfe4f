"""Persons who turned out to be the same."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Id, Page, Text, View, page_of

BECAUSE = ("email", "phone", "name")


class DoubleFilter(Body):
    person_id = Id(metadata={"description": "Only who may be the same as this person."})


class MergePreview(Body):
    """`personId` is merged into `intoId`, who counts from then on."""

    person_id = Id(required=True)
    into_id = Id(required=True)


class NewMerge(Body):
    into_id = Id(required=True)
    reason = Text(2_000)


class MergeFilter(Page):
    pass


class DoublePerson(View):
    person_id = fields.UUID(required=True)
    key = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    department = fields.String(required=True, allow_none=True)


class Pair(View):
    """`because`: email, phone, name; the surest first."""

    people = fields.List(fields.Nested(DoublePerson), required=True)
    because = fields.List(fields.String(), required=True)


class PairList(View):
    items = fields.List(fields.Nested(Pair), required=True)


class Moves(View):
    requests = fields.Integer(required=True)
    open = fields.Integer(required=True)
    going_along = fields.Integer(required=True)
    contact_moments = fields.Integer(required=True)
    notes = fields.Integer(required=True)
    budgets = fields.Integer(required=True)
    approvals = fields.Integer(required=True)


class PreviewedMerge(View):
    """`along`: how many others were merged into the first before."""

    person = fields.Nested(DoublePerson, required=True)
    into = fields.Nested(DoublePerson, required=True)
    moves = fields.Nested(Moves, required=True)
    along = fields.Integer(required=True)


class MergeView(View):
    merge_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    into_id = fields.UUID(required=True)
    name = fields.String(required=True)
    into_name = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)
    undone_at = fields.AwareDateTime(required=True, allow_none=True)
    undone_by = fields.String(required=True, allow_none=True)


class NewApart(Body):
    other_id = Id(required=True)


class ApartPerson(View):
    person_id = fields.UUID(required=True)
    name = fields.String(required=True)


class ApartView(View):
    """Two who look alike and are not one: not proposed any more."""

    pair_id = fields.UUID(required=True)
    people = fields.List(fields.Nested(ApartPerson), required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)


class ApartList(View):
    items = fields.List(fields.Nested(ApartView), required=True)


MergePage = page_of(MergeView, "MergePage")
