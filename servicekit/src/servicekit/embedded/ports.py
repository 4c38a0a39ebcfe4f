"""Free ports on loopback."""

from __future__ import annotations

import itertools
import os
import socket

LOOPBACK = "127.0.0.1"
# Below the range from which the kernel takes ports for outgoing connections: a port found free here cannot be
# taken by a client of another service before its server starts.
FIRST, SPAN = 20_000, 12_000
BLOCK = 61  # so far apart begin two processes whose ids follow each other
# A port stays free until its server listens, seconds later. So none is given out twice by one process, and
# processes that start together begin in different places.
_turns = itertools.count(os.getpid() * BLOCK)


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Say whether a server could listen on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """Return different ports that nobody listens on, and that were not given out before."""
    turns = (FIRST + turn % SPAN for turn in _turns)
    return list(itertools.islice((port for port in turns if is_free(port)), count))


def is_open(port: int, host: str = LOOPBACK) -> bool:
    """Say whether somebody answers on this port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
