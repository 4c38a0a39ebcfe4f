"""Having a picture drawn anew, by a process of its own; one at a time, since each takes its share of
memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

from eventlet.green import subprocess
from eventlet.semaphore import Semaphore

from gateway.files import redraw

SECONDS = redraw.SECONDS + 10
_one_at_a_time = Semaphore(1)


class NoPicture(Exception):
    """It is damaged, or only begins as a picture."""


def draw_anew(source: Path, target: Path) -> str:
    """The media type of what now lies at `target`. Raises NoPicture and redraw.TooManyPixels."""
    command = [sys.executable, "-P", "-m", "gateway.files.redraw", str(source), str(target)]
    with _one_at_a_time:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise NoPicture from None
    if process.returncode == redraw.TOO_MANY_PIXELS:
        raise redraw.TooManyPixels
    if process.returncode != 0:
        raise NoPicture
    return str(said.decode())
