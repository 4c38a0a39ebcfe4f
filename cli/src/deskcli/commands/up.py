"""`./desk up`."""

from __future__ import annotations

import os
import signal
import time
from types import FrameType

import click

from deskcli.backing import Outside
from deskcli.layout import DESK_STATE, Layout
from deskcli.system import System
from deskcli.wiping import empty

STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_SECONDS = 0.5


class Stopped(BaseException):
    """A signal asked us to end. Not an Exception: nothing on the way may swallow it."""

    def __init__(self) -> None:
        self.at = time.monotonic()


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in STOPPING_SIGNALS:  # the end is under way: a second Ctrl-C must not cut it short
        signal.signal(number, signal.SIG_IGN)
    click.echo("\nStopping")
    raise Stopped


@click.command()
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Of the gateway."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the gateway listens.")
@click.option(
    "--fresh", is_flag=True, help="Begin with an empty demo: the data of earlier runs is thrown away."
)
def command(port: int, host: str, fresh: bool) -> None:
    """Start everything and keep it running until Ctrl-C."""
    if fresh:
        empty(Layout(DESK_STATE))
    system = System(
        DESK_STATE,
        port,
        host,
        outside=Outside.from_environment(),
        log_level=os.environ.get("LOG_LEVEL", "INFO"),
        say=lambda text: click.echo(f"  {text}"),
        lively=True,
    )
    for number in STOPPING_SIGNALS:
        signal.signal(number, _stop)
    began = time.monotonic()
    try:
        click.echo("Starting Servicedesk")
        with system:
            click.echo(welcome(system, time.monotonic() - began))
            while True:  # in steps: a signal that another thread takes does not wake this one
                time.sleep(LOOK_SECONDS)
    except Stopped as stopped:
        click.echo(f"Stopped in {time.monotonic() - stopped.at:.1f} s")


def welcome(system: System, seconds: float) -> str:
    """Return what a newcomer needs to begin."""
    lines = [
        f"Ready in {seconds:.1f} s",
        "",
        f"  Servicedesk   {system.urls['gateway']}",
        f"  Mailbox       {system.urls['mailbox']}",
        f"  Password      {system.secrets.demo_password}   (of every demo account)",
        *(f"  {label:<13} {account}" for label, account in ACCOUNTS),
        "",
        "  ./desk walk plays the main job; ./desk status and ./desk logs NAME look inside; Ctrl-C stops.",
    ]
    return "\n".join(lines)


ACCOUNTS = (
    ("Requester", "sanne@meerwal.example, daan@meerwal.example"),
    ("Desk agent", "amira@meerwal.example, joost@meerwal.example"),
    ("Team", "tom@meerwal.example, petra@meerwal.example; ria@meerwal.example (reception)"),
    ("Manager", "karin@meerwal.example"),
    ("Products", "lars@meerwal.example"),
    ("Administrator", "beheer@meerwal.example"),
    ("Supplier", "info@bezemwijs.example, planning@vonk-val.example"),
)
