"""The command line of the mutations."""

from __future__ import annotations

import sys

import click
from rich.console import Console
from servicekit.embedded.programs import EmbeddedError

from deskcli.mutating import environment, report, running, verdicts


@click.command()
@click.argument("services", nargs=-1, metavar="[SERVICE]...")
@click.option("--show", is_flag=True, help="Print the mutants that no test noticed, too.")
@click.option("--last", is_flag=True, help="Change and test nothing: print what the last run found.")
@click.option("--again", is_flag=True, help="Try only what was not killed last time: while you write tests.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="At once.")
def command(services: tuple[str, ...], show: bool, last: bool, again: bool, processes: int) -> None:
    """Change the rules in domain/ one by one, and look whether a unit test of the service notices.

    All services with rules, or those named. Works on copies in .desk/mutation; dispatch takes ten minutes.
    """
    wanted = _known(services)
    if not last:
        environment.ensure()
    for service in wanted:
        if not last:
            running.run(service, processes, again)
        found = verdicts.read(running.copy_of(service))
        if not found:
            raise EmbeddedError(f"{service} was not mutated yet: run ./desk mutate {service} without --last.")
        console = Console(width=None if sys.stdout.isatty() else 140)
        console.print(report.table(service, found))
        if show:
            click.echo(report.survivors(found) + "\n")
        click.echo(report.verdict(service, found) + "\n")


def _known(services: tuple[str, ...]) -> list[str]:
    there = running.services()
    if unknown := sorted(set(services) - set(there)):
        raise click.UsageError(f"No service {', '.join(unknown)} with rules; there are {', '.join(there)}.")
    return list(services) or there
