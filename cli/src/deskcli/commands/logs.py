"""`./desk logs`."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import click

from deskcli.layout import DESK_STATE, Layout


@click.command()
@click.argument("name", required=False)
@click.option("-f", "--follow", is_flag=True, help="Go on showing what is added.")
@click.option("-n", "--lines", default=100, show_default=True, help="How many lines from the end.")
def command(name: str | None, follow: bool, lines: int) -> None:
    """Show what a process has written; without a NAME, which processes there are."""
    logs = Layout(DESK_STATE).logs
    names = sorted(file.stem for file in logs.glob("*.log"))
    if name is None:
        click.echo("\n".join(names) or "nothing has been started yet")
        return
    if name not in names:
        raise click.ClickException(f"no log called {name}; there are: {', '.join(names) or 'none yet'}.")
    try:
        for line in _read(logs / f"{name}.log", lines, follow):
            click.echo(line, nl=False)
    except (KeyboardInterrupt, BrokenPipeError):
        return


def _read(path: Path, lines: int, follow: bool) -> Iterator[str]:
    """Yield the last lines, and with `follow` whatever comes after, also when the file is begun anew."""
    with open(path, encoding="utf-8", errors="replace") as file:
        yield from deque(file, maxlen=lines)
        while follow:
            if line := file.readline():
                yield line
            elif path.exists() and path.stat().st_size < file.tell():
                file.seek(0)
            else:
                time.sleep(0.2)
