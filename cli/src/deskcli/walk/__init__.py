"""`./desk walk`: the main job, played against the running system as its users would, step by step."""

from deskcli.walk.command import command

__all__ = ["command"]
