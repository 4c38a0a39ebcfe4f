from servicekit.database import run_migrations

from monitoring.storage.tables import METADATA

run_migrations(METADATA)
