"""The tables of dispatch, and servicekit's own."""

from alembic import op
from servicekit.storage import create_tables

revision = "0001"
down_revision = None

# Written out, not made from the tables of today: what this migration does may never change.
STATEMENTS = (
    """
    CREATE TABLE processes (
        request_id UUID NOT NULL,
        reference TEXT NOT NULL,
        request JSONB,
        product_id UUID,
        product_version INTEGER,
        accepted_sequence INTEGER DEFAULT 0 NOT NULL,
        accepted_round INTEGER DEFAULT 1 NOT NULL,
        reopened_sequence INTEGER DEFAULT 0 NOT NULL,
        reopened_round INTEGER DEFAULT 0 NOT NULL,
        reopened_reason TEXT,
        closed_sequence INTEGER DEFAULT 0 NOT NULL,
        planned_round INTEGER DEFAULT 0 NOT NULL,
        completed_round INTEGER DEFAULT 0 NOT NULL,
        last_serial INTEGER DEFAULT 0 NOT NULL,
        waiting_since TIMESTAMP WITH TIME ZONE,
        unplannable_told BOOLEAN DEFAULT false NOT NULL,
        PRIMARY KEY (request_id)
    )
    """,
    "CREATE INDEX processes_waiting ON processes (waiting_since) WHERE waiting_since IS NOT NULL",
    """
    CREATE TABLE products (
        product_id UUID NOT NULL,
        version INTEGER NOT NULL,
        check_required BOOLEAN DEFAULT false NOT NULL,
        steps JSONB,
        withdrawn_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (product_id, version)
    )
    """,
    """
    CREATE TABLE providers (
        provider_id UUID NOT NULL,
        slug TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        delivery TEXT NOT NULL,
        address TEXT,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (provider_id),
        UNIQUE (slug),
        UNIQUE (address)
    )
    """,
    """
    CREATE TABLE work_orders (
        work_order_id UUID NOT NULL,
        request_id UUID NOT NULL,
        number TEXT NOT NULL,
        round INTEGER NOT NULL,
        step TEXT NOT NULL,
        title JSONB NOT NULL,
        provider_id UUID NOT NULL,
        state TEXT NOT NULL,
        open BOOLEAN NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        depends_on JSONB NOT NULL,
        check_required BOOLEAN NOT NULL,
        instructions JSONB,
        lead_time JSONB,
        remark TEXT,
        version INTEGER NOT NULL,
        offer INTEGER NOT NULL,
        issued_at TIMESTAMP WITH TIME ZONE,
        updated_at TIMESTAMP WITH TIME ZONE,
        reason TEXT,
        note TEXT,
        planned_from TIMESTAMP WITH TIME ZONE,
        planned_until TIMESTAMP WITH TIME ZONE,
        cost_cents BIGINT,
        pause JSONB,
        replaces UUID,
        replaced_by UUID,
        PRIMARY KEY (work_order_id),
        FOREIGN KEY(request_id) REFERENCES processes (request_id),
        UNIQUE (number),
        FOREIGN KEY(provider_id) REFERENCES providers (provider_id)
    )
    """,
    "CREATE INDEX work_orders_open ON work_orders (provider_id, work_order_id) WHERE open",
    "CREATE INDEX work_orders_open_all ON work_orders (work_order_id) WHERE open",
    "CREATE INDEX work_orders_provider ON work_orders (provider_id, work_order_id)",
    "CREATE INDEX work_orders_request ON work_orders (request_id)",
    "CREATE INDEX work_orders_state ON work_orders (state, work_order_id)",
    """
    CREATE TABLE deliveries (
        work_order_id UUID NOT NULL,
        provider_id UUID NOT NULL,
        state TEXT NOT NULL,
        errand TEXT NOT NULL,
        generation INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        error TEXT,
        due_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
        PRIMARY KEY (work_order_id),
        FOREIGN KEY(work_order_id) REFERENCES work_orders (work_order_id),
        FOREIGN KEY(provider_id) REFERENCES providers (provider_id)
    )
    """,
    "CREATE INDEX deliveries_due ON deliveries (provider_id, due_at) WHERE state = 'pending'",
    "CREATE INDEX deliveries_failed ON deliveries (work_order_id) WHERE state = 'failed'",
    """
    CREATE TABLE delivery_attempts (
        work_order_id UUID NOT NULL,
        generation INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        errand TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        milliseconds INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        detail TEXT,
        late BOOLEAN NOT NULL,
        PRIMARY KEY (work_order_id, generation, attempt),
        FOREIGN KEY(work_order_id) REFERENCES work_orders (work_order_id)
    )
    """,
    """
    CREATE TABLE work_order_history (
        work_order_id UUID NOT NULL,
        version INTEGER NOT NULL,
        action TEXT NOT NULL,
        state TEXT NOT NULL,
        previous_state TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        by_kind TEXT NOT NULL,
        by_name TEXT,
        by_id TEXT NOT NULL,
        offer INTEGER NOT NULL,
        details JSONB NOT NULL,
        PRIMARY KEY (work_order_id, version),
        FOREIGN KEY(work_order_id) REFERENCES work_orders (work_order_id)
    )
    """,
)


def upgrade() -> None:
    create_tables(op)
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for table in ("work_order_history", "delivery_attempts", "deliveries", "work_orders"):
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP TABLE providers, products, processes")
