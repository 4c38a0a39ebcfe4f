from servicekit.database import run_migrations

from dispatch.storage.tables import METADATA

run_migrations(METADATA)
