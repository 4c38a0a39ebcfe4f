"""Customers with departments and cost centres of their own, which may end."""

from alembic import op

revision = "0033"
down_revision = "0032"

UP = """
ALTER TABLE customers ADD COLUMN version INTEGER DEFAULT 1 NOT NULL,
    ADD COLUMN ended_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE departments ADD COLUMN customer_id UUID REFERENCES customers (customer_id),
    ADD COLUMN parent_id UUID REFERENCES departments (department_id),
    ADD COLUMN version INTEGER DEFAULT 1 NOT NULL,
    ADD COLUMN ended_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE budgets ADD COLUMN customer_id UUID REFERENCES customers (customer_id),
    ADD COLUMN valid_from DATE,
    ADD COLUMN valid_until DATE,
    ADD COLUMN version INTEGER DEFAULT 1 NOT NULL;
UPDATE departments SET customer_id = one.customer_id
    FROM (SELECT department_id, min(customer_id::text)::uuid AS customer_id FROM people
          WHERE customer_id IS NOT NULL GROUP BY department_id HAVING count(DISTINCT customer_id) = 1) AS one
    WHERE one.department_id = departments.department_id;
UPDATE budgets SET customer_id = one.customer_id
    FROM (SELECT budget_id, min(customer_id::text)::uuid AS customer_id FROM departments
          WHERE customer_id IS NOT NULL GROUP BY budget_id HAVING count(DISTINCT customer_id) = 1) AS one
    WHERE one.budget_id = budgets.budget_id;
CREATE INDEX departments_customer ON departments (customer_id);
CREATE INDEX people_customer ON people (customer_id, name, person_id);
CREATE INDEX people_department ON people (department_id);
CREATE INDEX requests_customer ON requests (customer_id, received_at, request_id)
    WHERE customer_id IS NOT NULL;
"""
DOWN = """
DROP INDEX requests_customer, people_department, people_customer, departments_customer;
ALTER TABLE budgets DROP COLUMN customer_id, DROP COLUMN valid_from, DROP COLUMN valid_until,
    DROP COLUMN version;
ALTER TABLE departments DROP COLUMN customer_id, DROP COLUMN parent_id, DROP COLUMN version,
    DROP COLUMN ended_at;
ALTER TABLE customers DROP COLUMN version, DROP COLUMN ended_at;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
