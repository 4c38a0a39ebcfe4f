"""Major incidents."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Text, View
from gateway.api.schemas.request_views import RequestSummary

TEXT = 20_000


class Gathered(fields.List):
    def __init__(self) -> None:
        super().__init__(Id(required=True), required=True, validate=validate.Length(1, 200))


class NewIncident(Body):
    title = Text(200, required=True)
    request_ids = Gathered()


class MoreRequests(Body):
    request_ids = Gathered()


class ToAll(Body):
    text = Text(TEXT, required=True, metadata={"description": "Every reporter gets to read it, once."})


class OneRequest(Body):
    request_id = Id(required=True)


class IncidentFilter(Body):
    state = Choice("open", "closed")


class Outcome(View):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True, allow_none=True)
    outcome = fields.String(
        required=True,
        metadata={
            "description": "gathered, already, elsewhere (under another), goes_along (with another request), "
            "over, by_itself (a complaint or wish), unknown; at closing ready, own_work, not_now, over."
        },
    )


class IncidentView(View):
    incident_id = fields.UUID(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True)
    version = fields.Integer(required=True)
    opened_at = fields.AwareDateTime(required=True)
    opened_by = fields.Dict(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)


class ChangedIncident(IncidentView):
    outcomes = fields.List(fields.Nested(Outcome))
    reached = fields.Integer(metadata={"description": "How many dossiers got the word."})


class ListedIncident(IncidentView):
    count = fields.Integer(required=True)


class IncidentList(View):
    items = fields.List(fields.Nested(ListedIncident), required=True)


class GatheredRequest(RequestSummary):
    followers = fields.Integer(required=True, metadata={"description": "How many go along with it."})


class WholeIncident(IncidentView):
    log = fields.List(fields.Dict(), required=True, metadata={"description": "What was done, oldest first."})
    requests = fields.List(fields.Nested(GatheredRequest), required=True)
