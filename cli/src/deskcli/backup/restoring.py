"""Puts a backup in the place of everything that a state folder has."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from servicekit.embedded.programs import EmbeddedError

from deskcli.background import wait_until
from deskcli.backing import Backing
from deskcli.backup import archive, databases
from deskcli.broker_layout import SUPPLIERS
from deskcli.layout import Layout
from deskcli.processes import DATABASES, STOP_ORDER
from deskcli.secret_store import load_or_make
from deskcli.supervisor import Supervisor
from deskcli.wiping import alone, wipe


def restore(layout: Layout, source: Path, say: Callable[[str], None]) -> archive.Manifest:
    """Replace all data of a system that does not run. The backup is checked before anything is removed."""
    with alone(layout), tempfile.TemporaryDirectory(prefix="restore-", dir=layout.run) as folder:
        manifest = archive.unpack(source, Path(folder))
        wipe(layout)
        shutil.copytree(Path(folder) / "state", layout.folder, dirs_exist_ok=True)
        with _database(layout, say) as urls:
            for name in DATABASES:
                databases.load(urls[name], Path(folder) / "databases" / f"{name}.dump")
            _compare(manifest, {name: databases.counts(urls[name]) for name in DATABASES})
            databases.leave_numbers_out(urls["intake"])
            databases.end_sessions(urls["gateway"])
    return manifest


def _compare(manifest: archive.Manifest, counts: dict[str, dict[str, int]]) -> None:
    wrong = [
        f"{name}.{table}: {counts[name].get(table)} of {count} rows"
        for name, tables in manifest.counts.items()
        for table, count in tables.items()
        if counts[name].get(table) != count
    ]
    if wrong:
        raise EmbeddedError(f"not all came back: {', '.join(wrong)}; restore again.")


@contextmanager
def _database(layout: Layout, say: Callable[[str], None]) -> Iterator[dict[str, str]]:
    """The embedded PostgreSQL alone, with the empty databases of all services; yields their URLs by name."""
    secrets = load_or_make(layout.secrets, DATABASES, SUPPLIERS)
    supervisor = Supervisor(layout.logs, layout.register, say)
    try:
        backing = Backing(layout, secrets, supervisor, say)
        backing.launch_database()
        wait_until(backing.checks["postgres"], lambda: "the database", layout.logs)
        backing.create_databases()
        yield {name: backing.urls[f"{name} database"] for name in DATABASES}
    finally:
        supervisor.close(STOP_ORDER)
