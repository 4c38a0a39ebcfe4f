"""`./desk restart`."""

from __future__ import annotations

import click

from deskcli import control
from deskcli.layout import DESK_STATE, Layout


@click.command()
@click.argument("name")
def command(name: str) -> None:
    """Stop one process in order and start it again."""
    control.ask(Layout(DESK_STATE).run, "restart", name=name)
    click.echo(f"{name} restarted")
