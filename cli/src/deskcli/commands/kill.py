"""`./desk kill`."""

from __future__ import annotations

import signal

import click

from deskcli import control
from deskcli.layout import DESK_STATE, Layout

NAMES = sorted(number.name.removeprefix("SIG") for number in signal.Signals)


@click.command()
@click.argument("name")
@click.option(
    "--signal", "number", default="KILL", show_default=True, type=click.Choice(NAMES, case_sensitive=False)
)
@click.option("--keep-down", is_flag=True, help="Do not restart it; ./desk start does.")
def command(name: str, number: str, keep_down: bool) -> None:
    """Kill one process, as a fault would; it is restarted unless told otherwise."""
    code = int(signal.Signals[f"SIG{number.upper()}"])
    control.ask(Layout(DESK_STATE).run, "kill", name=name, number=code, keep_down=keep_down)
    click.echo(f"{name} got {number.upper()}")
