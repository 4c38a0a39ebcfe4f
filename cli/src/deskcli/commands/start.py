"""`./desk start`."""

from __future__ import annotations

import click

from deskcli import control
from deskcli.layout import DESK_STATE, Layout


@click.command()
@click.argument("name")
def command(name: str) -> None:
    """Start one process again."""
    control.ask(Layout(DESK_STATE).run, "start", name=name)
    click.echo(f"{name} started")
