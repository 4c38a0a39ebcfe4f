"""Where the bytes are: a folder that every gateway of the house shares, in which a file is called by what
is in it.

The same bytes are kept once, and what is kept never changes. A file that nobody refers to is removed by the
sweep, when it is so old that no receipt for it is good any more.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from servicekit.clock import Clock, SystemClock

from gateway.files.incoming import Incoming

CHUNK = 64 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Store:
    """`folder` is made when it is not there; two of its own lie in it: what comes in, and what is kept."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()  # the disk's own time, which no demo moves
        self._incoming = folder / "incoming"
        self._kept = folder / "kept"
        for own in (self._incoming, self._kept):
            own.mkdir(mode=0o700, parents=True, exist_ok=True)

    def receive(self, limit: int) -> Incoming:
        """A place for a file of at most so many bytes."""
        return Incoming(self._incoming, limit)

    def keep(self, incoming: Path) -> str:
        """Moves a whole file to its place; answers its digest. On disk for good when this returns."""
        digest = hashlib.sha256()
        with incoming.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
            os.fsync(file.fileno())
        place = self._place(digest.hexdigest())
        place.parent.mkdir(mode=0o700, exist_ok=True)
        incoming.chmod(0o400)
        os.utime(incoming)  # its age begins now, also when the same bytes have been here for years
        incoming.replace(place)
        _sync(place.parent)
        return digest.hexdigest()

    def open(self, digest: str) -> BinaryIO | None:
        """None when it is not here."""
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError:
            return None

    def older_than(self, seconds: float) -> Iterator[str]:
        """The digests of what has been kept for longer."""
        border = self._ago(seconds)
        for folder in sorted(self._kept.iterdir()):
            for file in sorted(folder.iterdir()):
                if _DIGEST.fullmatch(file.name) and file.stat().st_mtime < border:
                    yield file.name

    def drop(self, digest: str, seconds: float) -> bool:
        """Removes it, unless somebody brought the same bytes meanwhile. It is taken aside before its age is
        looked at, so that what is brought at this very moment finds its place free.
        """
        place = self._place(digest)
        aside = self._incoming / f"{digest}.gone"
        try:
            place.replace(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime >= self._ago(seconds):
            aside.replace(place)
            return False
        aside.unlink(missing_ok=True)
        return True

    def clear(self, seconds: float) -> None:
        """Throws away what came in and was left behind by a process that ended in the middle."""
        border = self._ago(seconds)
        for file in self._incoming.iterdir():
            try:
                if file.stat().st_mtime < border:
                    file.unlink(missing_ok=True)
            except FileNotFoundError:
                continue

    def _ago(self, seconds: float) -> float:
        return self._clock.now().timestamp() - seconds

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"not a digest: {digest!r}")
        return self._kept / digest[:2] / digest


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
