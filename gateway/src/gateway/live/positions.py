"""How far a page has heard, as a word that any replica of the gateway can read.

A replica numbers what it hears. Its own numbers tell it exactly what a page has missed. Another one, or the
same after a restart, may have heard things in another order: there the moment counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"([0-9a-f]{8})\.([0-9]{1,15})\.([0-9]{1,15})")


@dataclass(frozen=True)
class Position:
    """`number` is that of the last event heard by the replica `hub`, at `milliseconds` since 1970."""

    hub: str
    number: int
    milliseconds: int

    def __str__(self) -> str:
        return f"{self.hub}.{self.number}.{self.milliseconds}"

    @classmethod
    def read(cls, text: str | None) -> Position | None:
        """None for what is no position."""
        found = _WRITTEN.fullmatch(text or "")
        return cls(found[1], int(found[2]), int(found[3])) if found else None
