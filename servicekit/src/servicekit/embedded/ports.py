"""Free ports on loopback."""

from __future__ import annotations

import atexit
import itertools
import os
import socket

LOOPBACK = "127.0.0.1"
# Below the range from which the kernel takes ports for outgoing connections: a port found free here cannot be
# taken by a client of another service before its server starts.
FIRST, SPAN = 20_000, 12_000
_turns = itertools.count(os.getpid() * 61)  # processes that start together begin in different places
_held: list[socket.socket] = []


def free_ports(count: int) -> list[int]:
    """Return different ports that nobody has, and keep them for this process until it ends.

    A server listens seconds after its port was chosen, and again after a restart. Until then the port is held
    by a socket that is bound and does not listen: a server may bind beside it if it sets SO_REUSEADDR, as
    servers do, but nobody else who looks for a free port finds this one.
    """
    found: list[int] = []
    while len(found) < count:
        port = FIRST + next(_turns) % SPAN
        holder = socket.socket()
        try:
            holder.bind((LOOPBACK, port))
        except OSError:
            holder.close()
            continue
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _held.append(holder)
        found.append(port)
    return found


@atexit.register
def _let_go() -> None:
    """In order: an interpreter that ends complains of sockets that nobody closed."""
    for holder in _held:
        holder.close()


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Say whether a server could listen on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def is_open(port: int, host: str = LOOPBACK) -> bool:
    """Say whether somebody answers on this port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
