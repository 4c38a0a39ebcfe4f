"""What starts work in a service: calls, facts, timers and background loops. All are nameko entrypoints."""

from servicekit.entrypoints.calls import Call, rpc
from servicekit.entrypoints.facts import on_event
from servicekit.entrypoints.loops import background, every

__all__ = ["Call", "background", "every", "on_event", "rpc"]
