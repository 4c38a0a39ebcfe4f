"""How suppliers come in."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, View, page_of


class Invitation(Body):
    password_hash = fields.String(
        allow_none=True,
        validate=validate.Regexp(r"^[A-Za-z0-9+/]{48}\Z"),
        metadata={
            "description": "Of a password that the supplier has already, as RabbitMQ keeps it: base64 of "
            "four bytes of salt and the SHA-256 of salt and password. Then no password is made or answered."
        },
    )


class AccessView(View):
    provider_id = fields.UUID(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    delivery = fields.String(required=True)
    address = fields.String(allow_none=True)
    standing = fields.String(required=True, metadata={"description": "never, granted, suspended or revoked."})
    generation = fields.Integer(allow_none=True)
    granted_at = fields.AwareDateTime(allow_none=True)
    granted_by = fields.String(allow_none=True)
    revoked_at = fields.AwareDateTime(allow_none=True)
    revoked_by = fields.String(allow_none=True)
    suspended_at = fields.AwareDateTime(allow_none=True)
    suspended_reason = fields.String(allow_none=True)
    last_seen_at = fields.AwareDateTime(allow_none=True)
    connections = fields.Integer(
        allow_none=True,
        metadata={"description": "To the broker, now; of a single supplier only, when the broker can say."},
    )
    in_effect = fields.Boolean(
        metadata={"description": "Of a decision only: false when the broker has not heard of it yet."}
    )


class Credential(View):
    """Shown this once. Which fields there are depends on how the supplier gets its orders."""

    user = fields.String(metadata={"description": "On the broker."})
    password = fields.String()
    vhost = fields.String()
    queue = fields.String(metadata={"description": "Where its orders are."})
    url = fields.String(metadata={"description": "All of it as one address."})
    signing_secret = fields.String(metadata={"description": "Of Standard Webhooks, to check our calls with."})
    token = fields.String(metadata={"description": "For this API: Authorization: Bearer ..."})
    token_expires_at = fields.AwareDateTime()


class InvitedView(AccessView):
    credential = fields.Nested(Credential, allow_none=True)


AccessPage = page_of(AccessView, "SupplierAccessPage")
