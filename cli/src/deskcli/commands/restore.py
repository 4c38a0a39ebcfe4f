"""`./desk restore`."""

from __future__ import annotations

from pathlib import Path

import click

from deskcli.backup.restoring import restore
from deskcli.layout import DESK_STATE, Layout

WARNING = "Everything that this desk has now will be gone, and what the backup has comes in its place. Go on?"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(file: Path, yes: bool) -> None:
    """Bring back what ./desk backup has copied, in the place of what is there. The desk must not run."""
    layout = Layout(DESK_STATE)
    if layout.seeded.exists() and not yes:
        click.confirm(WARNING, abort=True)
    manifest = restore(layout, file.resolve(), click.echo)
    click.echo(
        f"{manifest.rows} rows in {len(manifest.counts)} databases are as they were at {manifest.made_at}."
    )
    click.echo(
        "What happened after that moment is not in it. Everybody signs in again. Look at ./desk supplier"
        " list: who was shut out since then is in again. New requests begin 1,000 numbers later."
    )
