"""`./desk import FILE.csv`: brings in requests, products or objects through POST /v1/imports."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from servicekit.embedded.programs import EmbeddedError

from deskcli import control
from deskcli.importing.api import Api, ApiError
from deskcli.importing.mappings import Chosen, NoMapping, choose
from deskcli.importing.sending import Outcome, send
from deskcli.importing.table import NotATable, Table, grouped, read
from deskcli.layout import DESK_STATE, Layout


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--map", "mapping", metavar="MAPPING", help="A mapping in JSON, or the name of one.")
@click.option("--url", help="The desk's address; by default that of the running ./desk up.")
@click.option("--token", envvar="DESK_TOKEN", help="A program's token; else that of ./desk up.")
@click.option("--state", type=click.Path(path_type=Path), default=DESK_STATE, hidden=True)
def command(file: Path, mapping: str | None, url: str | None, token: str | None, state: Path) -> None:
    """Bring in requests, products or objects from a CSV file.

    A file whose header we know needs nothing more. For any other, write a mapping: its form is in
    gateway/src/gateway/imports/mapping.py, with two examples in shipped/. A second run of the same file adds
    nothing. The exit status is 1 when rows were refused.
    """
    try:
        table = read(file)
        with Api(url or _address(state), token or _token(state)) as api:
            chosen = choose(api, table.header, mapping)
            outcome = _run(api, chosen, table)
    except (NotATable, NoMapping, ApiError, EmbeddedError) as error:
        raise click.ClickException(str(error)) from error
    _report(outcome)
    sys.exit(1 if outcome.refused else 0)


def _run(api: Api, chosen: Chosen, table: Table) -> Outcome:
    click.echo(f"{len(table.lines)} rows, mapping {chosen.name}")
    groups = grouped(table.lines, chosen.key)
    with _progress(len(table.lines)) as sent:
        return send(api, chosen.content, groups, sent)


def _report(outcome: Outcome) -> None:
    for refusal in outcome.refused:
        key = f" ({refusal['key']})" if refusal.get("key") else ""
        click.echo(f"line {refusal.get('line') or '?'}{key}: {refusal['reason']}")
    click.echo(outcome.sentence())


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar in a terminal, a line per piece elsewhere."""
    console = Console()
    if not console.is_terminal:
        yield _Lines(total).sent
        return
    columns = (TextColumn("rows"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("rows", total=total)
        yield lambda count: progress.advance(task, count)


class _Lines:
    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0

    def sent(self, count: int) -> None:
        self._done += count
        if count > 1 or self._done == self._total:
            click.echo(f"{self._done} of {self._total}")


def _address(state: Path) -> str:
    """Of the running system. Raises EmbeddedError when there is none."""
    return str(control.ask(Layout(state).run, "status")["url"])


def _token(state: Path) -> str:
    try:
        secrets = json.loads(Layout(state).secrets.read_text(encoding="utf-8"))
        return str(secrets["bootstrap_token"])
    except (OSError, ValueError, KeyError) as error:
        raise ApiError(
            "there is no token for this desk; start ./desk up, or give one with --token."
        ) from error
