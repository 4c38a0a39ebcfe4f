"""Bring the databases of all services up to date in one process: libraries are loaded once, not six times.

Reads one line of JSON from standard input, {"package": "url"}: it can load while the database boots, and no
password stands among the arguments. Prints one line when something is wrong.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> int:
    """Migrate, and return the exit code."""
    from servicekit.database import migrate

    for package, url in json.loads(sys.stdin.readline() or "{}").items():
        if not has_migrations(package):
            continue
        try:
            migrate(package, url)
        except Exception as error:
            print(f"the database of {package} could not be brought up to date: {error}".replace("\n", " "))
            return 1
    return 0


def has_migrations(package: str) -> bool:
    """Say whether a service is part of this checkout and keeps data."""
    found = find_spec(package)
    folders = found.submodule_search_locations if found else None
    return any((Path(folder) / "storage/migrations/env.py").exists() for folder in folders or ())


if __name__ == "__main__":
    sys.exit(main())
