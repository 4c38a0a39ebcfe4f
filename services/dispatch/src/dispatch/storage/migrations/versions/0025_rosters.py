"""Who a team has, and when each of them works."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE team_people (
            account_id UUID PRIMARY KEY,
            provider_id UUID NOT NULL REFERENCES providers (provider_id),
            name TEXT NOT NULL,
            hours JSONB NOT NULL,
            version INTEGER NOT NULL,
            updated_at TIMESTAMPTZ NOT NULL,
            updated_by TEXT NOT NULL
        )
    """)
    op.execute("CREATE INDEX team_people_provider ON team_people (provider_id)")


def downgrade() -> None:
    op.execute("DROP TABLE team_people")
