from servicekit.database import run_migrations

from catalog.storage.tables import METADATA

run_migrations(METADATA)
