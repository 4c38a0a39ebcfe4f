"""Bring the databases of all services up to date in one process: the libraries are loaded once, not six times.

Reads one line of JSON from standard input, {"package": "url"}: it can load while the database boots, and no
password stands among the arguments. Prints one line when something is wrong.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec


def main() -> int:
    """Migrate, and return the exit code."""
    from servicekit.database import migrate

    for package, url in json.loads(sys.stdin.readline() or "{}").items():
        if find_spec(package) is None:
            continue
        try:
            migrate(package, url)
        except Exception as error:
            print(f"the database of {package} could not be brought up to date: {error}".replace("\n", " "))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
