"""`./desk reset`."""

from __future__ import annotations

import fcntl
import shutil

import click
from servicekit.embedded.postgres import Postgres
from servicekit.embedded.programs import EmbeddedError

from deskcli import leftovers
from deskcli.layout import DESK_STATE, Layout


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(yes: bool) -> None:
    """Throw the demo's data away: database, broker, mails, passwords. Downloads and logs are kept."""
    if not yes:
        click.confirm("All requests, accounts and mails of this checkout will be gone. Go on?", abort=True)
    wipe()
    click.echo("The demo is empty; ./desk up begins anew.")


def wipe() -> None:
    """Delete the data of the system in .desk; raises EmbeddedError while it runs."""
    layout = Layout(DESK_STATE)
    layout.make()
    with open(layout.run / "lock", "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EmbeddedError("Servicedesk is running; stop it first (Ctrl-C in its terminal).") from None
        leftovers.clean(layout.run / "pids.json")
        Postgres(layout.data / "postgres", 0, "").remove()
        for folder in (layout.data, layout.mailbox):
            shutil.rmtree(folder, ignore_errors=True)
        for file in (layout.secrets, layout.clock):
            file.unlink(missing_ok=True)
