"""The commands of `./desk`. Each lives in its own module and is loaded when it is used."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

import click
from servicekit.embedded.programs import EmbeddedError

# name -> module with a click command called `command`, and what it does in a line
COMMANDS = {
    "up": ("deskcli.commands.up", "Start everything and keep it running until Ctrl-C."),
    "status": ("deskcli.commands.status", "Show which processes run and how they are."),
    "logs": ("deskcli.commands.logs", "Show what a process has written."),
    "stop": ("deskcli.commands.stop", "Stop one process of the running system."),
    "start": ("deskcli.commands.start", "Start one process again."),
    "restart": ("deskcli.commands.restart", "Stop one process and start it again."),
    "kill": ("deskcli.commands.kill", "Kill one process, as a fault would."),
    "reset": ("deskcli.commands.reset", "Throw the demo's data away."),
    "backup": ("deskcli.commands.backup", "Copy all that the running desk knows into a file."),
    "restore": ("deskcli.commands.restore", "Bring back what a backup has, in the place of what is there."),
    "mailbox": ("deskcli.commands.mailbox", "Print the demo's mails."),
    "walk": ("deskcli.walk", "Play the main job against the running system."),
    "repair": ("deskcli.repairing", "See what failed, and put it right."),
    "import": ("deskcli.importing", "Bring in requests, products or objects from a CSV file."),
    "supplier": ("deskcli.commands.supplier", "Let suppliers in, shut them out, and see how that stands."),
    "evaluate": ("deskcli.evaluating", "Measure how good the proposals are."),
    "bench": ("deskcli.bench", "Measure speed and cost."),
    "faults": ("deskcli.faults", "Kill processes at random under load, and look for what is lost."),
    "fuzz": ("deskcli.fuzzing", "Call the whole API with right and wrong input, and look at each answer."),
    "mutate": ("deskcli.mutating", "Change the rules one by one, and look whether a unit test notices."),
    "screenshots": ("deskcli.pictures", "Take pictures of the pages of the running desk."),
    "test": ("deskcli.commands.test", "Check, lint and test everything, or the parts named."),
}


class Lazy(click.Group):
    """Imports a command only when it is asked for: `./desk status` must not load the benchmark."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        if find_spec(module) is None:
            raise click.ClickException(f"the command {cmd_name} is not part of this checkout.")
        command: click.Command = import_module(module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Turn what goes wrong into one sentence."""
        try:
            return super().invoke(ctx)
        except EmbeddedError as error:
            sentence = str(error)
        except OSError as error:  # a full disk, a file that is not ours
            sentence = f"{error.strerror or error}: {error.filename or 'no file named'}."
        print(f"desk: {sentence}", file=sys.stderr)
        raise SystemExit(1) from None


@click.group(cls=Lazy)
def desk() -> None:
    """Servicedesk on this machine: one command for everything."""
