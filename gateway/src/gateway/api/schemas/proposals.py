"""Proposals while somebody types, and what became of them."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Text, View
from gateway.api.schemas.requests import KINDS, TEXT


class AskProposals(Body):
    """`requesterId` is for the desk: where that person usually is stands in for a place that is not named."""

    text = Text(TEXT, required=True)
    requester_id = Id()
    location_id = Id(metadata={"description": "The place that was chosen, to look there for the same."})
    object = Text(200, metadata={"description": "What it is about at that place, in words."})
    asset_id = Id(metadata={"description": "The object that was chosen: what is open on it is the same."})


class ProposedKind(View):
    kind = Choice(*KINDS, required=True)
    confidence = fields.Float(required=True, validate=validate.Range(0, 1))
    because = fields.List(fields.String(), required=True, metadata={"description": "Words of the text."})


class ProposedProduct(View):
    product_id = fields.UUID(required=True)
    slug = fields.String(required=True)
    name = fields.Dict(required=True)
    category = fields.Dict(required=True)
    kind = fields.String(required=True)
    confidence = fields.Float(required=True, validate=validate.Range(0, 1))
    because = fields.List(fields.String(), required=True)


class ProposedLocation(View):
    location_id = fields.UUID(required=True)
    name = fields.String(required=True)
    path = fields.String(required=True)
    usual = fields.Boolean(required=True, metadata={"description": "Where the person usually is."})
    because = fields.List(fields.String(), required=True)


class DuplicateView(View):
    """Something open about the same at the same place. Of another's, for whoever may not read it, only that
    it is known: then `requestId`, `reference` and `summary` are null."""

    request_id = fields.UUID(required=True, allow_none=True)
    reference = fields.String(required=True, allow_none=True)
    summary = fields.String(required=True, allow_none=True)
    follow_id = fields.UUID(
        required=True,
        allow_none=True,
        metadata={"description": "What `follows` of a new request takes, so that it goes along with it."},
    )
    kind = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    product = fields.Raw(required=True, allow_none=True, metadata={"description": "Its name per language."})
    path = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True)
    because = fields.List(fields.String(), required=True, metadata={"description": "Words of the text."})


class ProposalsView(View):
    """At most three of each, the likeliest first; none where the words say too little."""

    kinds = fields.List(fields.Nested(ProposedKind), required=True)
    products = fields.List(fields.Nested(ProposedProduct), required=True)
    locations = fields.List(fields.Nested(ProposedLocation), required=True)
    duplicates = fields.List(fields.Nested(DuplicateView), required=True)
    danger = fields.String(
        required=True, allow_none=True, metadata={"description": "Of which danger it tells: fire, gas, ..."}
    )


class AcceptanceOf(View):
    proposed = fields.Integer(required=True)
    first = fields.Integer(required=True, metadata={"description": "The first proposal was chosen."})
    other = fields.Integer(required=True, metadata={"description": "The second or third was chosen."})
    none = fields.Integer(required=True, metadata={"description": "Nothing was chosen."})


class ProposalAcceptance(View):
    kind = fields.Nested(AcceptanceOf, required=True)
    product = fields.Nested(AcceptanceOf, required=True)
    location = fields.Nested(AcceptanceOf, required=True)
