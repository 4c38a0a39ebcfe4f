from servicekit.database import run_migrations

from intake.storage.tables import METADATA

run_migrations(METADATA)
