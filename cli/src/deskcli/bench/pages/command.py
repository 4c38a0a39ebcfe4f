"""The command line of the measurement of pages."""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from deskcli.bench import machine
from deskcli.bench.pages import many
from deskcli.bench.pages.looking import Looked, Visitor, ids, look, places
from deskcli.system import System
from deskcli.walk.stage import Stage

GOAL_MILLISECONDS, GOAL_KILOBYTES = 100, 100
DEMO, MANY = "demo", "many"


@click.command()
@click.option(
    "--requests", default=100_000, show_default=True, help="How many there are the second time; 0: once."
)
@click.option("--times", default=40, show_default=True, help="Looks at each page.")
@click.option("--only", default="", help="Only pages with this in their path.")
@click.option(
    "--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures here, too."
)
def command(requests: int, times: int, only: str, file: Path | None) -> None:
    """Measure the time on the server and the weight of every page.

    Starts a system of its own with the demo's data, looks at each page, makes copies of the
    requests until there are many, and looks again. One visitor at a time; about four minutes.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
    before = machine.pace()
    with tempfile.TemporaryDirectory(prefix="servicedesk-bench-") as folder:
        Path(folder).chmod(0o711)  # the database may run as another user
        state = Path(folder) / "state"
        with System(state, durable=True, temporary=True, lively=True, say=_say) as system:
            looked = _measure(system, requests, times, only)
    click.echo(f"pace {before:.1f} ms before, {machine.pace():.1f} ms after; {times} looks at each page\n")
    click.echo(table(looked))
    if file:
        file.write_text(json.dumps([asdict(each) for each in looked], indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if any(each.faults for each in looked) else 0)


def _measure(system: System, requests: int, times: int, only: str) -> list[Looked]:
    stage = Stage.of(system)
    known = ids(stage)
    looked = {place: Looked(place[0] or "-", place[1]) for place in places() if only in place[1]}
    _look_around(stage, looked, known, DEMO, times)
    if requests:
        _say(f"making {requests:,} requests")
        many.multiply(system.urls, requests)
        _look_around(stage, looked, known, MANY, times)
    return list(looked.values())


def _look_around(
    stage: Stage, looked: dict[tuple[str | None, str], Looked], known: dict[str, str], amount: str, times: int
) -> None:
    _say(f"every page, {amount}")
    for (who, path), found in looked.items():
        visitor = Visitor(stage.address, stage.person(who).token if who else "")
        try:
            look(visitor, found, path.format(**known), amount, times)
        finally:
            visitor.close()


def table(looked: list[Looked]) -> str:
    """As Markdown, for docs/performance.md. Milliseconds, and kilobytes of a first visit."""
    lines = [
        "| page | who | demo p50 | demo p95 | many p50 | many p95 | kB |  |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in looked:
        worst = max(each.at(DEMO, 95), each.at(MANY, 95))
        marks = [f"p95 over {GOAL_MILLISECONDS}"] if worst > GOAL_MILLISECONDS else []
        marks += ["heavy"] if each.weight > GOAL_KILOBYTES * 1024 else []
        times = [f"{each.at(amount, percent):.0f}" for amount in (DEMO, MANY) for percent in (50, 95)]
        who = each.who.split("@")[-1].removesuffix(".example")
        cells = [f"`{each.path}`", who, *times, f"{each.weight / 1024:.0f}", ", ".join(marks + each.faults)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _say(text: str) -> None:
    click.echo(f"  {text}", err=True)
