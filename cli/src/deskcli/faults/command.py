"""The command line of the fault player."""

from __future__ import annotations

from pathlib import Path

import click

from deskcli import trial
from deskcli.faults import report
from deskcli.faults.plan import MINUTE, plan
from deskcli.faults.play import play


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

    def tried(state: Path) -> trial.Verdict:
        outcome = play(state, seed, plan(kills, seed, longest), trial.say, keep)
        return outcome.good, report.text(outcome, seed)

    trial.run(f"faults-{seed}", f"seed {seed}, {kills} kills", tried, keep)
