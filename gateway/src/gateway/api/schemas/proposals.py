"""Proposals while somebody types, and what became of them."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Text, View
from gateway.api.schemas.requests import KINDS, TEXT


class AskProposals(Body):
    """`requesterId` is for the desk: where that person usually is stands in for a place that is not named."""

    text = Text(TEXT, required=True)
    requester_id = Id()


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


class ProposalsView(View):
    """At most three of each, the likeliest first; none where the words say too little."""

    kinds = fields.List(fields.Nested(ProposedKind), required=True)
    products = fields.List(fields.Nested(ProposedProduct), required=True)
    locations = fields.List(fields.Nested(ProposedLocation), required=True)


class AcceptanceOf(View):
    proposed = fields.Integer(required=True)
    first = fields.Integer(required=True, metadata={"description": "The first proposal was chosen."})
    other = fields.Integer(required=True, metadata={"description": "The second or third was chosen."})
    none = fields.Integer(required=True, metadata={"description": "Nothing was chosen."})


class ProposalAcceptance(View):
    kind = fields.Nested(AcceptanceOf, required=True)
    product = fields.Nested(AcceptanceOf, required=True)
    location = fields.Nested(AcceptanceOf, required=True)
