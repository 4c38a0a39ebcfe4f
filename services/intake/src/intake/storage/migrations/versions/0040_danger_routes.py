"""As which product danger without one is begun."""

from alembic import op

revision = "0040"
down_revision = "0039"

UP = """
CREATE TABLE danger_routes (
    version INTEGER NOT NULL,
    product_id UUID,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by JSONB NOT NULL,
    PRIMARY KEY (version)
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE danger_routes")
