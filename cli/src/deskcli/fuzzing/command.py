"""The command line of the fuzzer."""

from __future__ import annotations

from pathlib import Path

import click

from deskcli import trial
from deskcli.fuzzing import report
from deskcli.fuzzing.people import ROLES
from deskcli.fuzzing.play import play
from deskcli.fuzzing.run import Plan


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

    def tried(state: Path) -> trial.Verdict:
        outcome = play(state, Plan(calls, seed, roles or ROLES), trial.say, keep)
        return outcome.good, report.text(outcome)

    trial.run(f"fuzz-{seed}", f"seed {seed}, {calls} calls", tried, keep)
