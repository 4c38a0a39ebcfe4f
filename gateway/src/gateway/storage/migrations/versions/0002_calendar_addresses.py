"""The secret address of each person's calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "calendar_addresses",
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
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
    )


def downgrade() -> None:
    op.drop_table("calendar_addresses")
