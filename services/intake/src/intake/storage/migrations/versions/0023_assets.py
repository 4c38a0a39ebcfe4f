"""Objects: a register with the code on each sticker."""

from alembic import op

revision = "0023"
down_revision = "0022"

UP = """
CREATE TABLE assets (
    asset_id UUID NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    name JSONB NOT NULL,
    kind TEXT NOT NULL,
    location_id UUID NOT NULL,
    warranty_until DATE,
    supplier TEXT,
    product TEXT,
    withdrawn BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (asset_id),
    UNIQUE (code),
    FOREIGN KEY(location_id) REFERENCES locations (location_id)
);
CREATE INDEX assets_location ON assets (location_id);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE assets")
