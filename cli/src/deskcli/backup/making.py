"""Makes a backup of a running system, at a moment at which nothing is under way between its parts.

Each database alone could be copied at any time. But a fact that has left one service and has not arrived
at the next is in neither, and the broker is not copied. So nothing comes in, what is on its way arrives, the
services stop, and then everything is copied.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from servicekit.clock import SystemClock
from servicekit.embedded.programs import EmbeddedError

from deskcli.backlog import Backlog
from deskcli.backup import archive, databases
from deskcli.layout import Layout
from deskcli.processes import DATABASES, PROCESSES

if TYPE_CHECKING:
    from deskcli.system import System

ARRIVAL_SECONDS = 150.0  # the longest that a fact waits before it is tried again is two minutes
LONGEST_SECONDS = ARRIVAL_SECONDS + 300.0
TAKES_IN = ("gateway", *(process.name for process in PROCESSES if process.name.startswith("supplier-")))
CARRIES_OUT = tuple(process.name for process in PROCESSES if process.name not in TAKES_IN)


def make(system: System, target: Path) -> archive.Manifest:
    """Write a backup to `target`; raises EmbeddedError, and the system goes on in any case."""
    if target.exists():
        raise EmbeddedError(f"{target} is there already; choose another name.")
    if not target.parent.is_dir():
        raise EmbeddedError(f"there is no folder {target.parent}.")
    with system.without(TAKES_IN):
        with Backlog(system.urls) as backlog:
            backlog.wait_for_facts(ARRIVAL_SECONDS)
        with system.without(CARRIES_OUT):
            return _copy(system, target)


def _copy(system: System, target: Path) -> archive.Manifest:
    urls = {name: system.urls[f"{name} database"] for name in DATABASES}
    with tempfile.TemporaryDirectory(prefix="backup-", dir=system.layout.run) as folder:
        files = dict(kept_files(system.layout))
        for name, url in urls.items():
            files[f"databases/{name}.dump"] = Path(folder) / f"{name}.dump"
            databases.dump(url, Path(folder) / f"{name}.dump")
        counts = {name: databases.counts(url) for name, url in urls.items()}
        made_at = SystemClock().now().isoformat(timespec="seconds")
        return archive.write(target, made_at, counts, files)


def kept_files(layout: Layout) -> Iterator[tuple[str, Path]]:
    """What else belongs to an installation, by its place in the state folder."""
    single = [layout.secrets, layout.clock, layout.seeded, layout.data / "webhook-port"]
    single += layout.data.glob("supplier-*")  # what the demo's suppliers keep for themselves
    several = [path for folder in (layout.files, layout.mailbox) for path in sorted(folder.rglob("*"))]
    for path in [*single, *several]:
        if path.is_file():
            yield f"state/{path.relative_to(layout.folder)}", path
