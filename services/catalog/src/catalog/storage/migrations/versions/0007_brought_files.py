"""Files with a catalogue, uploaded to be looked at before they change anything."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE brought_files (
            file_id UUID PRIMARY KEY,
            name TEXT NOT NULL,
            at TIMESTAMPTZ NOT NULL,
            by JSONB NOT NULL,
            content JSONB NOT NULL,
            way TEXT,
            done_at TIMESTAMPTZ,
            outcome JSONB
        )
    """)
    op.execute("CREATE INDEX brought_files_at ON brought_files (at)")


def downgrade() -> None:
    op.drop_table("brought_files")
