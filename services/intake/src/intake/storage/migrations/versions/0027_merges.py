"""Persons who turned out to be the same."""

from alembic import op

revision = "0027"
down_revision = "0026"

UP = """
ALTER TABLE people ADD COLUMN merged_into UUID REFERENCES people;
ALTER TABLE people ADD COLUMN merged_root UUID;
ALTER TABLE people ADD COLUMN root_id UUID NOT NULL
    GENERATED ALWAYS AS (coalesce(merged_root, person_id)) STORED;
ALTER TABLE people ADD COLUMN merge_version INTEGER DEFAULT 0 NOT NULL;
CREATE INDEX people_root ON people (root_id);
CREATE INDEX people_merged ON people (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE merges (
    merge_id UUID NOT NULL,
    person_id UUID NOT NULL,
    into_id UUID NOT NULL,
    reason TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by JSONB NOT NULL,
    undone_at TIMESTAMP WITH TIME ZONE,
    undone_by JSONB,
    PRIMARY KEY (merge_id),
    FOREIGN KEY(person_id) REFERENCES people (person_id),
    FOREIGN KEY(into_id) REFERENCES people (person_id)
);
CREATE INDEX merges_person ON merges (person_id);
CREATE INDEX merges_at ON merges (at, merge_id);
"""
DOWN = """
DROP TABLE merges;
ALTER TABLE people DROP COLUMN root_id, DROP COLUMN merge_version, DROP COLUMN merged_root,
    DROP COLUMN merged_into;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
