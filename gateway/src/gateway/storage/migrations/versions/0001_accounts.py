"""Accounts, tokens and attempts to sign in."""

import sqlalchemy as sa
from alembic import op
from servicekit.storage import create_tables
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tables(op)
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False, comment="person, program or supplier"),
        sa.Column(
            "login",
            sa.Text,
            nullable=False,
            unique=True,
            comment="e-mail in small letters, or program:<name>",
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("roles", JSONB, nullable=False),
        sa.Column("person_id", sa.Uuid, comment="of intake: on whose behalf this account reports"),
        sa.Column("provider_id", sa.Uuid, comment="of dispatch: whose work orders this account sees"),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, comment="argon2id; empty for programs"),
        sa.Column(
            "demo", sa.Boolean, nullable=False, comment="made in demo mode, its password is shown on screen"
        ),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.text("now()")),
        sa.CheckConstraint("kind IN ('person', 'program', 'supplier')", name="accounts_kind"),
    )
    op.create_table(
        "tokens",
        sa.Column(
            "token_hash", sa.LargeBinary, primary_key=True, comment="sha256; the token itself is kept nowhere"
        ),
        sa.Column(
            "account_id", sa.Uuid, sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("purpose", sa.Text, nullable=False, comment="session, program or bootstrap"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.text("now()")),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_index("tokens_account_id", "tokens", ["account_id"])
    op.create_index("tokens_expires_at", "tokens", ["expires_at"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("attempt_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column(
            "login_hash",
            sa.LargeBinary,
            nullable=False,
            comment="sha256: what was typed need not be an account",
        ),
        sa.Column("address", sa.Text, nullable=False, comment="IPv4 address or IPv6 /64"),
        sa.Column("succeeded", sa.Boolean, nullable=False),
        sa.Column("at", MOMENT, nullable=False, server_default=sa.text("now()")),
    )
    op.create_index("sign_in_attempts_login", "sign_in_attempts", ["login_hash", "at"])
    op.create_index("sign_in_attempts_address", "sign_in_attempts", ["address", "at"])
    op.create_index("sign_in_attempts_at", "sign_in_attempts", ["at"])


def downgrade() -> None:
    for table in ("sign_in_attempts", "tokens", "accounts"):
        op.drop_table(table)
