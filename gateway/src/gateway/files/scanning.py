"""Asking a virus scanner: ClamAV's daemon, or any program that is given the path of a file.

`SCANNER` is `clamd://host:3310`, `clamd:///run/clamd.sock` or `command:/usr/bin/clamscan --no-summary`. A
program ends with 0 for clean and 1 for infected, as clamscan does. Without a scanner files are taken and
said not to be scanned; with one that does not answer, they are not taken.
"""

from __future__ import annotations

import shlex
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from eventlet.green import subprocess
from servicekit.errors import Unavailable
from servicekit.settings import SettingsError

from servicekit import logs

SECONDS = 30.0
CHUNK = 64 * 1024
CLAMD_PORT = 3310
log = logs.logger("files")

# Whether it is clean. Raises Unavailable.
Scan = Callable[[Path], bool]


def scanner(setting: str) -> Scan | None:
    """None when there is none. Raises SettingsError."""
    if not setting:
        return None
    if setting.startswith("command:"):
        command = shlex.split(setting.removeprefix("command:"))
        return lambda path: _by_command(command, path)
    parts = urlsplit(setting)
    if parts.scheme != "clamd" or not (parts.hostname or parts.path):
        raise SettingsError(
            "SCANNER is wrong: give clamd://host:port, clamd:///path/of/socket or command:PROGRAM."
        )
    address = (parts.hostname, parts.port or CLAMD_PORT) if parts.hostname else parts.path
    return lambda path: _by_clamd(address, path)


def _by_command(command: list[str], path: Path) -> bool:
    try:
        process = subprocess.Popen(
            [*command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise _away(error) from error
    try:
        ended = process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.wait()
        raise _away(error) from error
    if ended not in (0, 1):
        raise _away(RuntimeError(f"the scanner ended with {ended}"))
    return bool(ended == 0)


def _by_clamd(address: tuple[str, int] | str, path: Path) -> bool:
    """The daemon's own protocol: the file in pieces, each with its length before it, then an empty one."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    try:
        with socket.socket(family) as line, path.open("rb") as file:
            line.settimeout(SECONDS)
            line.connect(address)
            line.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                line.sendall(struct.pack("!L", len(chunk)) + chunk)
            line.sendall(struct.pack("!L", 0))
            said = _answer(line)
    except OSError as error:
        raise _away(error) from error
    if said.endswith(b"FOUND"):
        return False
    if said.endswith(b" OK"):
        return True
    raise _away(RuntimeError("the scanner said neither OK nor FOUND"))


def _answer(line: socket.socket) -> bytes:
    said = b""
    while len(said) < 4096 and not said.endswith(b"\0") and (more := line.recv(4096)):
        said += more
    return said.rstrip(b"\0\n")


def _away(error: Exception) -> Unavailable:
    log.error("a file could not be scanned", error=error)
    text = "Files can't be checked for viruses right now. Send it without, or try again in a moment."
    return Unavailable("scanner_away", text)
