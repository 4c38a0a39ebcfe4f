"""The command line of the measurement."""

from __future__ import annotations

import json
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

import click

from deskcli.backlog import Backlog
from deskcli.bench import machine, pages, report
from deskcli.bench.tour import Results, Tour
from deskcli.layout import DESK_STATE, Layout
from deskcli.system import System

CLIENTS = "1,8,32"
LOGS = DESK_STATE / "bench-logs"


def _clients(_context: click.Context, _option: click.Parameter, value: str) -> list[int]:
    try:
        numbers = sorted({int(number) for number in value.split(",")})
    except ValueError:
        raise click.BadParameter("give numbers with commas between them, like 1,8,32.") from None
    if not numbers or numbers[0] < 1 or numbers[-1] > 200:
        raise click.BadParameter("between 1 and 200 clients.")
    return numbers


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(130)  # so that the temporary system is stopped and removed on the way out


@click.group(invoke_without_command=True)
@click.pass_context
@click.option(
    "--seconds",
    default=10.0,
    show_default=True,
    type=click.FloatRange(1, 120),
    help="Of each load of creates.",
)
@click.option("--clients", default=CLIENTS, show_default=True, callback=_clients, help="Numbers of clients.")
@click.option("--seed", default=1, show_default=True, help="Chooses texts and places.")
@click.option(
    "--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures here, too."
)
def command(context: click.Context, seconds: float, clients: list[int], seed: int, file: Path | None) -> None:
    """Measure speed and cost.

    Starts a system of its own with durable data, which is removed at the end; takes about
    three minutes. Nothing else should keep the machine busy meanwhile.
    """
    if context.invoked_subcommand:
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    facts = {**machine.facts(), "seed": str(seed), "seconds": f"{seconds:g}"}
    before = machine.pace()
    with tempfile.TemporaryDirectory(prefix="servicedesk-bench-") as folder:
        Path(folder).chmod(0o711)  # the database may run as another user
        results = _measure(Path(folder) / "state", seconds, clients, seed)
    facts["pace"] = f"{before:.1f} ms before, {machine.pace():.1f} ms after"
    click.echo(report.text(results, facts))
    if file:
        file.write_text(json.dumps(report.data(results, facts), indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if results.faults else 0)


command.add_command(pages.command, "pages")


def _measure(state: Path, seconds: float, clients: list[int], seed: int) -> Results:
    def say(text: str) -> None:
        click.echo(f"  {text}", err=True)

    _keep_logs(state)
    system = System(state, durable=True, temporary=True, seed=True, say=say)
    with system, Backlog(system.urls) as backlog:
        return Tour(system, backlog, clients, seconds, seed, say).run()


def _keep_logs(state: Path) -> None:
    """The logs outlive the system, or nobody could tell why it did not work."""
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    state.mkdir()
    Layout(state).logs.symlink_to(LOGS)
