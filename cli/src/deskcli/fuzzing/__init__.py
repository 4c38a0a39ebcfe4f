"""`./desk fuzz`: calls every operation of the API with made and broken input, and looks at each answer. See
docs/runbooks/fuzz.md.
"""

from deskcli.fuzzing.command import command

__all__ = ["command"]
