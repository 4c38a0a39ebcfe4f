"""Alembic's entry; servicekit does the rest."""

from servicekit.database import run_migrations

from gateway.storage.tables import METADATA

run_migrations(METADATA)
