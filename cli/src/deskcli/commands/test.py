"""`./desk test`."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import click

from deskcli.testing.outcome import Outcome
from deskcli.testing.parts import NAMES, PARTS, STATIC
from deskcli.testing.runner import heading, run_part, servers
from deskcli.testing.static import run_static


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(NAMES))
@click.option("-k", "expression", help="Only tests whose name matches, as in pytest.")
@click.option("-x", "--exitfirst", is_flag=True, help="Stop a part at its first failure.")
def command(parts: tuple[str, ...], expression: str | None, exitfirst: bool) -> None:
    """Check, lint and test everything, or the parts named."""
    signal.signal(signal.SIGTERM, _interrupt)
    extra = [*(["-k", expression] if expression else []), *(["-x"] if exitfirst else [])]
    outcomes: dict[str, Outcome] = {}
    if not parts or STATIC in parts:
        heading(STATIC, "style, types, and who may import whom")
        outcomes[STATIC] = run_static()
    chosen = [part for part in PARTS if not parts or part.name in parts]
    with servers(chosen) as found:
        for part in chosen:
            heading(part.name, part.says)
            outcomes[part.name] = run_part(part, found, extra)
    total = sum(outcomes.values(), Outcome())
    click.secho("\n== summary", bold=True)
    for name, outcome in outcomes.items():
        click.echo(f"{name:<12} {outcome!s:<36} {outcome.seconds:6.1f} s")
    click.echo(f"{'all':<12} {'':<36} {total.seconds:6.1f} s\n{total}")
    sys.exit(1 if total.failed else 0)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """End as on Ctrl-C, so that the servers are stopped."""
    raise KeyboardInterrupt
