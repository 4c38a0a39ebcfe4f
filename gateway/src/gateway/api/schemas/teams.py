"""Teams of our own: their people, and who of them has an order."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Id, Text, View, page_of


class MemberView(View):
    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    leads = fields.Boolean(required=True, metadata={"description": "Leads the team."})


class GivingBack(Body):
    """Why need not be said."""

    reason = Text(2000)


class Assignment(Body):
    """To a colleague of the same team, or to oneself. Why must be said when somebody has it already."""

    account_id = Id(required=True)
    reason = Text(2000)


class HandOver(Body):
    """To another team."""

    provider_id = Id(required=True)
    reason = Text(2000, required=True)


MemberPage = page_of(MemberView, "MemberPage")
