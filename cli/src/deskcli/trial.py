"""What commands share that try a system of their own: where it lies, and what stays of it at the end."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

Verdict = tuple[bool, str]  # whether all was well, and what there is to say


def run(name: str, about: str, play: Callable[[Path], Verdict], keep: bool) -> NoReturn:
    """Call `play` with a new state folder, and end with 0 or 1. The folder stays when not all was well, or to
    be kept.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    folder = Path(tempfile.mkdtemp(prefix=f"servicedesk-{name}-"))
    folder.chmod(0o711)  # the database may run as another user
    state = folder / "state"
    click.echo(f"{about}; state and logs in {state}")
    good, report = play(state)
    click.echo(report)
    if good and not keep:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        click.echo(f"left for you: {state} (logs in logs/)")
    sys.exit(0 if good else 1)


def say(text: str) -> None:
    """What goes on meanwhile: not part of the report."""
    click.echo(f"  {text}", err=True)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(130)  # so that the system is stopped on the way out
