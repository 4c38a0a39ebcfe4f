"""What a test leaves behind when it fails: who saw what went on tells it, on the screen and in a folder.

CI shows what was printed and nothing else, so what is needed most is printed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from deskcli.layout import DESK_STATE

FOLDER = DESK_STATE / "failures"


class Witness(Protocol):
    """Sees what goes on while tests run."""

    def begin(self) -> None:
        """A test begins: what was before belongs to another."""

    def tell(self, folder: Path) -> str:
        """What is to be printed of a test that failed; `folder` keeps what cannot be."""


_witnesses: list[Witness] = []


@contextmanager
def seen_by(witness: Witness) -> Iterator[None]:
    """Let it see the tests that run meanwhile."""
    _witnesses.append(witness)
    try:
        yield
    finally:
        _witnesses.remove(witness)


def begin() -> None:
    for witness in _witnesses:
        witness.begin()


def told(test: str) -> str:
    """What all who saw it tell of a test that failed; nothing when nobody saw it."""
    folder = FOLDER / re.sub(r"[^\w.-]+", "-", test)[-120:]
    shutil.rmtree(folder, ignore_errors=True)
    found = "\n".join(filter(None, (_told_by(witness, folder) for witness in _witnesses)))
    return f"{found}\nkept in {folder}" if folder.exists() else found


def _told_by(witness: Witness, folder: Path) -> str:
    """A witness who fails hides no failure of a test."""
    try:
        return witness.tell(folder)
    except Exception as error:
        return f"{type(witness).__name__} can't tell: {error!r}"
