"""How `./desk stop intake` in one terminal reaches the `./desk up` in another: a socket in the state folder.

One line of JSON each way. Who may enter the folder (mode 0700) may command.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from servicekit.embedded.programs import EmbeddedError

SOCKET = "control"
Command = Callable[..., Any]


@contextlib.contextmanager
def serving(folder: Path, commands: dict[str, Command], name: str = SOCKET) -> Iterator[None]:
    """Answer commands until the context ends. Each socket offers its own commands and no others."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(json.dumps(_answer(self.rfile.readline(), commands)).encode() + b"\n")

    class Server(socketserver.ThreadingUnixStreamServer):
        daemon_threads = True

    (folder / name).unlink(missing_ok=True)
    with _short(folder, name) as short, Server(short, Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
            (folder / name).unlink(missing_ok=True)


def ask(
    folder: Path, command: str, *, socket_name: str = SOCKET, patience: float = 60.0, **arguments: Any
) -> Any:
    """Send a command to the running system; raises EmbeddedError when none runs or it refuses.

    `patience` is how many seconds the answer may take.
    """
    with _short(folder, socket_name) as short, socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(patience)
        try:
            connection.connect(short)
            connection.sendall(json.dumps({"command": command, **arguments}).encode() + b"\n")
            reply = json.loads(connection.makefile("rb").readline())
        except (OSError, ValueError) as error:
            raise EmbeddedError("Servicedesk is not running here; start it with ./desk up.") from error
    if "error" in reply:
        raise EmbeddedError(reply["error"])
    return reply["result"]


def _answer(line: bytes, commands: dict[str, Command]) -> dict[str, Any]:
    try:
        arguments = json.loads(line)
        return {"result": commands[arguments.pop("command")](**arguments)}
    except EmbeddedError as error:
        return {"error": str(error)}
    except Exception as error:  # a bad command must not end the system
        return {"error": f"that command cannot be carried out: {error!r}"}


@contextlib.contextmanager
def _short(folder: Path, name: str = SOCKET) -> Iterator[str]:
    """Give the socket a short name: the kernel takes 107 characters, and a checkout may lie deeper."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise EmbeddedError("Servicedesk is not running here; start it with ./desk up.") from error
    try:
        yield f"/proc/self/fd/{descriptor}/{name}"
    finally:
        os.close(descriptor)
