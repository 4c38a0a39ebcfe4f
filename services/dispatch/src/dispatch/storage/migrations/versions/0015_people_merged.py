"""People who turned out to be the same."""

from alembic import op

revision = "0015"
down_revision = "0014"

UP = """
CREATE TABLE people_merged (
    person_id UUID NOT NULL,
    surviving_id UUID NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (person_id)
);
CREATE INDEX people_merged_surviving ON people_merged (surviving_id);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE people_merged")
