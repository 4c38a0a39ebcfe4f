"""`./desk repair`: the repair list from the command line, through the API."""

from deskcli.repairing.command import command

__all__ = ["command"]
