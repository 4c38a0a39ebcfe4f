"""The command line of the fault player."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

import click

from deskcli.faults import report
from deskcli.faults.plan import MINUTE, plan
from deskcli.faults.play import play


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(130)  # so that the system is stopped on the way out


@click.command()
@click.option("--kills", default=200, show_default=True, type=click.IntRange(1, 5000), help="How many.")
@click.option("--seed", default=1, show_default=True, help="Who, what, when: the same seed, the same plan.")
@click.option(
    "--longest", default=MINUTE, show_default=True, type=click.FloatRange(0, 600), help="Outage, in seconds."
)
@click.option("--keep", is_flag=True, help="Leave the state folder with its logs also when all is well.")
def command(kills: int, seed: int, longest: float, keep: bool) -> None:
    """Kill processes at random under load, and look whether anything was lost or doubled.

    Starts a system of its own with durable data. 200 kills take about twelve minutes. Exits with
    1 when anything is lost, doubled or wrong, and then leaves everything for whoever looks.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    folder = Path(tempfile.mkdtemp(prefix=f"servicedesk-faults-{seed}-"))
    folder.chmod(0o711)  # the database may run as another user
    click.echo(f"seed {seed}, {kills} kills; state and logs in {folder / 'state'}")
    outcome = play(folder / "state", seed, plan(kills, seed, longest), _say, keep)
    click.echo(report.text(outcome, seed))
    if outcome.good and not keep:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        click.echo(f"left for you: {folder / 'state'} (logs in logs/)")
    sys.exit(0 if outcome.good else 1)


def _say(text: str) -> None:
    click.echo(f"  {text}", err=True)
