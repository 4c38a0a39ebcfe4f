"""`./desk bench`: speed and cost of the whole system, on one machine, in one run. See docs/performance.md."""

from deskcli.bench.command import command

__all__ = ["command"]
