"""A file on its way in: it lies in the store's own disk, has a name that its sender made up, and goes away
again when nobody keeps it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import BinaryIO


class Incoming:
    """What werkzeug writes a part of a form into. Past `limit` bytes it is counted and thrown away, so that
    the rest of the form is read all the same and nothing that was typed is lost.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        handle, name = tempfile.mkstemp(dir=folder)
        self.path = Path(name)
        self.name = ""
        self.size = 0
        self._limit = limit
        self._file: BinaryIO = os.fdopen(handle, "wb")

    @property
    def too_large(self) -> bool:
        return self.size > self._limit

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if not self.too_large:
            self._file.write(data)
        return len(data)

    def seek(self, _place: int) -> None:
        """Called when the part is complete."""
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def forget(self) -> None:
        """Harmless when it was kept under another name, or forgotten before."""
        self.close()
        self.path.unlink(missing_ok=True)
