"""Mail that comes in."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, View

MOST_BYTES = 20 * 1024 * 1024


class NewMail(Body):
    """One mail as the mail server got it (RFC 5322), in base64."""

    message = fields.String(required=True, validate=validate.Length(1, MOST_BYTES))


class MailOutcome(View):
    outcome = fields.String(
        required=True,
        metadata={
            "description": "`replied`: as the requester's own. `noted`: beside the dossier, for the desk. "
            "`received`: as a new request. `ignored`: automatic, and about nothing of ours. `known`: it came "
            "before."
        },
    )
    request_id = fields.UUID(required=True, allow_none=True)
    reference = fields.String(required=True, allow_none=True)
