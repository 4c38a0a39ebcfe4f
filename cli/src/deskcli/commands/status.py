"""`./desk status`."""

from __future__ import annotations

import click
import psutil
from rich.console import Console
from rich.table import Table

from deskcli import control
from deskcli.layout import DESK_STATE, Layout


@click.command()
def command() -> None:
    """Show which processes run and how they are."""
    status = control.ask(Layout(DESK_STATE).run, "status")
    table = Table(box=None, pad_edge=False)
    table.add_column("process")
    table.add_column("state")
    for heading in ("pid", "memory", "up", "restarts"):
        table.add_column(heading, justify="right")
    for row in status["processes"]:
        table.add_row(
            row["name"],
            _state(row),
            str(row["pid"] or "-"),
            _memory(row["pid"]),
            _age(row["seconds"]),
            str(row["restarts"]),
        )
    console = Console()
    console.print(table)
    console.print(f"\nServicedesk {status['url']}   mailbox {status['mailbox']}")


def _state(row: dict[str, object]) -> str:
    if row["ready"]:
        return "[green]● ready[/]"
    if row["pid"]:
        return "[yellow]◐ not ready[/]"
    return "[red]○ restarting[/]" if row["wanted"] else "○ stopped"


def _memory(pid: int | None) -> str:
    """Return the share of memory that would be free without the process and its children (PSS)."""
    try:
        process = psutil.Process(pid) if pid else None
        family = [process, *process.children(recursive=True)] if process else []
        total = sum(one.memory_full_info().pss for one in family)
    except psutil.Error:
        return "-"
    return f"{total / 1e6:.0f} MB" if total else "-"


def _age(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} m" if hours else f"{minutes} m {rest:02} s"
