"""The command line of the fuzzer."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

import click

from deskcli.fuzzing import report
from deskcli.fuzzing.people import ROLES
from deskcli.fuzzing.play import play
from deskcli.fuzzing.run import Plan


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(130)  # so that the system is stopped on the way out


@click.command()
@click.option(
    "--calls", default=50_000, show_default=True, type=click.IntRange(100, 5_000_000), help="How many."
)
@click.option(
    "--seed", default=1, show_default=True, help="What is tried; the answers have their part in it."
)
@click.option(
    "--role", "roles", multiple=True, type=click.Choice(ROLES), help="Only as this one; may be repeated."
)
@click.option("--keep", is_flag=True, help="Leave the state folder with its logs also when all is well.")
def command(calls: int, seed: int, roles: tuple[str, ...], keep: bool) -> None:
    """Call every operation of the API as every role, with input that is right, nearly right and not at all.

    Starts a system of its own. 50,000 calls take under ten minutes. Exits with 1 when an answer is a 5xx, or
    not as documented, or late, and then leaves everything for whoever looks.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    folder = Path(tempfile.mkdtemp(prefix=f"servicedesk-fuzz-{seed}-"))
    folder.chmod(0o711)  # the database may run as another user
    click.echo(f"seed {seed}, {calls} calls; state and logs in {folder / 'state'}")
    outcome = play(folder / "state", Plan(calls, seed, roles or ROLES), _say, keep)
    click.echo(report.text(outcome))
    if outcome.good and not keep:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        click.echo(f"left for you: {folder / 'state'} (logs in logs/)")
    sys.exit(0 if outcome.good else 1)


def _say(text: str) -> None:
    click.echo(f"  {text}", err=True)
