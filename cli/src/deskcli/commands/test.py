"""`./desk test`."""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType

import click

from deskcli.testing.lanes import lanes_of, run_lanes
from deskcli.testing.outcome import Outcome
from deskcli.testing.parts import LANES, NAMES, PARTS, STATIC
from deskcli.testing.runner import heading
from deskcli.testing.static import run_static


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(NAMES))
@click.option("-k", "expression", help="Only tests whose name matches, as in pytest.")
@click.option("-x", "--exitfirst", is_flag=True, help="Stop a part at its first failure.")
@click.option(
    "--lanes",
    type=click.IntRange(1, LANES),
    default=LANES if (os.cpu_count() or 1) > 1 else 1,
    show_default=f"{LANES} where there are two cores",
    help="Run parts one after another (1), or those that mostly wait beside the others.",
)
def command(parts: tuple[str, ...], expression: str | None, exitfirst: bool, lanes: int) -> None:
    """Check, lint and test everything, or the parts named."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, _interrupt)
    extra = [*(["-k", expression] if expression else []), *(["-x"] if exitfirst else [])]
    outcomes: dict[str, Outcome] = {}
    if not parts or STATIC in parts:
        heading(STATIC, "style, types, and who may import whom")
        outcomes[STATIC] = run_static()
    chosen = [part for part in PARTS if not parts or part.name in parts]
    outcomes |= run_lanes(lanes_of(chosen, lanes), extra)
    total = sum(outcomes.values(), Outcome())
    click.secho("\n== summary", bold=True)
    for name in (name for name in NAMES if name in outcomes):
        one = outcomes[name]
        click.echo(f"{name:<12} {one!s:<36} {one.seconds:6.1f} s, {one.cpu:6.1f} s CPU")
    click.echo(f"{'all':<12} {'':<36} {time.monotonic() - began:6.1f} s, {total.cpu:6.1f} s CPU\n{total}")
    sys.exit(1 if total.failed else 0)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """End as on Ctrl-C, so that the servers are stopped."""
    raise KeyboardInterrupt
