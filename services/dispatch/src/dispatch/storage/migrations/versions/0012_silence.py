"""Providers that say nothing: what is waited for, their own terms, what is counted, and the calendars."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("ALTER TABLE work_orders ADD COLUMN silence JSONB, ADD COLUMN look_at TIMESTAMPTZ")
    # Orders that were there are waited for from their last word on; the first look computes when it is due.
    op.execute("""
        UPDATE work_orders SET look_at = coalesce(updated_at, issued_at, created_at),
            silence = jsonb_build_object('of', CASE state WHEN 'issued' THEN 'unanswered' WHEN 'accepted' THEN
                'unplanned' WHEN 'scheduled' THEN 'unstarted' ELSE 'wordless' END, 'since',
                to_char((CASE state WHEN 'scheduled' THEN coalesce(planned_until, planned_from) END)
                    AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
                'step', 'waiting', 'told_at', NULL)
        WHERE state IN ('issued', 'accepted', 'scheduled', 'in_progress')
    """)
    op.execute("""
        UPDATE work_orders SET silence = silence || jsonb_build_object('since',
            to_char(look_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'))
        WHERE silence IS NOT NULL AND silence ->> 'since' IS NULL
    """)
    op.execute("CREATE INDEX work_orders_look_at ON work_orders (look_at) WHERE look_at IS NOT NULL")
    op.execute("""
        CREATE TABLE silences (
            work_order_id UUID NOT NULL REFERENCES work_orders (work_order_id),
            version INTEGER NOT NULL,
            provider_id UUID NOT NULL REFERENCES providers (provider_id),
            of TEXT NOT NULL,
            told_at TIMESTAMPTZ NOT NULL,
            escalated_at TIMESTAMPTZ,
            ended_at TIMESTAMPTZ,
            outcome TEXT,
            PRIMARY KEY (work_order_id, version)
        )
    """)
    op.execute("CREATE INDEX silences_provider ON silences (provider_id, told_at)")
    op.execute("CREATE INDEX silences_running ON silences (work_order_id) WHERE ended_at IS NULL")
    op.execute("""
        CREATE TABLE calendars (
            calendar_id UUID PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL,
            content JSONB NOT NULL
        )
    """)
    op.execute("ALTER TABLE provider_profiles ADD COLUMN patience JSONB NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    op.execute("ALTER TABLE provider_profiles DROP COLUMN patience")
    op.execute("DROP TABLE calendars")
    op.execute("DROP TABLE silences")
    op.execute("ALTER TABLE work_orders DROP COLUMN look_at, DROP COLUMN silence")
