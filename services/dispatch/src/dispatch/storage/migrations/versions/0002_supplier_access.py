"""What each supplier was let in with. No secret: a salted hash, and the number of a derived one."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENT = """
    CREATE TABLE supplier_access (
        provider_id UUID NOT NULL,
        generation INTEGER NOT NULL,
        password_hash TEXT,
        granted_at TIMESTAMP WITH TIME ZONE NOT NULL,
        granted_by TEXT NOT NULL,
        revoked_at TIMESTAMP WITH TIME ZONE,
        revoked_by TEXT,
        suspended_at TIMESTAMP WITH TIME ZONE,
        suspended_reason TEXT,
        seen_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (provider_id),
        FOREIGN KEY(provider_id) REFERENCES providers (provider_id)
    )
"""


def upgrade() -> None:
    op.execute(STATEMENT)


def downgrade() -> None:
    op.execute("DROP TABLE supplier_access")
