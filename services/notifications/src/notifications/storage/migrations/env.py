from servicekit.database import run_migrations

from notifications.storage.tables import METADATA

run_migrations(METADATA)
