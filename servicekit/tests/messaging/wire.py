"""A wire between a service and its broker that can be cut, or lose what goes one way."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import eventlet

ACK = bytes((0, 60, 0, 80))  # the method basic.ack, as it stands in its frame


class Wire:
    """`url` is the broker's address through it. `lose` and `cut_at` are functions of (direction, bytes): "to"
    or "from" the broker.
    """

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._socket = eventlet.listen(("127.0.0.1", 0))
        self._accepting = eventlet.spawn(self._accept)
        self._carrying = eventlet.GreenPool()
        self._open: list[Any] = []
        self.connections = 0
        self.lose: Callable[[str, bytes], bool] = lambda direction, data: False
        self.cut_at: Callable[[str, bytes], int | None] = lambda direction, data: None

    @property
    def url(self) -> str:
        login, port = self._parts.netloc.rpartition("@")[0], self._socket.getsockname()[1]
        return urlunsplit(self._parts._replace(netloc=f"{login}@127.0.0.1:{port}"))

    def cut(self) -> None:
        """Now, without a word."""
        for end in self._open:
            _hang_up(end)
        self._open.clear()

    def close(self) -> None:
        self._accepting.kill()
        self.cut()
        self._carrying.waitall()
        self._socket.close()

    def _accept(self) -> None:
        while True:
            near, _ = self._socket.accept()
            self.connections += 1
            far = eventlet.connect((self._parts.hostname, self._parts.port))
            self._open += [near, far]
            self._carrying.spawn_n(self._serve, near, far)

    def _serve(self, near: Any, far: Any) -> None:
        back = eventlet.spawn(self._carry, far, near, "from")
        self._carry(near, far, "to")
        back.wait()
        # Not before both have ended: the number of a closed socket may be another's by then.
        near.close()
        far.close()

    def _carry(self, source: Any, target: Any, direction: str) -> None:
        try:
            while data := source.recv(65536):
                at = self.cut_at(direction, data)
                if at is not None:
                    target.sendall(data[:at])
                    break
                if not self.lose(direction, data):
                    target.sendall(data)
        except OSError:
            pass
        _hang_up(source)
        _hang_up(target)


def _hang_up(end: Any) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(url: str) -> Iterator[Wire]:
    made = Wire(url)
    try:
        yield made
    finally:
        made.close()


def once(condition: Callable[[str, bytes], bool]) -> Callable[[str, bytes], bool]:
    """`condition`, the first time that it holds."""
    done: list[bool] = []

    def first(direction: str, data: bytes) -> bool:
        if done or not condition(direction, data):
            return False
        done.append(True)
        return True

    return first
