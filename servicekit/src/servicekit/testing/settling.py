"""When a RabbitMQ may be killed without losing more than it must."""

from __future__ import annotations

from pathlib import Path

from servicekit.embedded.rabbitmq import NODE


def is_written_down(folder: Path) -> bool:
    """Whether the node of this folder knows all its quorum queues after a kill.

    RabbitMQ 3.10 keeps the names of new ones in memory for about a second, on a busy machine for longer. A
    queue whose name is lost is broken for ever.
    """
    queues = folder / "data" / NODE / "quorum" / NODE
    names = queues / "names.dets"
    known = names.read_bytes() if names.exists() else b""
    return all(queue.name.encode() in known for queue in queues.iterdir() if queue.is_dir())
