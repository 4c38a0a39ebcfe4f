"""`./desk backup`."""

from __future__ import annotations

from pathlib import Path

import click
from servicekit.clock import SystemClock

from deskcli import control
from deskcli.backup.making import LONGEST_SECONDS
from deskcli.layout import DESK_STATE, Layout


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def command(file: Path | None) -> None:
    """Copy all that the running desk knows into FILE. Meanwhile, some seconds, the desk answers nobody.

    FILE holds every password of the desk: keep it where nobody else can read it.
    """
    target = (file or Path(f"servicedesk-{SystemClock().now():%Y%m%d-%H%M%S}.backup")).resolve()
    click.echo("The desk is asked to finish what is under way, and then copied.")
    made = control.ask(Layout(DESK_STATE).run, "backup", patience=LONGEST_SECONDS, file=str(target))
    megabytes = made["bytes"] / 1e6
    click.echo(f"{target}: {made['rows']} rows, {made['files']} files, {megabytes:.1f} MB, {made['at']}")
    click.echo("It holds every password of the desk. ./desk restore FILE brings it back.")
