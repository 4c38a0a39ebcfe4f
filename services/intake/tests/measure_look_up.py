"""Measures finding a caller among 100,000 people, on a PostgreSQL of its own:

.desk/venv/bin/python -P services/intake/tests/measure_look_up.py [--people 100000] [--times 60]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from statistics import quantiles

import sqlalchemy as sa
from intake.storage.relations import Relations
from servicekit.testing.servers import private_postgres

from servicekit import database

FILL = """
INSERT INTO people (person_id, key, name, email, phones, language, personnel_number)
SELECT gen_random_uuid(), 'p' || n, first || ' ' || last || ' ' || n / 800,
    lower(first) || '.' || n || '@meerwal.example', jsonb_build_array('06-' || lpad(n::text, 8, '0')), 'nl',
    'M-' || n
FROM generate_series(1, :people) AS n,
    LATERAL (SELECT (ARRAY['Sanne','Daan','Emma','Noor','Jan','Fatima','Lars','Petra'])[1 + n % 8] AS first,
        (ARRAY['de Wit','Bakker','Jansen','Visser','Smit','Meijer','Mulder','de Boer','Bos','Vos'])
            [1 + n / 8 % 10] AS last) AS called
"""
PHONES = """
INSERT INTO person_phones (digits_reversed, person_id)
SELECT reverse('316' || right(phones ->> 0, 8)), person_id FROM people
"""
EMAILS = "INSERT INTO person_emails (address, person_id) SELECT email, person_id FROM people"
MERGED = """
UPDATE people SET merged_root = other.person_id, merged_into = other.person_id
FROM (SELECT person_id FROM people ORDER BY key LIMIT 1) AS other
WHERE key LIKE '%77' AND people.person_id <> other.person_id
"""
QUERIES = {
    "a bare first name": "sanne",
    "a first letter": "s",
    "a first and a last name": "sanne de wit",
    "a last name": "bakker",
    "a number": "+31 6 00054321",
    "the end of a number": "54321",
    "a mail address": "sanne.5000@meerwal.example",
    "a personnel number": "m-54321",
}
PAGE = 6


def fill(engine: sa.Engine, people: int) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text(FILL), {"people": people})
        for statement in (PHONES, EMAILS, MERGED):
            connection.execute(sa.text(statement))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))


def measure(engine: sa.Engine, q: str, times: int) -> tuple[int, Sequence[float]]:
    taken = []
    with engine.connect() as connection:
        relations = Relations(connection)
        for _time in range(times):
            began = time.perf_counter()
            rows, _cursor = relations.page(q, None, PAGE)
            taken.append((time.perf_counter() - began) * 1000)
    return len(rows), taken


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--times", type=int, default=60)
    given = asked.parse_args()
    with private_postgres() as url:
        database.migrate("intake", url)
        engine = database.create_engine(url, pool_size=1)
        fill(engine, given.people)
        for name, q in QUERIES.items():
            found, taken = measure(engine, q, given.times)
            cuts = quantiles(taken, n=100)
            figures = f"p50 {cuts[49]:6.1f} ms  p95 {cuts[94]:6.1f} ms"
            sys.stdout.write(f"{name:<26} {found:>2} found  {figures}\n")
        engine.dispose()


if __name__ == "__main__":
    main()
