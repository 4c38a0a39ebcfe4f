"""`./desk mutate`: changes the rules of a service one by one, and looks whether a unit test notices. See
docs/runbooks/mutate.md.
"""

from deskcli.mutating.command import command

__all__ = ["command"]
