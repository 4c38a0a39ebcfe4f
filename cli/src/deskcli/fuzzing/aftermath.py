"""What the calls have left behind: what was accepted has to be carried out, and nothing may have died."""

from __future__ import annotations

from collections.abc import Sequence

from servicekit.embedded.programs import EmbeddedError

from deskcli.backlog import Backlog
from deskcli.faults.checks.logs import strange
from deskcli.faults.evidence.logs import read_errors
from deskcli.faults.evidence.reading import SERVICES, rows
from deskcli.system import System

SETTLE_SECONDS = 300.0  # facts that fail are tried again for two minutes before they are given up
QUICKLY_SECONDS = 15.0
# A message that was accepted and then could not be handled: it was checked too little at the door.
POISON = """
    SELECT type, reason_type, reason, count(*) FROM failures
    WHERE kind IN ('message', 'unrouted') GROUP BY 1, 2, 3
"""


def look(system: System, deaths: Sequence[str], quickly: bool) -> list[str]:
    """What is wrong, a sentence each. `quickly`: what still waits is not waited for."""
    found = [*deaths]
    with Backlog(system.urls) as backlog:
        try:
            backlog.wait(SETTLE_SECONDS if not quickly else QUICKLY_SECONDS)
        except EmbeddedError as error:
            found += [] if quickly else [str(error)]
    for service in SERVICES:
        found += [
            f"{service} could not handle {row['count']} {row['type']}: {row['reason_type']}, {row['reason']}"
            for row in rows(system.urls, service, POISON)
        ]
    errors = strange(read_errors(system.layout.logs))
    return found + [f"logged {count} times: {text}" for text, count in errors.most_common(20)]
