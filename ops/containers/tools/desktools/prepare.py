"""What must be there before the broker starts: its definitions, and the file with the demo clock's offset.

The rights on the bus are those of deskcli.broker_layout: there is one description of them. Passwords are
hashed.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from deskcli.broker_layout import VHOSTS, broker_users
from deskcli.secret_store import Secrets
from servicekit.embedded.broker_users import definitions

from .secret_files import password_in


def write_definitions(target: Path) -> None:
    """Write the file in one step, so that the broker never reads half of it."""
    secrets = Secrets(broker=password_in("amqp_url"), broker_admin=password_in("broker_admin_url"))
    users = broker_users(secrets)
    fresh = target.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(definitions(VHOSTS, users), indent=1), encoding="utf-8")
    fresh.replace(target)
    sys.stdout.write(f"{len(VHOSTS)} vhosts and {len(users)} users are described for the broker\n")


def start_clock(file: Path) -> None:
    """Begin with the real time; a clock that was moved stays moved."""
    if not file.exists():
        file.write_text("0\n", encoding="ascii")


if __name__ == "__main__":
    write_definitions(Path(os.environ["DEFINITIONS_FILE"]))
    start_clock(Path(os.environ["CLOCK_FILE"]))
