"""Relations, and copies of what other services publish."""

from alembic import op

revision = "0002"
down_revision = "0001"

RELATIONS = """
CREATE TABLE customers (
    customer_id UUID NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (customer_id),
    UNIQUE (name)
);
CREATE TABLE departments (
    department_id UUID NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (department_id),
    UNIQUE (name)
);
CREATE TABLE people (
    person_id UUID NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    phones JSONB NOT NULL,
    language TEXT NOT NULL,
    department_id UUID,
    customer_id UUID,
    location_key TEXT,
    words tsvector NOT NULL GENERATED ALWAYS AS (
        to_tsvector('simple'::regconfig, name || ' ' || translate(coalesce(email, ''), '@.', '  '))
    ) STORED,
    PRIMARY KEY (person_id),
    UNIQUE (key),
    FOREIGN KEY(department_id) REFERENCES departments (department_id),
    FOREIGN KEY(customer_id) REFERENCES customers (customer_id)
);
CREATE INDEX people_name ON people (name, person_id);
CREATE INDEX people_words ON people USING gin (words);
CREATE TABLE person_phones (
    digits_reversed TEXT COLLATE "C" NOT NULL,
    person_id UUID NOT NULL,
    PRIMARY KEY (digits_reversed, person_id),
    FOREIGN KEY(person_id) REFERENCES people (person_id) ON DELETE CASCADE
);
CREATE INDEX person_phones_person ON person_phones (person_id);
CREATE TABLE locations (
    location_id UUID NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_key TEXT,
    kind TEXT,
    path TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (location_id),
    UNIQUE (key),
    FOREIGN KEY(parent_key) REFERENCES locations (key)
);
CREATE INDEX locations_parent ON locations (parent_key);
CREATE INDEX locations_path ON locations (path, location_id);
"""

COPIES = """
CREATE TABLE products (
    product_id UUID NOT NULL,
    version INTEGER,
    published_at timestamptz,
    withdrawn_at timestamptz,
    PRIMARY KEY (product_id)
);
CREATE TABLE product_versions (
    product_id UUID NOT NULL,
    version INTEGER NOT NULL,
    content JSONB NOT NULL,
    PRIMARY KEY (product_id, version)
);
CREATE TABLE articles (
    article_id UUID NOT NULL,
    version INTEGER NOT NULL,
    slug TEXT NOT NULL,
    title JSONB NOT NULL,
    body JSONB NOT NULL,
    product_ids JSONB NOT NULL,
    PRIMARY KEY (article_id)
);
CREATE TABLE calendars (
    calendar_id UUID NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    content JSONB NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (calendar_id)
);
"""


def upgrade() -> None:
    op.execute(RELATIONS)
    op.execute(COPIES)


def downgrade() -> None:
    op.execute("DROP TABLE products, product_versions, articles, calendars")
    op.execute("DROP TABLE customers, departments, people, person_phones, locations")
