"""Pairs of persons who look alike and are not one."""

from alembic import op

revision = "0036"
down_revision = "0035"

UP = """
CREATE TABLE not_doubles (
    pair_id UUID NOT NULL,
    one_id UUID NOT NULL,
    other_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by JSONB NOT NULL,
    PRIMARY KEY (pair_id),
    UNIQUE (one_id, other_id),
    FOREIGN KEY(one_id) REFERENCES people (person_id),
    FOREIGN KEY(other_id) REFERENCES people (person_id)
);
"""
DOWN = "DROP TABLE not_doubles;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
