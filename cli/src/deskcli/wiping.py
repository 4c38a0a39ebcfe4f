"""Removes the data of a system that does not run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from servicekit.embedded.postgres import Postgres

from deskcli import leftovers
from deskcli.layout import Layout


@contextmanager
def alone(layout: Layout) -> Iterator[None]:
    """Keep the system of this folder from starting; raises EmbeddedError while it runs."""
    with layout.claimed("Servicedesk is running; stop it first (Ctrl-C in its terminal)."):
        leftovers.clean(layout.register)
        yield


def empty(layout: Layout) -> None:
    """Throw everything away; raises EmbeddedError while the system of this folder runs."""
    with alone(layout):
        wipe(layout)


def wipe(layout: Layout) -> None:
    """Delete database, broker, mails and passwords; to be called `alone`."""
    Postgres(layout.data / "postgres", 0, "").remove()
    for folder in (layout.data, layout.mailbox):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (layout.secrets, layout.clock):
        file.unlink(missing_ok=True)
    layout.make()
