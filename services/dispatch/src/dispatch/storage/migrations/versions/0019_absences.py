"""When the people of teams are not there."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE person_absences (
            absence_id UUID PRIMARY KEY,
            provider_id UUID NOT NULL REFERENCES providers (provider_id),
            account_id UUID NOT NULL,
            name TEXT NOT NULL,
            start TIMESTAMPTZ NOT NULL,
            "end" TIMESTAMPTZ NOT NULL,
            reason TEXT NOT NULL,
            note TEXT,
            made_at TIMESTAMPTZ NOT NULL,
            made_by TEXT NOT NULL,
            returned_at TIMESTAMPTZ
        )
    """)
    op.execute('CREATE INDEX person_absences_team ON person_absences (provider_id, "end")')
    op.execute('CREATE INDEX person_absences_person ON person_absences (account_id, "end")')
    op.execute("CREATE INDEX person_absences_begin ON person_absences (start) WHERE returned_at IS NULL")


def downgrade() -> None:
    op.execute("DROP TABLE person_absences")
