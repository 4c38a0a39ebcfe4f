"""Confidential requests: who reads them, and who has opened them."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, View

MOST = 20


class NewReaders(Body):
    """Without readers: the confidants of the house. Who makes it confidential goes on reading it."""

    reader_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST))


class NewConfidants(Body):
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST))


class ReaderView(View):
    person_id = fields.UUID(required=True)
    name = fields.String(required=True)


class ConfidantList(View):
    items = fields.List(fields.Nested(ReaderView), required=True)


class OpenedBy(View):
    name = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class ConfidenceView(View):
    """`openings`: who opened it besides its requester, once an hour each, the last first. `toldBefore`: who
    outside the desk had its words before it was confidential."""

    readers = fields.List(fields.Nested(ReaderView), required=True)
    openings = fields.List(fields.Nested(OpenedBy), required=True)
    told_before = fields.List(fields.String(), required=True)
