"""`./desk evaluate`: how good proposals are, on the desk's own past and on any file of texts with a label."""

from deskcli.evaluating.command import command

__all__ = ["command"]
