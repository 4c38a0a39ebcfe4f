"""`./desk stop`."""

from __future__ import annotations

import click

from deskcli import control
from deskcli.layout import DESK_STATE, Layout


@click.command()
@click.argument("name")
def command(name: str) -> None:
    """Stop one process of the running system; it stays down."""
    control.ask(Layout(DESK_STATE).run, "stop", name=name)
    click.echo(f"{name} stopped")
