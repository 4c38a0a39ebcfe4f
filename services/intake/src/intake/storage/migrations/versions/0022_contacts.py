"""Further numbers and addresses of people, notes about them, and contact moments."""

from alembic import op

revision = "0022"
down_revision = "0021"

UP = """
ALTER TABLE people ADD COLUMN personnel_number TEXT;
ALTER TABLE people ADD COLUMN contacts JSONB DEFAULT '{}' NOT NULL;
ALTER TABLE people ADD COLUMN contacts_version INTEGER DEFAULT 0 NOT NULL;
CREATE INDEX people_personnel_number ON people (lower(personnel_number));
CREATE TABLE person_emails (
    address TEXT COLLATE "C" NOT NULL,
    person_id UUID NOT NULL,
    PRIMARY KEY (address, person_id),
    FOREIGN KEY(person_id) REFERENCES people (person_id) ON DELETE CASCADE
);
CREATE INDEX person_emails_person ON person_emails (person_id);
DROP INDEX people_email;
INSERT INTO person_emails SELECT lower(email), person_id FROM people WHERE email IS NOT NULL;
CREATE TABLE notes (
    note_id UUID NOT NULL,
    person_id UUID,
    customer_id UUID,
    text TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by JSONB NOT NULL,
    PRIMARY KEY (note_id),
    CONSTRAINT notes_about_one CHECK ((person_id IS NULL) <> (customer_id IS NULL)),
    FOREIGN KEY(person_id) REFERENCES people (person_id),
    FOREIGN KEY(customer_id) REFERENCES customers (customer_id)
);
CREATE INDEX notes_person ON notes (person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX notes_customer ON notes (customer_id, at) WHERE customer_id IS NOT NULL;
CREATE TABLE contact_moments (
    moment_id UUID NOT NULL,
    person_id UUID NOT NULL,
    request_id UUID,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    channel TEXT NOT NULL,
    direction TEXT NOT NULL,
    text TEXT NOT NULL,
    by JSONB NOT NULL,
    PRIMARY KEY (moment_id),
    FOREIGN KEY(person_id) REFERENCES people (person_id),
    FOREIGN KEY(request_id) REFERENCES requests (request_id)
);
CREATE INDEX contact_moments_person ON contact_moments (person_id, at);
"""
DOWN = """
DROP TABLE contact_moments, notes, person_emails;
DROP INDEX people_personnel_number;
CREATE INDEX people_email ON people (lower(email));
ALTER TABLE people DROP COLUMN personnel_number, DROP COLUMN contacts, DROP COLUMN contacts_version;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
