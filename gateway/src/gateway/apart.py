"""Running a module of ours as a process of its own, for what a stranger sent: it may take all the time and
memory that it likes, of its own.
"""

from __future__ import annotations

import sys

import eventlet
from eventlet.green import subprocess


class TooLong(Exception):
    """It was ended."""


def run(module: str, *arguments: str, seconds: float) -> tuple[int, bytes]:
    """How it ended, and what it wrote. Raises TooLong."""
    command = [sys.executable, "-P", "-m", module, *arguments]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        # Not the timeout of `communicate`, of which eventlet's makes a RuntimeError.
        with eventlet.Timeout(seconds, TooLong()):
            said, _ = process.communicate()
        return process.returncode, bytes(said)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
