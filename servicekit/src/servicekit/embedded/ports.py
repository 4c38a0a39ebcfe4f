"""Free ports on loopback."""

from __future__ import annotations

import random
import socket

LOOPBACK = "127.0.0.1"
# Below the range from which the kernel takes ports for outgoing connections: a port found free here cannot be
# taken by a client of another service before its server starts.
RANGE = (20_000, 32_000)


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
    """Return different ports that nobody listens on."""
    found: list[int] = []
    while len(found) < count:
        port = random.randint(*RANGE)
        if port not in found and is_free(port):
            found.append(port)
    return found


def is_open(port: int, host: str = LOOPBACK) -> bool:
    """Say whether somebody answers on this port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
