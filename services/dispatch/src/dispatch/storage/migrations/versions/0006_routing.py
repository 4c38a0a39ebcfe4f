"""Who gets an order: rules, what providers can take on, and the places that both speak of."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    """
    CREATE TABLE provider_profiles (
        provider_id UUID NOT NULL,
        skills JSONB NOT NULL,
        places JSONB NOT NULL,
        hours JSONB NOT NULL,
        capacity INTEGER,
        absences JSONB NOT NULL,
        version INTEGER NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        updated_by TEXT NOT NULL,
        PRIMARY KEY (provider_id),
        FOREIGN KEY(provider_id) REFERENCES providers (provider_id)
    )
    """,
    """
    CREATE TABLE routing_rules (
        rule_id UUID NOT NULL,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        active BOOLEAN NOT NULL,
        conditions JSONB NOT NULL,
        providers JSONB NOT NULL,
        skill TEXT,
        needs JSONB NOT NULL,
        otherwise TEXT NOT NULL,
        note TEXT,
        version INTEGER NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        updated_by TEXT NOT NULL,
        PRIMARY KEY (rule_id)
    )
    """,
    """
    CREATE TABLE places (
        location_id UUID NOT NULL,
        path TEXT NOT NULL,
        heard_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (location_id)
    )
    """,
    "ALTER TABLE work_orders ADD COLUMN routing JSONB",
    "ALTER TABLE products ADD COLUMN about JSONB",
    "ALTER TABLE processes ADD COLUMN waiting_reason TEXT",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("ALTER TABLE processes DROP COLUMN waiting_reason")
    op.execute("ALTER TABLE products DROP COLUMN about")
    op.execute("ALTER TABLE work_orders DROP COLUMN routing")
    op.execute("DROP TABLE places, routing_rules, provider_profiles")
