"""Each promise that is made, and what becomes of it. What is open now was promised by its receipt.

What an older replica writes beside a newer one lacks these columns: they have defaults.
"""

from alembic import op

revision = "0015"
down_revision = "0014"

UP = """
ALTER TABLE requests
    ADD COLUMN pledges JSONB NOT NULL DEFAULT '[]', ADD COLUMN next_until TIMESTAMPTZ,
    ADD COLUMN next_what TEXT;
CREATE TABLE promises (
    request_id UUID REFERENCES requests,
    number INTEGER,
    what TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    made_by TEXT,
    until TIMESTAMPTZ NOT NULL,
    text TEXT,
    team TEXT,
    state TEXT NOT NULL,
    ended_at TIMESTAMPTZ,
    answered_at TIMESTAMPTZ,
    PRIMARY KEY (request_id, number)
);
INSERT INTO promises (request_id, number, what, made_at, until, state)
    SELECT request_id, 1, 'result', received_at, resolve_by, 'open' FROM requests
    WHERE announced AND resolve_by IS NOT NULL AND state NOT IN ('ready', 'closed');
UPDATE requests SET
    pledges = jsonb_build_array(jsonb_build_object(
        'number', 1, 'what', 'result', 'made_at', received_at, 'until', resolve_by,
        'made_by', jsonb_build_object('kind', 'service', 'name', 'intake'),
        'held_since', waiting ->> 'since')),
    next_until = CASE WHEN waiting IS NULL THEN resolve_by END,
    next_what = CASE WHEN waiting IS NULL THEN 'result' END
    WHERE announced AND resolve_by IS NOT NULL AND state NOT IN ('ready', 'closed');
CREATE INDEX requests_next ON requests (next_until) WHERE next_until IS NOT NULL;
CREATE INDEX promises_made ON promises (made_at);
CREATE INDEX promises_until ON promises (until, request_id, number) INCLUDE (what, state, team);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE promises")
    op.execute("ALTER TABLE requests DROP COLUMN pledges, DROP COLUMN next_until, DROP COLUMN next_what")
