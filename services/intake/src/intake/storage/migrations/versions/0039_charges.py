"""What requests are charged for, per cost centre: a ledger that the database itself lets nobody rewrite."""

from alembic import op

revision = "0039"
down_revision = "0038"

UP = """
ALTER TABLE requests ADD COLUMN charges INTEGER NOT NULL DEFAULT 0;
CREATE TABLE charges (
    charge_id UUID NOT NULL,
    request_id UUID NOT NULL REFERENCES requests (request_id),
    number INTEGER NOT NULL,
    cost_centre TEXT COLLATE "C" NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    product_id UUID NOT NULL,
    version INTEGER NOT NULL,
    order_number TEXT NOT NULL,
    amount_cents BIGINT NOT NULL,
    booked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    month TEXT COLLATE "C" NOT NULL,
    first_month TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (charge_id),
    UNIQUE (request_id, number)
);
CREATE INDEX charges_centre ON charges (cost_centre, month) INCLUDE (amount_cents, request_id);
CREATE INDEX charges_month ON charges (month, booked_at, charge_id);
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'charges are only added to: book the difference';
END $$;
CREATE TRIGGER charges_only_added BEFORE UPDATE OR DELETE ON charges
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
"""
DOWN = """
DROP TABLE charges;
DROP FUNCTION refuse_rewriting;
ALTER TABLE requests DROP COLUMN charges;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
