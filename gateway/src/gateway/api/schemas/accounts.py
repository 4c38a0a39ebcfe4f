"""Sessions, accounts and tokens."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Text, View, Whole

ROLES = (
    "requester", "agent", "team", "team_lead", "reception", "manager", "supplier",
    "product_owner", "operator", "administrator", "program",
)  # fmt: skip


class Email(Text):
    def __init__(self, **details: Any) -> None:
        super().__init__(254, **details)
        self.validators.append(validate.Email())


class Credentials(Body):
    email = Text(254, required=True)
    # Not a Text: nothing is trimmed from a password.
    password = fields.String(required=True, load_only=True, validate=validate.Length(1, 200))


class Me(View):
    account_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    permissions = fields.List(fields.String(), required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    provider_id = fields.UUID(required=True, allow_none=True)
    language = fields.String(required=True)


class SessionView(View):
    token = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)
    account = fields.Nested(Me, required=True)


class NewAccount(Body):
    """With an e-mail address it is for a person or a supplier, without one for a program."""

    name = Text(200, required=True)
    roles = fields.List(Choice(*ROLES, required=True), required=True, validate=validate.Length(1, len(ROLES)))
    email = Email()
    password = fields.String(allow_none=True, load_only=True, validate=validate.Length(1, 200))
    person_key = Text(200)
    provider_slug = Text(60)
    language = Choice("nl", "en")


class NewAccounts(Body):
    items = fields.List(fields.Nested(NewAccount), required=True, validate=validate.Length(1, 500))


class AccountView(View):
    account_id = fields.UUID(required=True)
    login = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    provider_id = fields.UUID(required=True, allow_none=True)
    language = fields.String(required=True)
    created = fields.Boolean(required=True, metadata={"description": "False when it was there already."})


class CreatedAccounts(View):
    items = fields.List(fields.Nested(AccountView), required=True)
    created = fields.Integer(required=True)
    existing = fields.Integer(required=True)


class NewToken(Body):
    account_id = Id(required=True)
    name = Text(100, required=True)
    days = Whole(1, 3650, metadata={"description": "How long it lives; 365 when not given."})


class TokenView(View):
    token = fields.String(required=True, metadata={"description": "Shown this once."})
    expires_at = fields.AwareDateTime(required=True)
