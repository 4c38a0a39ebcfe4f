"""How requests hang together, and word to all that do."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Id, Text, View

LINKS = ("child_of", "caused_by", "complaint_about", "duplicate_of")
RULES = ("blocks", "completes")
TEXT = 20_000


class NewLink(Body):
    """From this request to the other. A child has a rule: it blocks its parent, or is completed with it."""

    request_id = Id(required=True)
    kind = Choice(*LINKS, required=True)
    rule = Choice(*RULES)


class Update(Body):
    """`all`, when nothing is said: also whoever goes along with it, and the requesters of its children: each
    in their dossier.
    """

    text = Text(TEXT, required=True)
    reach = Choice("requester", "all")


class LinkView(View):
    kind = fields.String(
        required=True,
        metadata={"description": "From the other end: parent_of, causes, complained_about, duplicated_by."},
    )
    rule = fields.String(required=True, allow_none=True)
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    summary = fields.String(required=True)
    state = fields.String(required=True)
    resolution = fields.String(required=True, allow_none=True)
    request_kind = fields.String(required=True, allow_none=True)
