"""The switches of the demo's suppliers: the narrow socket that `./desk up` offers for them.

Where there is no such socket (containers, or a desk without ./desk), there are no switches. What may be
touched the other side decides: `supplier-*` and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from servicekit.errors import Conflict, Unavailable

from servicekit import json

PREFIX = "supplier-"
# A program that is asked to stop may take a while to finish what it does.
TIMEOUT_SECONDS = 35.0


class SupplierSwitches:
    def __init__(self, path: str) -> None:
        self._path = Path(path) if path else None

    @property
    def available(self) -> bool:
        return self._path is not None and self._path.exists()

    def programs(self) -> list[dict[str, Any]]:
        """{"name", "running", "mode", "modes"} of each. Raises Unavailable."""
        found: list[dict[str, Any]] = self._ask("suppliers")
        return found

    def start(self, name: str) -> None:
        self._ask("start", name=name)

    def stop(self, name: str) -> None:
        self._ask("stop", name=name)

    def set_mode(self, name: str, mode: str) -> None:
        self._ask("mode", name=name, mode=mode)

    def _ask(self, command: str, **arguments: str) -> Any:
        """Raises Unavailable without an answer, Conflict when the other side says no."""
        if self._path is None:
            raise Unavailable("no_switches", "The suppliers can't be switched from here.")
        try:
            with _short(self._path) as short, socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(TIMEOUT_SECONDS)
                connection.connect(short)
                connection.sendall(json.dumps({"command": command, **arguments}) + b"\n")
                with connection.makefile("rb") as answers:
                    reply = json.loads(answers.readline())
        except (OSError, ValueError) as error:
            raise Unavailable("no_switches", "The suppliers can't be switched from here.") from error
        if "error" in reply:
            raise Conflict("not_switched", str(reply["error"]))
        return reply["result"]


@contextlib.contextmanager
def _short(path: Path) -> Iterator[str]:
    """The socket under a short name: the kernel takes 107 characters, and a checkout may lie deeper."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
