"""Alembic's entry; servicekit does the rest."""

from gateway.storage.tables import METADATA
from servicekit.database import run_migrations

run_migrations(METADATA)
