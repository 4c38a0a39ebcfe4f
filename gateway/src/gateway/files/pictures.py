"""Having a picture drawn anew, by a process of its own; one at a time, since each takes its share of
memory.
"""

from __future__ import annotations

from pathlib import Path

from eventlet.semaphore import Semaphore

from gateway import apart
from gateway.files import redraw

SECONDS = redraw.SECONDS + 10
_one_at_a_time = Semaphore(1)


class NoPicture(Exception):
    """It is damaged, or only begins as a picture."""


def draw_anew(source: Path, target: Path) -> str:
    """The media type of what now lies at `target`. Raises NoPicture and redraw.TooManyPixels."""
    with _one_at_a_time:
        try:
            code, said = apart.run("gateway.files.redraw", str(source), str(target), seconds=SECONDS)
        except apart.TooLong:
            raise NoPicture from None
    if code == redraw.TOO_MANY_PIXELS:
        raise redraw.TooManyPixels
    if code != 0:
        raise NoPicture
    return str(said.decode())
