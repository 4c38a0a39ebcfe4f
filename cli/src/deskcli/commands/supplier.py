"""`./desk supplier`: who of the suppliers is let in, through the HTTP API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from servicekit.embedded.programs import EmbeddedError

from deskcli import control
from deskcli.demo.webhook_supplier import move
from deskcli.importing.api import Api, ApiError, Json
from deskcli.layout import DESK_STATE, Layout
from deskcli.secret_store import load_or_make

# What of a credential is shown, in this order, under these words.
SHOWN = (
    ("url", "Address for supplierkit"),
    ("user", "User"),
    ("password", "Password"),
    ("vhost", "Virtual host"),
    ("queue", "Queue with its orders"),
    ("signingSecret", "Signing secret"),
    ("token", "API token"),
    ("tokenExpiresAt", "Token good until"),
)


def options(run: Callable[..., None]) -> Callable[..., None]:
    """Every command takes these, and gets an `api` for them; what goes wrong is one sentence."""

    @click.option("--url", help="The desk's address; by default that of the running ./desk up.")
    @click.option("--token", envvar="DESK_TOKEN", help="Of a manager's or administrator's program.")
    @click.option("--state", type=click.Path(path_type=Path), default=DESK_STATE, hidden=True)
    @wraps(run)
    def command(url: str | None, token: str | None, state: Path, **arguments: Any) -> None:
        try:
            with _api(url, token, state) as api:
                run(api, **arguments)
        except (ApiError, EmbeddedError) as error:
            raise click.ClickException(str(error)) from error

    return command


@click.group()
def command() -> None:
    """Let suppliers in, shut them out, and see how that stands."""


@command.command("list")
@options
def list_(api: Api) -> None:
    """Show all suppliers, and whether they are let in."""
    rows = api.get("/suppliers")["items"]
    width = max([len(row["slug"]) for row in rows], default=0)
    for row in rows:
        click.echo(
            f"{row['slug']:<{width}}  {row['delivery']:<8}  {row['standing']:<9}  {_how(row)}".rstrip()
        )


@command.command()
@click.argument("name")
@options
def invite(api: Api, name: str) -> None:
    """Let a supplier in, or give it new credentials. They are shown this once."""
    invited = api.post(f"/suppliers/{_find(api, name)}/access", {})
    click.echo(f"{invited['name']} is let in. This is shown once; give it to the supplier safely:\n")
    for key, says in SHOWN:
        if value := (invited["credential"] or {}).get(key):
            click.echo(f"  {says:<24} {value}")
    click.echo("\nWhat it had before no longer works. How to use this: suppliers/README.md.")
    _say_when(invited)


@command.command(name="move")
@click.argument("name")
@click.argument("address")
@options
def move_(api: Api, name: str, address: str) -> None:
    """Let the orders of a supplier with a webhook be posted to another address."""
    supplier = api.get(f"/suppliers/{_find(api, name)}/access")
    if supplier["delivery"] != "webhook":
        raise ApiError(f"{supplier['name']} does not get its orders by webhook.")
    move(api, supplier, address)
    click.echo(f"Orders for {supplier['name']} go to {address}.")


@command.command()
@click.argument("name")
@options
def revoke(api: Api, name: str) -> None:
    """Shut a supplier out: what it has open is closed, what it holds is worth nothing."""
    revoked = api.delete(f"/suppliers/{_find(api, name)}/access")
    click.echo(f"{revoked['name']} is shut out.")
    _say_when(revoked)


@command.command()
@click.argument("name")
@options
def resume(api: Api, name: str) -> None:
    """Let a supplier in again after a suspension, with what it has."""
    resumed = api.post(f"/suppliers/{_find(api, name)}/access/resume", {})
    click.echo(f"{resumed['name']} is let in again.")
    _say_when(resumed)


def _say_when(decided: Json) -> None:
    if not decided.get("inEffect", True):
        click.echo("The broker cannot be reached now; it will hear of this as soon as it can.", err=True)


def _how(row: Json) -> str:
    """When and by whom, and why not."""
    if row["standing"] == "suspended":
        return f"since {row['suspendedAt']}: {row['suspendedReason']}"
    if row["standing"] == "revoked":
        return f"by {row['revokedBy']}, {row['revokedAt']}"
    if row["standing"] == "granted":
        seen = f", last seen {row['lastSeenAt']}" if row["lastSeenAt"] else ""
        return f"by {row['grantedBy']}, {row['grantedAt']}{seen}"
    return ""


def _find(api: Api, name: str) -> str:
    """By slug, name or broker user. Raises ApiError."""
    rows = api.get("/suppliers")["items"]
    for row in rows:
        if name.lower() in {str(row[key]).lower() for key in ("slug", "name", "address", "providerId")}:
            return str(row["providerId"])
    known = ", ".join(row["slug"] for row in rows) or "none"
    raise ApiError(f"there is no supplier '{name}'; there are: {known}.")


@contextmanager
def _api(url: str | None, token: str | None, state: Path) -> Iterator[Api]:
    layout = Layout(state)
    address = url or str(control.ask(layout.run, "status")["url"])
    if not token and not layout.secrets.exists():
        raise ApiError("there is no token for this desk; give one with --token.")
    with Api(address, token or load_or_make(layout.secrets, (), ()).bootstrap_token) as api:
        yield api
