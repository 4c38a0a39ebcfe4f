"""`./desk mailbox`."""

from __future__ import annotations

import click

from deskcli.layout import DESK_STATE, Layout
from deskcli.mailbox import Mailbox


@click.command()
def command() -> None:
    """Print the demo's mails, oldest first; also when nothing runs."""
    messages = Mailbox(Layout(DESK_STATE).mailbox).messages()
    for mail in messages:
        click.echo(f"To:      {mail['to']}\nDate:    {mail['date']}\nSubject: {mail['subject']}")
        click.echo(f"\n{mail['body'].strip()}")
        click.echo("-" * 70)
    click.echo(f"{len(messages)} mails, {sum(mail['duplicates'] for mail in messages)} sent twice")
