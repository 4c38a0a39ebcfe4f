"""Tables. Sign-in lives in real time (the database's own), whatever the demo clock says."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

METADATA = sa.MetaData()


_MOMENT = sa.DateTime(timezone=True)

accounts = sa.Table(
    "accounts",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False, comment="person, program or supplier"),
    sa.Column(
        "login",
        sa.Text,
        nullable=False,
        unique=True,
        comment="e-mail address in small letters, or program:<name>",
    ),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("roles", JSONB, nullable=False),
    sa.Column("person_id", sa.Uuid, comment="of intake: on whose behalf this account reports"),
    sa.Column("provider_id", sa.Uuid, comment="of dispatch: whose work orders this account sees"),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text, comment="argon2id; empty for programs"),
    sa.Column(
        "demo",
        sa.Boolean,
        nullable=False,
        comment="made in demo mode, with a password that is shown on screen",
    ),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False, server_default=sa.text("now()")),
    sa.CheckConstraint("kind IN ('person', 'program', 'supplier')", name="accounts_kind"),
)

tokens = sa.Table(
    "tokens",
    METADATA,
    sa.Column(
        "token_hash", sa.LargeBinary, primary_key=True, comment="sha256; the token itself is kept nowhere"
    ),
    sa.Column(
        "account_id", sa.Uuid, sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), nullable=False
    ),
    sa.Column("purpose", sa.Text, nullable=False, comment="session, program or bootstrap"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False, server_default=sa.text("now()")),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sa.Index("tokens_account_id", "account_id"),
    sa.Index("tokens_expires_at", "expires_at"),
)

calendar_addresses = sa.Table(
    "calendar_addresses",
    METADATA,
    sa.Column(
        "account_id", sa.Uuid, sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "address_hash",
        sa.LargeBinary,
        nullable=False,
        unique=True,
        comment="sha256; the address itself is kept nowhere",
    ),
    sa.Column("whose", sa.Text, primary_key=True, server_default="team"),  # work: the team's, or one's own
    sa.Column("made_at", _MOMENT, nullable=False, server_default=sa.text("now()")),
)

attempts = sa.Table(
    "sign_in_attempts",
    METADATA,
    sa.Column("attempt_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column(
        "login_hash",
        sa.LargeBinary,
        nullable=False,
        comment="sha256, for what people type need not be an account",
    ),
    sa.Column("address", sa.Text, nullable=False, comment="IPv4 address or IPv6 /64"),
    sa.Column("succeeded", sa.Boolean, nullable=False),
    sa.Column("at", _MOMENT, nullable=False, server_default=sa.text("now()")),
    sa.Index("sign_in_attempts_login", "login_hash", "at"),
    sa.Index("sign_in_attempts_address", "address", "at"),
    sa.Index("sign_in_attempts_at", "at"),
)
