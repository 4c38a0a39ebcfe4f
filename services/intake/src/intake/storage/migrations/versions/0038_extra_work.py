"""Budget holders are also asked about extra work, of requests that are in progress."""

from alembic import op

revision = "0038"
down_revision = "0037"
INDEX = "CREATE INDEX requests_approvers ON requests USING gin (approver_ids) WHERE {which}"


def upgrade() -> None:
    op.execute("DROP INDEX requests_approvers")
    op.execute(INDEX.format(which="cardinality(approver_ids) > 0"))


def downgrade() -> None:
    op.execute("DROP INDEX requests_approvers")
    op.execute(INDEX.format(which="state = 'awaiting_approval'"))
