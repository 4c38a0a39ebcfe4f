"""The commands. Exit status: 0 when all was done as asked, 1 when something was not, 2 when asked wrongly."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from servicekit.embedded.programs import EmbeddedError

from deskcli import control
from deskcli.importing.api import ApiError, Json
from deskcli.layout import DESK_STATE, Layout
from deskcli.repairing import tables
from deskcli.repairing.desk import SERVICES, RepairList, Result, sign_in
from deskcli.secret_store import load_or_make

OPERATOR = "beheer@meerwal.example"
STATES = ("open", "replayed", "resolved", "set_aside")
KINDS = tuple(tables.REPLAYING)


@dataclass(frozen=True)
class Where:
    state: Path
    url: str | None
    user: str
    password: str | None

    @contextmanager
    def list(self) -> Iterator[RepairList]:
        """Signed in. Whatever goes wrong becomes one sentence."""
        layout = Layout(self.state)
        try:
            address = self.url or str(control.ask(layout.run, "status")["url"])
            password = self.password or load_or_make(layout.secrets, (), ()).demo_password
            with sign_in(address, self.user, password) as api:
                yield RepairList(api)
        except (ApiError, EmbeddedError) as error:
            raise click.ClickException(str(error)) from error


@click.group(name="repair")
@click.option("--url", help="The desk's address; by default that of the running ./desk up.")
@click.option("--user", default=OPERATOR, show_default=True, help="Somebody who may repair.")
@click.option("--password", envvar="DESK_PASSWORD", help="By default the demo's.")
@click.option("--state-folder", type=click.Path(path_type=Path), default=DESK_STATE, hidden=True)
@click.pass_context
def command(ctx: click.Context, url: str | None, user: str, password: str | None, state_folder: Path) -> None:
    """See what failed, wherever it failed, and put it right."""
    ctx.obj = Where(state_folder, url, user, password)


def of_cause(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which many are chosen."""
    for option in (
        click.option("--yes", is_flag=True, help="Do not ask."),
        click.option("--all", "everything", is_flag=True, help="Portion after portion, until none is left."),
        click.option("--service", type=click.Choice(SERVICES), help="Only there."),
        click.option("--cause", help="All that is open of this cause, as `list` shows it."),
        click.argument("failure_ids", nargs=-1, metavar="[ID]..."),
    ):
        function = option(function)
    return function


@command.command("list")
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True)
@click.option("--kind", type=click.Choice(KINDS))
@click.option("--cause", help="The failures of this cause one by one, instead of all causes.")
@click.option("--service", type=click.Choice(SERVICES))
@click.pass_obj
def list_(where: Where, state: str, kind: str | None, cause: str | None, service: str | None) -> None:
    """Show the causes with their numbers, or with --cause or --service the failures themselves."""
    console = Console()
    with where.list() as known:
        if not (cause or service):
            found = known.causes(state=state, kind=kind)
            tables.causes(console, found, state)
            sys.exit(1 if found["unavailable"] else 0)
        for name in [service] if service else SERVICES:
            lines = list(known.lines(name, state=state, kind=kind, cause=cause))
            if lines:
                console.print(f"[bold]{name}[/]")
                tables.lines(console, lines)


@command.command()
@click.argument("failure_id", metavar="ID")
@click.pass_obj
def show(where: Where, failure_id: str) -> None:
    """Show one failure: why, what was decided about it, and its message without what may be personal."""
    with where.list() as known:
        tables.one(Console(), known.find(failure_id))


@command.command()
@of_cause
@click.pass_obj
def replay(where: Where, **chosen: Any) -> None:
    """Try again: some by their id, or what is open of a cause. Nothing is done twice."""
    _act(where, "replay", **chosen)


@command.command("set-aside")
@of_cause
@click.option("--reason", required=True, help="Why these need not be done.")
@click.pass_obj
def set_aside(where: Where, reason: str, **chosen: Any) -> None:
    """Decide that some need not be done, and why."""
    _act(where, "set-aside", reason=reason, **chosen)


def _act(
    where: Where,
    action: str,
    failure_ids: tuple[str, ...],
    cause: str | None,
    service: str | None,
    everything: bool,
    yes: bool,
    **more: str,
) -> None:
    if bool(failure_ids) == bool(cause):
        raise click.UsageError("say which: one or more ids, or --cause.")
    console = Console()
    with where.list() as known:
        if failure_ids:
            outcome = known.act_on_some(action, failure_ids, **more)
        else:
            assert cause is not None
            outcome = _act_on_cause(console, known, action, cause, service, everything, yes, more)
    tables.result(console, outcome)
    sys.exit(0 if outcome.complete else 1)


def _act_on_cause(
    console: Console,
    known: RepairList,
    action: str,
    cause: str,
    service: str | None,
    everything: bool,
    yes: bool,
    more: dict[str, str],
) -> Result:
    previews = {name: known.preview(name, cause) for name in known.of_cause(cause, service)}
    for name, found in previews.items():
        tables.preview(console, action, name, cause, found)
    if not yes:
        click.confirm(f"{action.capitalize()} these?", abort=True)

    def portion(answer: Json) -> None:
        if answer["remaining"]:
            console.print(f"... {answer['remaining']} to go")

    results = [
        known.act_on_cause(action, name, found, cause, everything, portion, **more)
        for name, found in previews.items()
    ]
    items = [item for one in results for item in one.items]
    return Result(items, sum(one.remaining for one in results))
