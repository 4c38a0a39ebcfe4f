"""A hostile program in a process of its own: announces a message of a terabyte and begins to send it.

python swollen.py URL MEGABYTES
"""

from __future__ import annotations

import sys
import time
from struct import pack

import amqp
from servicekit.amqp.link import connection_arguments

CHUNK = 131_000
PATIENCE_SECONDS = 90  # with a broker that does not read any more


def frame(kind: int, payload: bytes) -> bytes:
    return pack(">BHI", kind, 1, len(payload)) + payload + b"\xce"


def swell(url: str, megabytes: int) -> None:
    connection = amqp.Connection(**connection_arguments(url))
    connection.connect()
    connection.channel()
    socket = connection.transport.sock
    socket.settimeout(PATIENCE_SECONDS)
    exchange, key = b"nameko-rpc", b"desk.accept"
    names = pack("B", len(exchange)) + exchange + pack("B", len(key)) + key
    socket.sendall(frame(1, pack(">HHH", 60, 40, 0) + names + b"\0"))
    socket.sendall(frame(2, pack(">HHQH", 60, 0, 10**12, 0)))
    for _ in range(megabytes * 1_000_000 // CHUNK):
        socket.sendall(frame(3, b"x" * CHUNK))
    time.sleep(PATIENCE_SECONDS)  # holding on to what the broker keeps


if __name__ == "__main__":
    swell(sys.argv[1], int(sys.argv[2]))
