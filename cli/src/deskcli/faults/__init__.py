"""`./desk faults`: kills at random while people work, and then a look at every single thing. See
docs/runbooks/faults.md.
"""

from deskcli.faults.command import command

__all__ = ["command"]
