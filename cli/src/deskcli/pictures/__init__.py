"""`./desk screenshots`: pictures of the running desk, for the README and the guides."""

from deskcli.pictures.command import command

__all__ = ["command"]
