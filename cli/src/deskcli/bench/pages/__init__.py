"""`./desk bench pages`: the time on the server for each page, with few requests and with many."""

from deskcli.bench.pages.command import command

__all__ = ["command"]
