"""What a complaint is about, and how far it is."""

from alembic import op

revision = "0016"
down_revision = "0015"

UP = """
ALTER TABLE requests ADD COLUMN complaint JSONB, ADD COLUMN complained_provider_id UUID;
CREATE INDEX requests_complained ON requests (complained_provider_id, received_at)
    WHERE complained_provider_id IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("ALTER TABLE requests DROP COLUMN complained_provider_id, DROP COLUMN complaint")
