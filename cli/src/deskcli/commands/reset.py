"""`./desk reset`."""

from __future__ import annotations

import click

from deskcli.layout import DESK_STATE, Layout
from deskcli.wiping import empty


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(yes: bool) -> None:
    """Throw the demo's data away: database, broker, mails, passwords. Downloads and logs are kept."""
    if not yes:
        click.confirm("All requests, accounts and mails of this checkout will be gone. Go on?", abort=True)
    empty(Layout(DESK_STATE))
    click.echo("The demo is empty; ./desk up begins anew.")
