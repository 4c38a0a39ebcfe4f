"""Tells the places that were saved before `intake.locations_saved` existed: dispatch rules by place."""

from alembic import op

revision = "0007"
down_revision = "0006"

TELL = """
INSERT INTO outbox (message_id, type, version, occurred_at, headers, data)
SELECT gen_random_uuid(), 'intake.locations_saved', 1, now(),
       jsonb_build_object(
           'actor', jsonb_build_object(
               'kind', 'service', 'id', 'intake', 'name', 'intake', 'roles', '[]'::jsonb),
           'correlation_id', gen_random_uuid()::text, 'causation_id', NULL, 'traceparent', NULL),
       jsonb_build_object(
           'locations', jsonb_agg(jsonb_build_object(
               'location_id', location_id, 'key', key, 'parent_key', parent_key, 'name', name, 'path', path)),
           'saved_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text
FROM (SELECT *, (row_number() OVER (ORDER BY path) - 1) / 300 AS part FROM locations) AS parts
GROUP BY part
"""


def upgrade() -> None:
    op.execute(TELL)


def downgrade() -> None:
    """What was told stays told."""
